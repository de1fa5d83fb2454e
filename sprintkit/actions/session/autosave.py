"""A session and its files: opening, saving while somebody types, conflicts with other people's changes, the charter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from sprintkit.actions import save_record
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.scope.apply_answers import refuse_if_signed
from sprintkit.actions.scope.save_answers import ScopeData, save_answers
from sprintkit.actions.session.background_writer import BackgroundWriter, SaveOutcome
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.prefill import sort_keys
from sprintkit.errors import InputError, Problem, WriteError
from sprintkit.store import files, fingerprint, form_drafts, save
from sprintkit.store.files import ConflictError, LoadedFile, SaveResult
from sprintkit.store.sprint import SprintFiles, load_sprint
from sprintkit.store.toml import codec
from sprintkit.store.workspace import free_slug, validate_slug

Document = Mapping[str, Any]
SaveState = Literal["saved", "saving", "failed", "conflict"]

NEW_SPRINT_FORM = "scope-new"
"""Name of the form draft with the title of a sprint that has no folder yet."""


class OpenedSprint(NamedTuple):
    """A sprint as a session starts with it."""

    slug: str
    document: dict[str, Any]
    draft_digest: str | None
    """Hash of the draft on disk; None if there is none."""
    charter: LoadedFile | None
    """The charter that is on disk already."""
    resume_state: dict[str, Any]
    """Where the last session stopped: cursor, times, unfinished forms."""


class _State(NamedTuple):
    """What the writing thread is to put on disk."""

    document: Document
    resume_state: dict[str, Any]
    checks_for_changes: bool = False
    """Whether to check the files for external changes even if there is nothing to write."""


def resume_form(slug: str) -> str:
    """Name of the form draft that holds where a sprint's session stopped."""
    return f"scope-{slug}"


def open_sprint(context: WorkspaceContext, slug: str) -> OpenedSprint:
    """Open a sprint for scoping: its draft, or its charter if it has no draft.

    Raises RefusedError once somebody has signed, InputError if the sprint is unknown or cannot be read.
    """
    sprint = load_sprint(context.workspace, slug)
    refuse_if_signed(sprint)
    file = sprint.draft or sprint.charter
    return OpenedSprint(
        slug=slug,
        document=dict(file.document) if file else {"charter": {"depth": "lean"}},
        draft_digest=sprint.draft.digest if sprint.draft else None,
        charter=sprint.charter,
        resume_state=form_drafts.load_form_draft(context.root, resume_form(slug)) or {},
    )


def begin_sprint(
    context: WorkspaceContext, title: str, slug: str | None = None, *, full: bool = False
) -> OpenedSprint:
    """Begin a sprint called `title`, without writing anything.

    Raises InputError if `slug` is not a valid name, or is taken.
    """
    taken = context.workspace.slugs()
    name = free_slug(title, taken) if slug is None else validate_slug(slug)
    if name in taken:
        raise InputError(
            f"there is a sprint {name} already", code="exists", hint="Give this one another name."
        )
    frame: dict[str, Any] = {} if is_blank(title) else {"title": " ".join(title.splitlines())}
    document = {"schema": SCHEMA_VERSION, "charter": frame if full else {**frame, "depth": "lean"}}
    return OpenedSprint(name, document, draft_digest=None, charter=None, resume_state={})


def check_can_begin(context: WorkspaceContext, slug: str | None, like: str | None) -> None:
    """Raises RefusedError or InputError if `slug` cannot have a session, or there is no sprint `like` to copy from."""
    if like is not None:
        context.workspace.require_sprint(like)
    if slug is not None and slug in context.workspace.slugs():
        open_sprint(context, slug)
    elif slug is not None:
        validate_slug(slug)


def load_new_title(context: WorkspaceContext) -> str:
    """The title typed last for a sprint that has no folder yet; empty if there is none."""
    title = (form_drafts.load_form_draft(context.root, NEW_SPRINT_FORM) or {}).get("title")
    return title if isinstance(title, str) else ""


def save_new_title(context: WorkspaceContext, title: str) -> Problem | None:
    """Keep a title until its sprint has a folder; returns the problem if that fails."""
    if title == load_new_title(context):
        return None
    try:
        form_drafts.save_form_draft(context.root, NEW_SPRINT_FORM, {"title": title})
    except WriteError as error:
        return error.problems[0]
    return None


