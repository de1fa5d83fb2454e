"""A scoping session: one sprint's answers while a room of people gives them. Knows no screen and no clock.

What is typed is on disk within a second; so is where the cursor stood, how long each section took, and what
stands in forms that are not done yet.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.session.answers import Answers
from sprintkit.actions.session.autosave import Document, DraftFile, Opened
from sprintkit.actions.session.merge import Merged, merge
from sprintkit.charter import paths
from sprintkit.errors import ExitCode, Problem

LONGEST_PAUSE: Final = 15 * 60.0
"""Seconds without a sign of life that still count as time spent in a section."""


class Session(Answers):
    """A sprint's answers with their place on disk."""

    def __init__(self, desk: WorkspaceContext, opened: Opened, clock: Callable[[], float]) -> None:
        super().__init__(desk, opened.slug, opened.document, clock)
        self.disk = DraftFile(desk, opened)
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
        self._since = self._alive = clock()
        self._as_found: Document | None = None
        """What is on disk, while nothing but the depth that was asked for is another."""

    def changed(self) -> None:
        """Wants the new state on disk."""
        self._as_found = None
        self.pass_time()
        self._alive = self._since
        self._save()

    def deepen(self) -> None:
        """Asks everything from now on. On disk with the first change, so that a look alone leaves no draft."""
        if self.depth == "lean":
            self._document = paths.delete(self._document, ("charter", "depth"))
            self._standing = None
            self._as_found = self.disk.on_disk

    # Time and place

    def stay(self, section: str, row: str) -> None:
        """Notes where the cursor is, so that the session opens there again."""
        self.pass_time()
        self._alive = self._since
        if (section, row) != (self.section, self.row):
            self.section, self.row = section, row
            self._save()

    def pass_time(self) -> None:
        """Counts the time since the last call to the section that is open, while somebody is there."""
        now = self._clock()
        spent, self._since = min(now, self._alive + LONGEST_PAUSE) - self._since, now
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
        self.disk.put(self._wanted, self._place())

    def _place(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "row": self.row,
            "unfolded": sorted(self.unfolded),
            "seconds": {key: round(spent, 1) for key, spent in self.seconds.items()},
            "forms": dict(self.forms),
        }

    def look(self) -> None:
        """Notices soon what somebody else does to the file, also where nothing is to be saved."""
        self.disk.look(self._wanted, self._place())

    def look_again(self) -> None:
        """Looks anew at what somebody else did to the file."""
        self.disk.look_again(self._wanted, self._place())

    @property
    def _wanted(self) -> Document:
        """What is to be on disk."""
        return self._document if self._as_found is None else self._as_found

    def merged(self, chosen: Set[int] = frozenset()) -> Merged:
        """These answers with all that somebody else alone changed; see `merge`."""
        return merge(self.disk.base, self._document, self.disk.theirs or {}, chosen)

    def take_in(self, merged: Merged) -> None:
        """Goes on with what became of both versions; what was typed here can still be taken back."""
        base, theirs = self.disk.base, self.disk.theirs or {}
        self._history.rebase(lambda document: merge(base, document, theirs).document)
        mine = self.merged().document
        if merged.document != mine:
            self._history.note(mine, merged.clashes[0].path)
        self.disk.settle()
        self._become(merged.document)

    def keep_mine(self) -> None:
        """Settles that the file is gone or cannot be read any more: these answers go to disk."""
        self.disk.settle()
        self._save()

    def save_charter(self) -> Result:
        """Saves the answers as `charter.toml` when the gate is open; else tells all that is missing.

        What was filled in is an answer from then on. Raises WriteError, RefusedError.
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


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
