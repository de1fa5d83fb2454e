"""The title of a sprint that has no folder yet: on disk while it is typed, as every answer is."""

from __future__ import annotations

from sprintkit.actions.background_writer import LOCK_PATIENCE, BackgroundWriter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.names import NEW_SPRINT_FORM
from sprintkit.store import form_drafts, lock
from sprintkit.store.side_copies import SideCopy, find_side_copies


class NewTitle:
    """The typed title, until its sprint is begun."""

    def __init__(self, context: WorkspaceContext) -> None:
        self.root = context.root
        self._saved = ""
        self._side_copy = SideCopy(context.root, NEW_SPRINT_FORM)
        self.writer: BackgroundWriter[str] = BackgroundWriter(
            self._write,
            label="the title of the new sprint",
            side_copy=self._side_copy,
            content=lambda title: {"title": title},
        )
        """Owns the save state."""

    def load(self) -> str:
        """The title typed last; empty if there is none."""
        copies = [
            copy for copy in find_side_copies(self.root, NEW_SPRINT_FORM) if copy.name == NEW_SPRINT_FORM
        ]
        for copy in copies:
            self._side_copy.adopt(copy)
        self._saved = _title_in(form_drafts.load_form_draft(self.root, NEW_SPRINT_FORM))
        return next((title for copy in copies if (title := _title_in(copy.content))), self._saved)

    def request_save(self, title: str) -> None:
        """Have the title saved soon; an empty one forgets it."""
        self.writer.submit(title)

    def _write(self, title: str) -> None:
        if title != self._saved:
            with lock.workspace_lock(self.root, LOCK_PATIENCE):
                form_drafts.save_form_draft(self.root, NEW_SPRINT_FORM, {"title": title})
            self._saved = title


def _title_in(content: dict[str, object] | None) -> str:
    title = (content or {}).get("title")
    return title if isinstance(title, str) else ""