class DraftFile:
    """The draft of a session on disk. All public methods are safe to call from the thread that types."""

    def __init__(self, context: WorkspaceContext, opened: OpenedSprint) -> None:
        self.context = context
        self.slug = opened.slug
        self.path = context.workspace.draft_path(opened.slug)
        self.on_change: Callable[[], None] = lambda: None
        """Called from the writing thread when the state of the file has changed."""
        save_count = opened.resume_state.get("saves")
        self.save_count = save_count if isinstance(save_count, int) else 0
        """How often the draft was saved."""
        self.problem: Problem | None = None
        """Why the last save failed."""
        self._expected = opened.draft_digest
        self._charter = opened.charter
        self._charter_digest = _digest_of(opened.charter)
        is_on_disk = opened.draft_digest is not None or opened.charter is not None
        self.saved_document: Document = opened.document if is_on_disk else {}
        """What the draft on disk holds, or the charter if there is no draft."""
        self._saved_resume_state: dict[str, Any] = dict(opened.resume_state)
        self._conflict: ConflictError | None = None
        self._overwrites_unreadable = False
        """Whether the next save replaces a file that cannot be read, as somebody decided."""
        self._fingerprint = fingerprint.workspace_fingerprint(context.workspace, opened.slug)
        self._writer: BackgroundWriter[_State] = BackgroundWriter(self._write, self._report)

    @property
    def state(self) -> SaveState:
        """Whether everything typed is on disk."""
        if self._conflict is not None:
            return "conflict"
        if self.problem is not None:
            return "failed"
        return "saved" if self._writer.is_done else "saving"

    def request_save(self, document: Document, resume_state: dict[str, Any]) -> None:
        """Have the answers and the place of the cursor saved soon."""
        self._writer.submit(_State(document, resume_state))

    def poll_external_change(self, document: Document, resume_state: dict[str, Any]) -> None:
        """Check for external changes if the folder has changed and nothing is waiting to be saved."""
        current = fingerprint.workspace_fingerprint(self.context.workspace, self.slug)
        if current != self._fingerprint and self.state == "saved":
            self._fingerprint = current
            self._writer.submit(_State(document, resume_state, checks_for_changes=True))

    def recheck_conflict(self, document: Document, resume_state: dict[str, Any]) -> None:
        """Re-check a pending conflict: the other change may have moved on or been fixed."""
        if self._conflict is not None:
            self._conflict, self.problem = None, None
            self._writer.submit(_State(document, resume_state, checks_for_changes=True))
            self._writer.resume()
            self.flush()

    def flush(self, timeout: float = 10.0) -> Problem | None:
        """Save at once, waiting at most `timeout` seconds; returns the problem if that fails."""
        return self._writer.flush(timeout).problem

    def close(self) -> Problem | None:
        """Save, and end the writing thread; returns the problem if saving fails."""
        return self._writer.close().problem

    # In the writing thread

    def _write(self, state: _State) -> None:
        document = sort_keys({"schema": SCHEMA_VERSION, **state.document})
        is_new = document != self.saved_document and state.document != self.saved_document
        if (is_new or state.checks_for_changes) and not self._overwrites_unreadable:
            save.require_unchanged(self.context.root, self._charter_path, expected=self._charter_digest)
        if state.checks_for_changes and not is_new:
            save.require_unchanged(self.context.root, self.path, expected=self._expected)
        if is_new:
            if not self._remove_redundant_draft(document):
                saved = self._save_draft(document)
                self._expected = saved.digest
                self.save_count += saved.was_written
            self.saved_document = document
        resume_state = {**state.resume_state, "saves": self.save_count}
        if resume_state != self._saved_resume_state:
            form_drafts.save_form_draft(self.context.root, resume_form(self.slug), resume_state)
            self._saved_resume_state = resume_state

    def _remove_redundant_draft(self, document: dict[str, Any]) -> bool:
        """Remove the draft if `document` is what the charter says already; returns whether it did.

        A draft with comments of its own stays.
        """
        if self._charter is None or self._expected is None or document != self._charter.document:
            return False
        try:
            save.remove_file(
                self.context.root, self.path, expected=self._expected, successor=self._charter_path
            )
        except ConflictError:
            raise
        except WriteError:
            return False
        self._expected = None
        self.save_count += 1
        return True

    def _save_draft(self, document: dict[str, Any]) -> SaveResult:
        if not self._overwrites_unreadable:
            like = self._charter if self._expected is None else None
            return save_record.save_document(
                self.context, self.path, document, "draft", expected=self._expected, comments_from=like
            )
        # The comments of a file that cannot be read cannot be kept; the user was told so and decided.
        data = codec.dump(document, save_record.schema_header(self.path, "draft") + "\n", self.path).encode()
        saved = save.update_bytes(self.context.root, self.path, lambda _: data, expected=self._expected)
        self._overwrites_unreadable = False
        return saved

    def _report(self, outcome: SaveOutcome) -> None:
        self.problem = outcome.problem
        self._conflict = outcome.conflict
        self.on_change()

    # Conflicts

    @property
    def theirs(self) -> Document | None:
        """Somebody else's version; None without a conflict, empty if the file is gone or cannot be read."""
        if self._conflict is None:
            return None
        return self._conflict.current.document if self._conflict.current else {}

    @property
    def base(self) -> Document:
        """The version that both sides started from."""
        if self._is_about_charter and self._charter is not None:
            return self._charter.document
        return self.saved_document

    @property
    def _charter_path(self) -> str:
        return self.context.workspace.charter_path(self.slug)

    @property
    def _is_about_charter(self) -> bool:
        """Whether somebody else changed the charter, and not the draft."""
        return self._conflict is not None and self._conflict.problems[0].path == self._charter_path

    @property
    def can_read_theirs(self) -> bool:
        """Whether somebody else's version can be read."""
        return self._conflict is not None and self._conflict.current is not None

    def resolve_conflict(self) -> None:
        """Go on from the file as somebody else left it."""
        conflict = self._conflict
        if conflict is None:
            return
        current, data = conflict.current, conflict.current_bytes
        if self._is_about_charter:
            self._charter = current
            self._charter_digest = None if data is None else files.hash_bytes(data)
            if files.read_bytes_if_exists(self.context.root, self.path) is None:
                self._expected, self.saved_document = None, current.document if current else {}
        elif current is not None:
            self._expected, self.saved_document = current.digest, current.document
        elif data is not None:
            self._expected, self.saved_document = files.hash_bytes(data), {}
            self._overwrites_unreadable = True
        else:
            self._expected, self.saved_document = None, {}
        self._conflict, self.problem = None, None
        self._writer.resume()

    # The charter

    def save_charter(self, document: Document) -> Result[ScopeData]:
        """Save the answers as `charter.toml` if the gate is open; otherwise report everything that is missing.

        Raises ConflictError, WriteError, RefusedError as `save_answers` does.
        """
        problem = self.flush()
        if problem is not None:
            raise WriteError.from_problems([problem])
        before = self._load_files()
        digests = (_digest_of(before and before.draft), _digest_of(before and before.charter))
        if digests != (self._expected, self._charter_digest):
            self._writer.submit(_State(document, self._saved_resume_state, checks_for_changes=True))
            self.flush()
            raise WriteError(
                "somebody else changed this file since it was read",
                code="changed",
                path=self.path,
                hint="Look at what they changed, then save again.",
            )
        result = save_answers(self.context, self.slug, document, before)
        after = self._load_files()
        if after is not None:
            file = after.draft or after.charter
            self._expected, self._charter = _digest_of(after.draft), after.charter
            self._charter_digest = _digest_of(after.charter)
            self.saved_document = file.document if file else {}
        return result

    def _load_files(self) -> SprintFiles | None:
        """The sprint's files as they are now; None if it has no folder. Raises RefusedError once somebody has signed."""
        if self.slug not in self.context.workspace.slugs():
            return None
        sprint = load_sprint(self.context.workspace, self.slug)
        refuse_if_signed(sprint)
        return sprint


def _digest_of(file: LoadedFile | None) -> str | None:
    return file.digest if file else None
