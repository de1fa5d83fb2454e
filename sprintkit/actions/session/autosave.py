"""A session and its files: opening, saving as one types, what somebody else changed, and the charter at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from sprintkit.actions import save_record
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.scope import scope
from sprintkit.actions.session.background_writer import BackgroundWriter, Outcome
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.prefill import ordered
from sprintkit.errors import InputError, Problem, WriteError
from sprintkit.store import files, fingerprint, form_drafts, save
from sprintkit.store.files import ConflictError, LoadedFile, Saved
from sprintkit.store.sprint import SprintFiles, load_sprint
from sprintkit.store.toml import codec
from sprintkit.store.workspace import check_slug, free_slug

Document = Mapping[str, Any]
SaveState = Literal["saved", "saving", "trouble", "changed"]


class Opened(NamedTuple):
    """A sprint as a session finds it."""

    slug: str
    document: dict[str, Any]
    expected: str | None
    """Hash of the draft on disk; None where there is none."""
    charter: LoadedFile | None
    """The charter that is there already."""
    place: dict[str, Any]
    """Where the session stopped."""


class _State(NamedTuple):
    document: Document
    place: dict[str, Any]
    looks: bool = False
    """Whether the files are to be looked at, also where nothing is to be written."""


def form_of(slug: str) -> str:
    """The name under which a session's place is kept."""
    return f"scope-{slug}"


NEW = "scope-new"
"""The name under which the title of a sprint is kept that has no folder yet."""


def open_sprint(desk: WorkspaceContext, slug: str) -> Opened:
    """A sprint to be scoped: its draft, else its charter.

    Raises RefusedError once somebody has signed, InputError for an unknown one or what cannot be read.
    """
    found = load_sprint(desk.workspace, slug)
    scope.changeable(found)
    stored = found.draft or found.charter
    place = form_drafts.load_form(desk.root, form_of(slug)) or {}
    return Opened(
        slug,
        dict(stored.document) if stored else {"charter": {"depth": "lean"}},
        found.draft.digest if found.draft else None,
        found.charter,
        place,
    )


def begin_sprint(
    desk: WorkspaceContext, title: str, slug: str | None = None, *, full: bool = False
) -> Opened:
    """A new sprint, called `title`; nothing is written yet. Raises InputError where it cannot be called `slug`."""
    taken = desk.workspace.slugs()
    name = free_slug(title, taken) if slug is None else check_slug(slug)
    if name in taken:
        raise InputError(
            f"there is a sprint {name} already", code="exists", hint="Give this one another name."
        )
    frame: dict[str, Any] = {} if is_blank(title) else {"title": " ".join(title.splitlines())}
    document = {"charter": frame if full else {**frame, "depth": "lean"}}
    return Opened(name, {"schema": SCHEMA_VERSION, **document}, None, None, {})


def check_can_begin(desk: WorkspaceContext, slug: str | None, like: str | None) -> None:
    """Raises RefusedError or InputError where no session can be had of `slug`, or nothing taken over from `like`."""
    if like is not None:
        desk.workspace.known(like)
    if slug is not None and slug in desk.workspace.slugs():
        open_sprint(desk, slug)
    elif slug is not None:
        check_slug(slug)


def kept_title(desk: WorkspaceContext) -> str:
    """The title of a sprint that was begun to be typed and has no folder yet."""
    title = (form_drafts.load_form(desk.root, NEW) or {}).get("title")
    return title if isinstance(title, str) else ""


def keep_title(desk: WorkspaceContext, title: str) -> Problem | None:
    """Keeps a title until its sprint has a folder; tells why that failed, if it did."""
    if title == kept_title(desk):
        return None
    try:
        form_drafts.save_form(desk.root, NEW, {"title": title})
    except WriteError as error:
        return error.problems[0]
    return None


