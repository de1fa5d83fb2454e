"""A session and its files: opening, saving while somebody types, conflicts with other people's changes, the charter."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple

from sprintkit.actions import save_document
from sprintkit.actions.background_writer import LOCK_PATIENCE, BackgroundWriter, SaveState, SaveStatus
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.names import resume_form
from sprintkit.actions.measured import has_approval, rates_in_files
from sprintkit.actions.result import Result
from sprintkit.actions.scope.save_answers import ScopeData, save_answers
from sprintkit.actions.scope.signed_charter import refuse_if_settled
from sprintkit.charter.blank import is_blank
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.prefill import sort_keys
from sprintkit.errors import InputError, Problem, WriteError
from sprintkit.store import files, fingerprint, form_drafts, git_head, lock, save
from sprintkit.store.files import ConflictError, LoadedFile, SaveResult
from sprintkit.store.side_copies import SideCopy, StoredCopy
from sprintkit.store.sprint_files import SprintFiles, load_sprint
from sprintkit.store.toml import codec
from sprintkit.store.workspace import free_slug

Document = Mapping[str, Any]


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
    measured: MeasuredRates = NOTHING_MEASURED
    """What recorded probes measured; nothing once somebody has approved the charter."""
    is_approved: bool = False
    """Whether somebody has approved a text of the charter."""


class _State(NamedTuple):
    """What the writing thread is to put on disk."""

    document: Document
    resume_state: dict[str, Any]


class UnsavedAnswers(NamedTuple):
    """What a session held that ended without being able to save it."""

    copy: StoredCopy
    base: dict[str, Any]
    """The answers on disk when that session began to type."""
    mine: dict[str, Any]
    unfinished_forms: dict[str, dict[str, Any]]


class BranchChange(NamedTuple):
    """Somebody checked out another branch while the session was open; None is outside of Git."""

    before: str | None
    after: str | None


def open_sprint(context: WorkspaceContext, slug: str) -> OpenedSprint:
    """Open a sprint for scoping: its draft, or its charter if it has no draft.

    Raises RefusedError once somebody has signed, InputError if the sprint is unknown or cannot be read.
    """
    sprint = load_sprint(context.workspace, slug)
    refuse_if_settled(sprint)
    file = sprint.draft or sprint.charter
    return OpenedSprint(
        slug=sprint.slug,
        document=dict(file.document) if file else {"charter": {"depth": "lean"}},
        draft_digest=sprint.draft.digest if sprint.draft else None,
        charter=sprint.charter,
        resume_state=form_drafts.load_form_draft(context.root, resume_form(slug)) or {},
        measured=rates_in_files(sprint),
        is_approved=has_approval(sprint),
    )


def begin_sprint(
    context: WorkspaceContext, title: str, slug: str | None = None, *, full: bool = False
) -> OpenedSprint:
    """Begin a sprint called `title`, without writing anything.

    Raises InputError if `slug` is not a valid name, is taken, or differs from another one in capitals only.
    """
    workspace = context.workspace
    name = free_slug(title, workspace.folder_names()) if slug is None else workspace.require_new_name(slug)
    if workspace.find_sprint(name) is not None:
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
    if slug is not None and context.workspace.find_sprint(slug) is not None:
        open_sprint(context, slug)
    elif slug is not None:
        context.workspace.require_new_name(slug)


class DraftFile:
    """The draft of a session on disk. All public methods are safe to call from the thread that types."""

    def __init__(self, context: WorkspaceContext, opened: OpenedSprint) -> None:
        self.context = context
        self.slug = opened.slug
        self.path = context.workspace.draft_path(opened.slug)
        save_count = opened.resume_state.get("saves")
        self.save_count = save_count if isinstance(save_count, int) else 0
        """How often the draft was saved."""
        self._expected = opened.draft_digest
        self._charter = opened.charter
        self._charter_digest = _digest_of(opened.charter)
        is_on_disk = opened.draft_digest is not None or opened.charter is not None
        self.saved_document: Document = opened.document if is_on_disk else {}
        """What the draft on disk holds, or the charter if there is no draft."""
        self._saved_resume_state: dict[str, Any] = dict(opened.resume_state)
        self._overwrites_unreadable = False
        """Whether the next save replaces a file that cannot be read, as somebody decided."""
        self._fingerprint = fingerprint.workspace_fingerprint(context.workspace, opened.slug)
        self._branch = git_head.read_branch(context.root)
        self.branch_change: BranchChange | None = None
        """Set while the conflict comes from another branch."""
        self._branch_notice: BranchChange | None = None
        self._checks_requested = self._checks_done = 0
        """Checks for external changes; a save that is requested meanwhile takes a pending one along."""
        self._files_lock = Lock()
        """Held by whichever thread reads or writes the sprint's files."""
        self.writer: BackgroundWriter[_State] = BackgroundWriter(
            self._write,
            label=f"the answers of {opened.slug}",
            side_copy=SideCopy(context.root, resume_form(opened.slug)),
            content=self._side_copy_content,
        )
        """Owns the save state."""

    @property
    def status(self) -> SaveStatus:
        """Whether everything typed is on disk, and if not, why, and where it lies."""
        return self.writer.status

    @property
    def state(self) -> SaveState:
        """Whether everything typed is on disk, in a word."""
        return self.writer.status.state

    @property
    def problem(self) -> Problem | None:
        """Why the last save failed."""
        return self.writer.status.problem

    def request_save(self, document: Document, resume_state: dict[str, Any]) -> None:
        """Have the answers and the place of the cursor saved soon."""
        self.writer.submit(_State(document, resume_state))

    def poll_external_change(self, document: Document, resume_state: dict[str, Any]) -> None:
        """Check for external changes if the folder or the branch has changed and nothing is waiting to be saved."""
        current = fingerprint.workspace_fingerprint(self.context.workspace, self.slug)
        has_changed = current != self._fingerprint or git_head.read_branch(self.context.root) != self._branch
        if has_changed and self.state == "saved":
            self._fingerprint = current
            self._checks_requested += 1
            self.request_save(document, resume_state)

    def recheck_conflict(self, document: Document, resume_state: dict[str, Any]) -> None:
        """Look again at a pending conflict: the other change may have moved on or been fixed. Does not wait."""
        if self.state == "conflict":
            self._checks_requested += 1
            self.request_save(document, resume_state)
            self.writer.resume()

    def take_branch_notice(self) -> BranchChange | None:
        """A change of the branch that left this sprint's files as they were; returned once."""
        notice, self._branch_notice = self._branch_notice, None
        return notice

    def adopt(self, copy: StoredCopy) -> None:
        """Have a side copy of an earlier session deleted once its content, part of the answers now, is saved."""
        if self.writer.side_copy is not None:
            self.writer.side_copy.adopt(copy)

    def flush(self, timeout: float = 10.0) -> Problem | None:
        """Save at once, waiting at most `timeout` seconds; returns the problem if that fails."""
        return self.writer.flush(timeout).problem

    def close(self, timeout: float = 10.0) -> Problem | None:
        """Save, and end the writing thread; returns the problem if saving fails. A side copy stays."""
        return self.writer.close(timeout).problem

    # In the writing thread

    def _write(self, state: _State) -> None:
        with self._files_lock:
            checks = self._checks_requested
            branch = git_head.read_branch(self.context.root)
            try:
                self._write_if_unchanged(state, must_check=checks != self._checks_done)
            except ConflictError:
                if branch != self._branch:
                    self.branch_change = BranchChange(self._branch, branch)
                raise
            self._checks_done = checks
            if branch != self._branch:
                self._branch_notice, self._branch = BranchChange(self._branch, branch), branch

    def _write_if_unchanged(self, state: _State, *, must_check: bool) -> None:
        document = sort_keys({"schema": SCHEMA_VERSION, **state.document})
        is_new = document != self.saved_document and state.document != self.saved_document
        if (is_new or must_check) and not self._overwrites_unreadable:
            save.require_unchanged(self.context.root, self._charter_path, expected=self._charter_digest)
        if must_check and not is_new:
            save.require_unchanged(self.context.root, self.path, expected=self._expected)
        resume_state = {**state.resume_state, "saves": self.save_count}
        if not is_new and resume_state == self._saved_resume_state:
            return
        with lock.workspace_lock(self.context.root, LOCK_PATIENCE):
            if is_new:
                if not self._remove_redundant_draft(document):
                    saved = self._save_draft(document)
                    self._expected = saved.digest
                    self.save_count += saved.was_written
                self.saved_document = document
            resume_state = {**state.resume_state, "saves": self.save_count}
            form_drafts.save_form_draft(self.context.root, resume_form(self.slug), resume_state)
            self._saved_resume_state = resume_state

    def _side_copy_content(self, state: _State) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "base": self.base,
            "document": state.document,
            "resume_state": state.resume_state,
        }

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
            return save_document.save_document(
                self.context, self.path, document, "draft", expected=self._expected, comments_from=like
            )
        # The comments of a file that cannot be read cannot be kept; the user was told so and decided.
        data = codec.dump(
            document, save_document.schema_header(self.path, "draft") + "\n", self.path
        ).encode()
        saved = save.update_bytes(self.context.root, self.path, lambda _: data, expected=self._expected)
        self._overwrites_unreadable = False
        return saved

    # Conflicts

    @property
    def theirs(self) -> Document | None:
        """Somebody else's version; None without a conflict, empty if the file is gone or cannot be read."""
        conflict = self.status.conflict
        if conflict is None:
            return None
        return conflict.current.document if conflict.current else {}

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
        conflict = self.status.conflict
        return conflict is not None and conflict.problems[0].path == self._charter_path

    @property
    def can_read_theirs(self) -> bool:
        """Whether somebody else's version can be read."""
        conflict = self.status.conflict
        return conflict is not None and conflict.current is not None

    def resolve_conflict(self) -> None:
        """Go on from the file as somebody else left it."""
        conflict = self.status.conflict
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
        if self.branch_change is not None:
            self._branch, self.branch_change = self.branch_change.after, None
        self.writer.resume()

    # The charter

    def has_saved_charter(self, document: Document) -> bool:
        """Whether the charter on disk says what `document` says."""
        return self._charter is not None and self._charter.document == sort_keys(
            {"schema": SCHEMA_VERSION, **document}
        )

    def save_charter(self, document: Document) -> Result[ScopeData]:
        """Save the answers as `charter.toml` if the gate is open; otherwise report everything that is missing.

        Raises ConflictError, WriteError, RefusedError as `save_answers` does.
        """
        problem = self.flush()
        if problem is not None:
            raise WriteError.from_problems([problem])
        with self._files_lock:
            before = self._load_files()
            digests = (_digest_of(before and before.draft), _digest_of(before and before.charter))
            if digests == (self._expected, self._charter_digest):
                return self._save_charter(document, before)
        self._checks_requested += 1
        self.request_save(document, self._saved_resume_state)
        self.flush()
        raise WriteError(
            "somebody else changed this file since it was read",
            code="changed",
            path=self.path,
            hint="Look at what they changed, then save again.",
        )

    def _save_charter(self, document: Document, before: SprintFiles | None) -> Result[ScopeData]:
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
        if self.context.workspace.find_sprint(self.slug) is None:
            return None
        sprint = load_sprint(self.context.workspace, self.slug)
        refuse_if_settled(sprint)
        return sprint


def _digest_of(file: LoadedFile | None) -> str | None:
    return file.digest if file else None
