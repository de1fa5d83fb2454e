"""A session and its files: opening, saving as one types, what somebody else changed, and the charter at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from ..charter.blank import is_blank
from ..charter.model import SCHEMA_VERSION
from ..charter.prefill import ordered
from ..errors import NotWritten, Problem, Unusable
from ..store import drafts, files, saving, toml
from ..store.files import Changed, Saved, Stored
from ..store.sprint import SprintFiles, load_sprint
from ..store.workspace import check_slug, free_slug
from . import scope, writing
from .desk import Desk
from .result import Result
from .session_writer import Outcome, Writer

Document = Mapping[str, Any]
SaveState = Literal["saved", "saving", "trouble", "changed"]


class Opened(NamedTuple):
    """A sprint as a session finds it."""

    slug: str
    document: dict[str, Any]
    expected: str | None
    """Hash of the draft on disk; None where there is none."""
    like: Stored | None
    """The charter that a first draft takes its comments from."""
    place: dict[str, Any]
    """Where the session stopped."""


class _State(NamedTuple):
    document: Document
    place: dict[str, Any]


def form_of(slug: str) -> str:
    """The name under which a session's place is kept."""
    return f"scope-{slug}"


NEW = "scope-new"
"""The name under which the title of a sprint is kept that has no folder yet."""


def open_sprint(desk: Desk, slug: str) -> Opened:
    """A sprint to be scoped: its draft, else its charter.

    Raises Refused once somebody has signed, Unusable for an unknown one or what cannot be read.
    """
    found = load_sprint(desk.workspace, slug)
    scope.changeable(found)
    stored = found.draft or found.charter
    place = drafts.load_form(desk.root, form_of(slug)) or {}
    return Opened(
        slug,
        dict(stored.document) if stored else {"charter": {"depth": "lean"}},
        found.draft.digest if found.draft else None,
        found.charter if found.draft is None else None,
        place,
    )


def begin_sprint(desk: Desk, title: str, slug: str | None = None, *, full: bool = False) -> Opened:
    """A new sprint, called `title`; nothing is written yet. Raises Unusable where it cannot be called `slug`."""
    taken = desk.workspace.slugs()
    name = free_slug(title, taken) if slug is None else check_slug(slug)
    if name in taken:
        raise Unusable(f"there is a sprint {name} already", code="exists", hint="Give this one another name.")
    frame: dict[str, Any] = {} if is_blank(title) else {"title": " ".join(title.splitlines())}
    document = {"charter": frame if full else {**frame, "depth": "lean"}}
    return Opened(name, {"schema": SCHEMA_VERSION, **document}, None, None, {})


def check_can_begin(desk: Desk, slug: str | None, like: str | None) -> None:
    """Raises Refused or Unusable where no session can be had of `slug`, or nothing taken over from `like`."""
    if like is not None:
        desk.workspace.known(like)
    if slug is not None and slug in desk.workspace.slugs():
        open_sprint(desk, slug)
    elif slug is not None:
        check_slug(slug)


def kept_title(desk: Desk) -> str:
    """The title of a sprint that was begun to be typed and has no folder yet."""
    title = (drafts.load_form(desk.root, NEW) or {}).get("title")
    return title if isinstance(title, str) else ""


def keep_title(desk: Desk, title: str) -> Problem | None:
    """Keeps a title until its sprint has a folder; tells why that failed, if it did."""
    if title == kept_title(desk):
        return None
    try:
        drafts.save_form(desk.root, NEW, {"title": title})
    except NotWritten as error:
        return error.problems[0]
    return None