class DraftFile:
    """The file of a session. Everything in it is safe to use from the thread that types."""

    def __init__(self, desk: WorkspaceContext, opened: Opened) -> None:
        self.context = desk
        self.slug = opened.slug
        self.path = desk.workspace.draft(opened.slug)
        self.tell: Callable[[], None] = lambda: None
        """Called from the writing thread when something has changed about what is on disk."""
        self.saves = int(opened.place.get("saves", 0)) if isinstance(opened.place.get("saves"), int) else 0
        """How often the draft was saved."""
        self.problem: Problem | None = None
        self._expected = opened.expected
        self._charter = opened.charter
        self._charter_seen = _digest(opened.charter)
        is_there = opened.expected is not None or opened.charter is not None
        self.on_disk: Document = opened.document if is_there else {}
        """What the draft, else the charter, holds."""
        self._place_on_disk: dict[str, Any] = dict(opened.place)
        self._changed: ConflictError | None = None
        self._replaces = False
        """Whether the next save goes over a file that cannot be read, as somebody decided."""
        self._mark = fingerprint.workspace_fingerprint(desk.workspace, opened.slug)
        self._writer: BackgroundWriter[_State] = BackgroundWriter(self._write, self._told)

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

    def look(self, document: Document, place: dict[str, Any]) -> None:
        """Has the files looked at, where their folder is another than it was and all is saved."""
        mark = fingerprint.workspace_fingerprint(self.context.workspace, self.slug)
        if mark != self._mark and self.state == "saved":
            self._mark = mark
            self._writer.put(_State(document, place, looks=True))

    def look_again(self, document: Document, place: dict[str, Any]) -> None:
        """Has what somebody else changed looked at anew: it may be another by now, or put right."""
        if self._changed is not None:
            self._changed, self.problem = None, None
            self._writer.put(_State(document, place, looks=True))
            self._writer.resume()
            self.flush()

    def flush(self, timeout: float = 10.0) -> Problem | None:
        """Saves at once; returns why not, where that failed."""
        return self._writer.flush(timeout).problem

    def close(self) -> Problem | None:
        """Saves, and ends the thread."""
        return self._writer.close().problem

    # In the writing thread

    def _write(self, state: _State) -> None:
        document = ordered({"schema": SCHEMA_VERSION, **state.document})
        is_new = document != self.on_disk and state.document != self.on_disk
        if (is_new or state.looks) and not self._replaces:
            save.check(self.context.root, self._charter_path, expected=self._charter_seen)
        if state.looks and not is_new:
            save.check(self.context.root, self.path, expected=self._expected)
        if is_new:
            if not self._removed(document):
                saved = self._put(document)
                self._expected = saved.digest
                self.saves += saved.written
            self.on_disk = document
        place = {**state.place, "saves": self.saves}
        if place != self._place_on_disk:
            form_drafts.save_form(self.context.root, form_of(self.slug), place)
            self._place_on_disk = place

    def _removed(self, document: dict[str, Any]) -> bool:
        """Removes a draft that would say what the charter says already; not one with comments that only it has."""
        if self._charter is None or self._expected is None or document != self._charter.document:
            return False
        try:
            save.remove(self.context.root, self.path, expected=self._expected, kept_in=self._charter_path)
        except ConflictError:
            raise
        except WriteError:
            return False
        self._expected = None
        self.saves += 1
        return True

    def _put(self, document: dict[str, Any]) -> Saved:
        if not self._replaces:
            like = self._charter if self._expected is None else None
            return save_record.save_document(
                self.context, self.path, document, "draft", expected=self._expected, like=like
            )
        # Nothing can be kept of a file that cannot be read, and that was said.
        data = codec.dump(document, save_record.schema_header(self.path, "draft") + "\n", self.path).encode()
        saved = save.put(self.context.root, self.path, lambda _: data, expected=self._expected)
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
    def base(self) -> Document:
        """What both versions come from."""
        if self._is_about_charter and self._charter is not None:
            return self._charter.document
        return self.on_disk

    @property
    def _charter_path(self) -> str:
        return self.context.workspace.charter(self.slug)

    @property
    def _is_about_charter(self) -> bool:
        """Whether somebody else changed the charter, and not the draft of it."""
        return self._changed is not None and self._changed.problems[0].path == self._charter_path

    @property
    def can_take_theirs(self) -> bool:
        """Whether what somebody else has put there can be read."""
        return self._changed is not None and self._changed.found is not None

    def settle(self) -> None:
        """Goes on from the file as somebody else has left it."""
        changed = self._changed
        if changed is None:
            return
        if self._is_about_charter:
            self._charter = changed.found
            self._charter_seen = None if changed.data is None else files.digest_of(changed.data)
            if files.bytes_if_there(self.context.root, self.path) is None:
                self._expected, self.on_disk = None, changed.found.document if changed.found else {}
        elif changed.found is not None:
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

        Raises Changed, WriteError, RefusedError as the saving of `scope` does.
        """
        problem = self.flush()
        if problem is not None:
            raise WriteError.of([problem])
        now = self._now()
        if (_digest(now and now.draft), _digest(now and now.charter)) != (
            self._expected,
            self._charter_seen,
        ):
            self._writer.put(_State(document, self._place_on_disk, looks=True))
            self.flush()
            raise WriteError(
                "somebody else changed this file since it was read",
                code="changed",
                path=self.path,
                hint="Look at what they changed, then save again.",
            )
        result = scope.save_answers(self.context, self.slug, document, now)
        after = self._now()
        if after is not None:
            stored = after.draft or after.charter
            self._expected, self._charter = _digest(after.draft), after.charter
            self._charter_seen = _digest(after.charter)
            self.on_disk = stored.document if stored else {}
        return result

    def _now(self) -> SprintFiles | None:
        if self.slug not in self.context.workspace.slugs():
            return None
        found = load_sprint(self.context.workspace, self.slug)
        scope.changeable(found)
        return found


def _digest(stored: LoadedFile | None) -> str | None:
    return stored.digest if stored else None
