"""What a session does with a source: measure it on an extract. The dialog is imported when it opens."""

from __future__ import annotations

from sprintkit.charter import paths
from sprintkit.tui.screens.session.list_actions import ListActions


class MeasureActions(ListActions):
    """Measures the source in focus. Subclasses add the rest."""

    @property
    def source_index(self) -> int | None:
        """The index of the data requirement in focus; None if there is none."""
        row = self.row
        if row is None or row.kind not in ("question", "item", "heading", "add"):
            return None
        parts = paths.parse(row.path)
        is_source = len(parts) > 1 and parts[0] == "data_requirements" and isinstance(parts[1], int)
        index = parts[1] if is_source else None
        known = len(self.session.analysis.charter.data_requirements)
        return index if isinstance(index, int) and index < known else None

    def action_measure(self) -> None:
        """Measure the source in focus, and show the measured values beside the typed ones."""
        index = self.source_index
        if index is None:
            return
        self.question_list.commit()
        from sprintkit.tui.screens.session.measure import MeasureScreen

        self.app.push_screen(MeasureScreen(self.session, index), lambda _: self._refresh_after_dialog())
