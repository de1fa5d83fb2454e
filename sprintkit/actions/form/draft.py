"""A form's draft on disk, until its record is saved: a form that was killed opens where it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from threading import Lock

from sprintkit.actions.context import WorkspaceContext
from sprintkit.store import form_drafts


class FormDraft:
    """The draft of one form of a workspace, identified by its name."""

    def __init__(self, context: WorkspaceContext, name: str) -> None:
        self.root = context.root
        self.name = name
        self._saved_answers: dict[str, str] = {}
        self._is_closed = False
        self._lock = Lock()

    def load(self) -> dict[str, str]:
        """The answers in the draft; empty if there is no draft, or none that can be read."""
        answers = (form_drafts.load_form_draft(self.root, self.name) or {}).get("answers")
        if not isinstance(answers, dict):
            answers = {}
        self._saved_answers = {key: text for key, text in answers.items() if isinstance(text, str)}
        return dict(self._saved_answers)

    def load_starting_date(self) -> date | None:
        """The date that the form was begun for; None if there is no draft."""
        text = (form_drafts.load_form_draft(self.root, self.name) or {}).get("on")
        try:
            return date.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            return None

    def save(self, answers: Mapping[str, str], starting_date: date) -> bool:
        """Save the answers of a form begun for `starting_date`; returns whether anything was written.

        Can be called from any thread. If all answers are empty, the draft is deleted. Raises WriteError.
        """
        with self._lock:
            current = dict(answers)
            if self._is_closed or current == self._saved_answers:
                return False
            if any(current.values()):
                content = {"on": starting_date.isoformat(), "answers": current}
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

    def close(self) -> None:
        """Delete the draft for good, because its record is on disk; later saves do nothing. Raises WriteError."""
        self._is_closed = True
        self.delete()
