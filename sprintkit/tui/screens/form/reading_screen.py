"""A form that reads its metric by a recipe while somebody types, and then offers the reading."""

from __future__ import annotations

from textual import work

from sprintkit.actions.form.field import field_text
from sprintkit.tui.screens.form.evaluated_screen import EvaluatedScreen
from sprintkit.tui.screens.form.field_list import FieldControl


class ReadingStoppedError(Exception):
    """The form was left before the metric was read."""


class ReadingScreen(EvaluatedScreen):
    """Reads the metric in a thread. The person accepts the reading or types another value."""

    def start_saving(self) -> None:
        """Start to follow the state of the draft, and to read the metric if there is a recipe for it."""
        super().start_saving()
        if self.form.can_read_metric:
            self._read_metric()

    @work(thread=True, exclusive=True, exit_on_error=False, group="reading")
    def _read_metric(self) -> None:
        def stop_if_left(stage: str, share: float) -> None:
            if stage and not self.is_attached:
                raise ReadingStoppedError

        try:
            self.form.read_metric(stop_if_left)
        except ReadingStoppedError:
            return
        self.base_app.call_from_thread(self._show_reading)

    def _show_reading(self) -> None:
        if self.is_attached and not self.is_saved:
            self.store_answer()
            self._show_changed_fields()
            self.refresh_bindings()

    def _show_changed_fields(self) -> None:
        """Show fields and answers that changed without being typed."""
        self.update_fields()
        control = self.query_one(FieldControl)
        for field in self.fields:
            if field.key == control.key and control.text != field_text(self.answers, field):
                control.load(field, field_text(self.answers, field))
        self.evaluate_answers()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action applies where the focus is."""
        if action == "take_reading":
            key = self.query_one(FieldControl).key if self.fields else ""
            return key.startswith("metric.") and bool(self.form.reading_answers())
        return super().check_action(action, parameters)

    def action_take_reading(self) -> None:
        """Answer with the reading of the recipe: the value, the window it covers, and its source."""
        self.answers.update(self.form.reading_answers())
        self._show_changed_fields()
        self.request_save()