class Disk:
    """The file of a session. Everything in it is safe to use from the thread that types."""

    def __init__(self, desk: Desk, opened: Opened) -> None:
        self.desk = desk
        self.slug = opened.slug
        self.path = desk.workspace.draft(opened.slug)
        self.tell: Callable[[], None] = lambda: None
        """Called from the writing thread when something has changed about what is on disk."""
        self.saves = int(opened.place.get("saves", 0)) if isinstance(opened.place.get("saves"), int) else 0
        """How often the draft was saved."""
        self.problem: Problem | None = None
        self._expected = opened.expected
        self._like = opened.like
        is_there = opened.expected is not None or opened.like is not None
        self.on_disk: Document = opened.document if is_there else {}
        """What the draft, else the charter, holds."""
        self._place_on_disk: dict[str, Any] = dict(opened.place)
        self._changed: Changed | None = None
        self._replaces = False
        """Whether the next save goes over a file that cannot be read, as somebody decided."""
        self._writer: Writer[_State] = Writer(self._write, self._told)

    @property
    def state(self) -> SaveState:
        """Whether all that was typed is on disk."""
        if self._changed is not None:
            return "changed"
        if self.problem is not None:
            return "trouble"
        return "saved" if self._writer.is_done else "saving"

    def put(self, document: Document, place: dict[str, Any]) -> None:
        """Wants the answers, and the place of the cursor, on disk."""
        self._writer.put(_State(document, place))

    def flush(self, timeout: float = 10.0) -> Problem | None:
        """Saves at once; returns why not, where that failed."""
        return self._writer.flush(timeout).problem

    def close(self) -> Problem | None:
        """Saves, and ends the thread."""
        return self._writer.close().problem

    # In the writing thread

    def _write(self, state: _State) -> None:
        document = ordered({"schema": SCHEMA_VERSION, **state.document})
        if document != self.on_disk and state.document != self.on_disk:
            saved = self._put(document)
            self._expected, self._like, self.on_disk = saved.digest, None, document
            self.saves += saved.written
        place = {**state.place, "saves": self.saves}
        if place != self._place_on_disk:
            drafts.save_form(self.desk.root, form_of(self.slug), place)
            self._place_on_disk = place

    def _put(self, document: dict[str, Any]) -> Saved:
        if not self._replaces:
            return writing.save(
                self.desk, self.path, document, "draft", expected=self._expected, like=self._like
            )
        # Nothing can be kept of a file that cannot be read, and that was said.
        data = toml.dump(document, writing.head(self.path, "draft") + "\n", self.path).encode()
        saved = saving.put(self.desk.root, self.path, lambda _: data, expected=self._expected)
        self._replaces = False
        return saved

    def _told(self, outcome: Outcome) -> None:
        self.problem = outcome.problem
        self._changed = outcome.changed
        self.tell()

    # Somebody else

    @property
    def theirs(self) -> Document | None:
        """What somebody else has put there; None where nothing of the kind happened.

        An empty one where the file is gone or cannot be read.
        """
        if self._changed is None:
            return None
        return self._changed.found.document if self._changed.found else {}

    @property
    def can_take_theirs(self) -> bool:
        """Whether what somebody else has put there can be read."""
        return self._changed is not None and self._changed.found is not None

    def settle(self) -> None:
        """Goes on from the file as somebody else has left it."""
        changed = self._changed
        if changed is None:
            return
        if changed.found is not None:
            self._expected, self.on_disk = changed.found.digest, changed.found.document
        elif changed.data is not None:
            self._expected, self.on_disk, self._replaces = files.digest_of(changed.data), {}, True
        else:
            self._expected, self.on_disk = None, {}
        self._changed, self.problem = None, None
        self._writer.resume()

    # The end

    def save_charter(self, document: Document) -> Result:
        """Saves the answers as `charter.toml` when the gate is open; else tells all that is missing.

        Raises Changed, NotWritten, Refused as the saving of `scope` does.
        """
        problem = self.flush()
        if problem is not None:
            raise NotWritten.of([problem])
        now = self._now()
        if (now.draft.digest if now and now.draft else None) != self._expected:
            raise NotWritten(
                "somebody else changed this file since it was read",
                code="changed",
                path=self.path,
                hint="Type on: the difference is shown before anything is saved.",
            )
        result = scope.save(self.desk, self.slug, document, now)
        after = self._now()
        if after is not None:
            stored = after.draft or after.charter
            self._expected = after.draft.digest if after.draft else None
            self._like = after.charter if after.draft is None else None
            self.on_disk = stored.document if stored else {}
        return result

    def _now(self) -> SprintFiles | None:
        if self.slug not in self.desk.workspace.slugs():
            return None
        found = load_sprint(self.desk.workspace, self.slug)
        scope.changeable(found)
        return found
