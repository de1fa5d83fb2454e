"""A scoping session: one sprint's answers while people in a room give them. It knows no screen and no clock.

What is typed is on disk within a second, together with the cursor's place, the time spent in each section, and
what forms hold that are not submitted yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any, Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.probe.accept import MeasuredLine, apply_lines
from sprintkit.actions.result import Result
from sprintkit.actions.scope.save_answers import ScopeData
from sprintkit.actions.session.answer_editor import AnswerEditor
from sprintkit.actions.session.autosave import Document, DraftFile, OpenedSprint, UnsavedAnswers
from sprintkit.actions.session.merge import MergeResult, merge
from sprintkit.charter import paths
from sprintkit.errors import ExitCode, Problem
from sprintkit.records.probe import Probe
from sprintkit.records.probed_rates import measured_rates
from sprintkit.store.side_copies import delete_side_copy

MAX_PAUSE_SECONDS: Final = 15 * 60.0
"""The longest pause without any activity that still counts as time spent in a section."""


class Session(AnswerEditor):
    """A sprint's answers together with their file."""

    def __init__(self, context: WorkspaceContext, opened: OpenedSprint, clock: Callable[[], float]) -> None:
        super().__init__(context, opened.slug, opened.document, clock)
        self.measured = opened.measured
        self._is_approved = opened.is_approved
        self.draft_file = DraftFile(context, opened)
        state = opened.resume_state
        self.section = _text_or_empty(state.get("section"))
        self.row = _text_or_empty(state.get("row"))
        """The row with the cursor, as the screen writes it."""
        self.expanded_sections = {key for key in state.get("unfolded", ()) if isinstance(key, str)}
        """Sections that also show what a lean session does not ask."""
        self.seconds_by_section = {
            key: float(seconds)
            for key, seconds in _table_or_empty(state.get("seconds")).items()
            if isinstance(seconds, int | float)
        }
        """Time spent."""
        self.unfinished_forms = {
            key: content
            for key, content in _table_or_empty(state.get("forms")).items()
            if isinstance(content, dict)
        }
        """What forms hold that are not submitted yet, by name."""
        self.not_asked = {path for path in state.get("not_asked", ()) if isinstance(path, str)}
        """Paths of answers that the review no longer asks for in this session."""
        self._counted_until = self._last_activity = clock()
        self._document_as_found: Document | None = None
        """The document on disk, while asking in full is the only difference from it."""

    def on_change(self) -> None:
        """Request a save of the new state."""
        self._document_as_found = None
        self.track_time()
        self._last_activity = self._counted_until
        self._request_save()

    def ask_in_full(self) -> None:
        """Ask every question from now on. Saved only with the first change, so that just looking leaves no draft."""
        if self.depth == "lean":
            self._document = paths.delete_value(self._document, ("charter", "depth"))
            self._analysis = None
            self._document_as_found = self.draft_file.saved_document

    # What was measured

    def take_measured(self, lines: Sequence[MeasuredLine]) -> None:
        """Replace answers by their measured values, as one step of undo."""
        if lines:
            self._change(apply_lines(self._document, lines), lines[0].path)

    def compare_with(self, probe: Probe) -> None:
        """Compare typed rates with what `probe` measured, for the rest of this session; not after an approval."""
        if self._is_approved:
            return
        self.measured = {**self.measured, **measured_rates([probe])}
        self._analysis = None

    # Time and place

    def remember_cursor(self, section: str, row: str) -> None:
        """Remember where the cursor is, so that the session opens there again."""
        self.track_time()
        self._last_activity = self._counted_until
        if (section, row) != (self.section, self.row):
            self.section, self.row = section, row
            self._request_save()

    def track_time(self) -> None:
        """Add the time since the last call to the open section; a long pause counts only in part."""
        now = self._clock()
        counted_end = min(now, self._last_activity + MAX_PAUSE_SECONDS)
        seconds, self._counted_until = counted_end - self._counted_until, now
        if self.section and seconds > 0:
            self.seconds_by_section[self.section] = self.seconds_by_section.get(self.section, 0.0) + seconds

    def minutes_in(self, section: str) -> int:
        """Minutes spent in a section, rounded down."""
        return int(self.seconds_by_section.get(section, 0.0) // 60)

    def remember_form(self, name: str, content: dict[str, Any] | None) -> None:
        """Remember what a form holds until it is submitted; None forgets it."""
        if content is None:
            self.unfinished_forms.pop(name, None)
        else:
            self.unfinished_forms[name] = content
        self._request_save()

    def stop_asking(self, path: str) -> None:
        """Keep the review from asking for the answer at `path` again in this session."""
        self.not_asked.add(path)
        self._request_save()

    # Disk

    def _request_save(self) -> None:
        self.draft_file.request_save(self._document_to_save, self._resume_state())

    def _resume_state(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "row": self.row,
            "unfolded": sorted(self.expanded_sections),
            "seconds": {key: round(seconds, 1) for key, seconds in self.seconds_by_section.items()},
            "forms": dict(self.unfinished_forms),
            "not_asked": sorted(self.not_asked),
        }

    def poll_external_change(self) -> None:
        """Check whether somebody else has changed the file, even if there is nothing to save."""
        self.draft_file.poll_external_change(self._document_to_save, self._resume_state())

    def recheck_conflict(self) -> None:
        """Re-check a pending conflict with somebody else's change."""
        self.draft_file.recheck_conflict(self._document_to_save, self._resume_state())

    @property
    def _document_to_save(self) -> Document:
        return self._document if self._document_as_found is None else self._document_as_found

    def merge_with_theirs(self, chosen: Set[int] = frozenset()) -> MergeResult:
        """These answers merged with somebody else's version; changes nothing. See `merge` for `chosen`."""
        return merge(self.draft_file.base, self._document, self.draft_file.theirs or {}, chosen)

    def apply_merge(self, result: MergeResult) -> None:
        """Go on with the merged answers; undo can still bring back what was typed here."""
        base, theirs = self.draft_file.base, self.draft_file.theirs or {}
        self._history.rebase(lambda document: merge(base, document, theirs).document)
        mine = self.merge_with_theirs().document
        if result.document != mine:
            self._history.record(mine, result.conflicts[0].path)
        self.draft_file.resolve_conflict()
        self._replace_document(result.document)

    def keep_mine(self) -> None:
        """Save these answers in place of the file as it is now: it is another branch's, gone, or cannot be read."""
        self.draft_file.resolve_conflict()
        self._request_save()

    def take_theirs(self) -> None:
        """Go on with the file as it is now; undo brings these answers back."""
        theirs = self.draft_file.theirs
        if theirs is not None:
            self._history.record(self._document, "charter.title")
            self.draft_file.resolve_conflict()
            self._replace_document(theirs)

    # What an earlier session could not save

    def merge_with_unsaved(self, unsaved: UnsavedAnswers, chosen: Set[int] = frozenset()) -> MergeResult:
        """What an earlier session set aside, merged with the answers as they are; changes nothing. See `merge`."""
        return merge(unsaved.base, unsaved.mine, self._document, chosen)

    def take_unsaved(self, unsaved: UnsavedAnswers, chosen: Set[int] = frozenset()) -> None:
        """Go on with what an earlier session set aside; its side copy goes once it is saved."""
        merged = self.merge_with_unsaved(unsaved, chosen).document
        self._history.record(self._document, "charter.title")
        self.unfinished_forms = {**unsaved.unfinished_forms, **self.unfinished_forms}
        self._replace_document(merged)
        self.draft_file.adopt(unsaved.copy)

    def discard_unsaved(self, unsaved: UnsavedAnswers) -> None:
        """Delete what an earlier session set aside. Raises WriteError."""
        delete_side_copy(unsaved.copy)

    def save_charter(self) -> Result[ScopeData]:
        """Save the answers as `charter.toml` if the gate is open; otherwise report everything that is missing.

        The values that saving fills in are answers from then on. Raises WriteError, RefusedError.
        """
        result = self.draft_file.save_charter(self._document)
        if result.exit_code == ExitCode.OK:
            self._history.record(self._document, "charter.title")
            self._document = self.draft_file.saved_document
            self._analysis = None
        return result

    def close(self, timeout: float = 10.0) -> Problem | None:
        """Save everything and end the session; returns the problem if saving fails within `timeout` seconds."""
        self.track_time()
        self._request_save()
        return self.draft_file.close(timeout)


def _text_or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _table_or_empty(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
