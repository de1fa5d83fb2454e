"""The draft of a form on disk, until its record is saved, so that a killed form reopens where it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import NamedTuple

from sprintkit.actions.background_writer import LOCK_PATIENCE, BackgroundWriter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.store import form_drafts, lock
from sprintkit.store.side_copies import SideCopy, StoredCopy, delete_side_copy, find_side_copies


class UnsavedForm(NamedTuple):
    """The answers of a form that ended without being able to save its draft."""

    copy: StoredCopy
    answers: dict[str, str]


class _State(NamedTuple):
    """What the background thread has to write."""

    answers: dict[str, str]
    starting_date: date

    @property
    def content(self) -> dict[str, object]:
        return {"on": self.starting_date.isoformat(), "answers": self.answers}


class FormDraft:
    """The draft of one form of a workspace, identified by its name."""

    def __init__(self, context: WorkspaceContext, name: str) -> None:
        self.root = context.root
        self.name = name
        self._saved_answers: dict[str, str] = {}
        self._is_closed = False
        self._lock = Lock()
        self._side_copy = SideCopy(context.root, name)
        self.writer: BackgroundWriter[_State] = BackgroundWriter(
            self._write,
            label=f"the form {name}",
            side_copy=self._side_copy,
            content=lambda state: state.content,
        )
        """Owns the save state of what is typed."""

    def load(self) -> dict[str, str]:
        """The answers in the draft; empty if there is no readable draft."""
        self._saved_answers = _answers_in(form_drafts.load_form_draft(self.root, self.name))
        return dict(self._saved_answers)

    def load_starting_date(self) -> date | None:
        """The starting date in the draft; None if there is no draft."""
        text = (form_drafts.load_form_draft(self.root, self.name) or {}).get("on")
        try:
            return date.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            return None

    def request_save(self, answers: Mapping[str, str], starting_date: date) -> None:
        """Save the answers soon, in the background; `writer` knows the outcome."""
        self.writer.submit(_State(dict(answers), starting_date))

    def save(self, answers: Mapping[str, str], starting_date: date) -> bool:
        """Save the answers at once; returns whether anything was written.

        Can be called from any thread. If all answers are empty, the draft is deleted. Raises WriteError.
        """
        with self._lock:
            current = dict(answers)
            if self._is_closed or current == self._saved_answers:
                return False
            with lock.workspace_lock(self.root, LOCK_PATIENCE):
                if any(current.values()):
                    content = _State(current, starting_date).content
                    form_drafts.save_form_draft(self.root, self.name, content)
                else:
                    form_drafts.delete_form_draft(self.root, self.name)
            self._saved_answers = current
            return True

    def delete(self) -> None:
        """Delete the draft, if there is one. Raises WriteError."""
        with self._lock:
            form_drafts.delete_form_draft(self.root, self.name)
            self._saved_answers = {}
        self._side_copy.remove()

    def close(self) -> None:
        """Delete the draft for good, because its record is on disk; later saves do nothing. Raises WriteError."""
        self._is_closed = True
        self.delete()

    # What an earlier form could not save

    def find_unsaved(self) -> UnsavedForm | None:
        """The latest answers that were set aside and differ from the draft; None if there are none.

        Side copies that hold what the draft holds are deleted.
        """
        stored = _answers_in(form_drafts.load_form_draft(self.root, self.name))
        for copy in find_side_copies(self.root, self.name):
            if copy.name != self.name:
                continue
            answers = _answers_in(copy.content)
            if answers != stored:
                return UnsavedForm(copy, answers)
            delete_side_copy(copy)
        return None

    def take_unsaved(self, unsaved: UnsavedForm) -> None:
        """Delete a side copy once its answers, which the form now holds, are on disk."""
        self._side_copy.adopt(unsaved.copy)

    def discard_unsaved(self, unsaved: UnsavedForm) -> None:
        """Delete what an earlier form set aside. Raises WriteError."""
        delete_side_copy(unsaved.copy)

    # In the writing thread

    def _write(self, state: _State) -> None:
        self.save(state.answers, state.starting_date)


def _answers_in(content: Mapping[str, object] | None) -> dict[str, str]:
    answers = (content or {}).get("answers")
    if not isinstance(answers, dict):
        return {}
    return {key: text for key, text in answers.items() if isinstance(text, str)}
