"""A scoping session: one sprint's answers while a room of people gives them. Knows no screen and no clock.

What is typed is on disk within a second; so is where the cursor stood, how long each section took, and what
stands in forms that are not done yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ..charter import paths
from ..charter.paths import Parts
from ..errors import ExitCode, Problem
from .desk import Desk
from .result import Result
from .session_answers import Answers
from .session_disk import Disk, Opened

LONGEST_PAUSE: Final = 15 * 60.0
"""Seconds without a sign of life that still count as time spent in a section."""


class Difference(NamedTuple):
    """One answer that two versions of a document do not have alike."""

    path: str
    mine: Any
    theirs: Any


class Session(Answers):
    """A sprint's answers with their place on disk."""

    def __init__(self, desk: Desk, opened: Opened, clock: Callable[[], float]) -> None:
        super().__init__(desk, opened.slug, opened.document, clock)
        self.disk = Disk(desk, opened)
        place = opened.place
        self.section = _text(place.get("section"))
        self.row = _text(place.get("row"))
        """The row that the cursor is on, as the screen writes it."""
        self.unfolded = {key for key in place.get("unfolded", ()) if isinstance(key, str)}
        """Sections in which also that is shown which a lean session does not ask."""
        self.seconds = {
            key: float(spent)
            for key, spent in _table(place.get("seconds")).items()
            if isinstance(spent, int | float)
        }
        """Time spent, by section."""
        self.forms = {
            key: value for key, value in _table(place.get("forms")).items() if isinstance(value, dict)
        }
        """What stands in forms that are not done yet."""
        self._since = clock()

    def changed(self) -> None:
        """Wants the new state on disk."""
        self._save()

    # Time and place

    def stay(self, section: str, row: str) -> None:
        """Notes where the cursor is, so that the session opens there again."""
        self.pass_time()
        if (section, row) != (self.section, self.row):
            self.section, self.row = section, row
            self._save()

    def pass_time(self) -> None:
        """Counts the time since the last call to the section that is open."""
        now = self._clock()
        spent, self._since = min(now - self._since, LONGEST_PAUSE), now
        if self.section and spent > 0:
            self.seconds[self.section] = self.seconds.get(self.section, 0.0) + spent

    def minutes(self, section: str) -> int:
        """Minutes spent in a section, rounded down."""
        return int(self.seconds.get(section, 0.0) // 60)

    def keep_form(self, name: str, content: dict[str, Any] | None) -> None:
        """Keeps what stands in a form that is not done yet; None when it is."""
        if content is None:
            self.forms.pop(name, None)
        else:
            self.forms[name] = content
        self._save()

    # Disk

    def _save(self) -> None:
        place = {
            "section": self.section,
            "row": self.row,
            "unfolded": sorted(self.unfolded),
            "seconds": {key: round(spent, 1) for key, spent in self.seconds.items()},
            "forms": dict(self.forms),
        }
        self.disk.put(self._document, place)

    def differences(self) -> list[Difference]:
        """What somebody else's version of the file has otherwise, while both stand."""
        theirs = self.disk.theirs
        return [] if theirs is None else list(differences(self._document, theirs, ()))

    def keep_mine(self) -> None:
        """Settles a change by somebody else: this session's answers go to disk."""
        self.disk.settle()
        self._save()

    def take_theirs(self) -> None:
        """Settles a change by somebody else: their answers stand; this session's can be got back by undo."""
        theirs = self.disk.theirs or {}
        self._history.note(self._document, "charter.title")
        self.disk.settle()
        self._become(theirs)

    def save_charter(self) -> Result:
        """Saves the answers as `charter.toml` when the gate is open; else tells all that is missing.

        What was filled in is an answer from then on. Raises NotWritten, Refused.
        """
        result = self.disk.save_charter(self._document)
        if result.exit_code == ExitCode.OK:
            self._history.note(self._document, "charter.title")
            self._document = self.disk.on_disk
            self._standing = None
        return result

    def close(self) -> Problem | None:
        """Puts everything on disk and ends; returns why that failed, if it did."""
        self.pass_time()
        self._save()
        return self.disk.close()


def differences(mine: Any, theirs: Any, place: Parts) -> list[Difference]:
    """Where two documents differ, at the questions, in the order of the file."""
    if mine == theirs:
        return []
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        keys = [*mine, *(key for key in theirs if key not in mine)]
        return [one for key in keys for one in differences(mine.get(key), theirs.get(key), (*place, key))]
    lists = isinstance(mine, list) and isinstance(theirs, list)
    if lists and all(isinstance(item, Mapping) for item in (*mine, *theirs)):
        longest = max(len(mine), len(theirs))
        pairs = [(mine[at : at + 1] or [None], theirs[at : at + 1] or [None]) for at in range(longest)]
        return [
            one
            for at, (own, other) in enumerate(pairs)
            for one in differences(own[0], other[0], (*place, at))
        ]
    return [Difference(paths.with_indices(place) if place else "", mine, theirs)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
