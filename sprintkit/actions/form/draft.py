"""What stands in a form, kept on disk until its record is: a killed form opens where it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from threading import Lock

from sprintkit.actions.context import WorkspaceContext
from sprintkit.store import form_drafts


class Draft:
    """The draft of one form of a workspace, by its name."""

    def __init__(self, desk: WorkspaceContext, name: str) -> None:
        self.root = desk.root
        self.name = name
        self._kept: dict[str, str] = {}
        """The answers that are on disk."""
        self._is_over = False
        self._writing = Lock()

    def load(self) -> dict[str, str]:
        """The answers that stood in the form; none where there is no draft, or none that can be read."""
        found = (form_drafts.load_form(self.root, self.name) or {}).get("answers")
        if not isinstance(found, dict):
            found = {}
        self._kept = {key: value for key, value in found.items() if isinstance(value, str)}
        return dict(self._kept)

    def begun_on(self) -> date | None:
        """The day that the form was begun for; None where there is no draft."""
        found = (form_drafts.load_form(self.root, self.name) or {}).get("on")
        try:
            return date.fromisoformat(found) if isinstance(found, str) else None
        except ValueError:
            return None

    def save(self, answers: Mapping[str, str], on: date) -> bool:
        """Keeps the answers of a form begun for a day; tells whether others were on disk. Raises WriteError.

        From any thread. Where nothing is left of the answers there is no draft.
        """
        with self._writing:
            now = dict(answers)
            if self._is_over or now == self._kept:
                return False
            if any(now.values()):
                form_drafts.save_form(self.root, self.name, {"on": on.isoformat(), "answers": now})
            else:
                form_drafts.delete_form(self.root, self.name)
            self._kept = now
            return True

    def forget(self) -> None:
        """Removes the draft, if there is one. Raises WriteError."""
        with self._writing:
            form_drafts.delete_form(self.root, self.name)
            self._kept = {}

    def end(self) -> None:
        """Removes the draft for good: its record is on disk, and a write that still waits comes to nothing."""
        self._is_over = True
        self.forget()
