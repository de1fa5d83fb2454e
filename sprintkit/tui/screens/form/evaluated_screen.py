"""A form whose answers are evaluated whenever somebody pauses while typing."""

from __future__ import annotations

from collections.abc import Mapping

from textual import work
from textual.timer import Timer

from sprintkit.actions.form.field import Field, field_text
from sprintkit.actions.form.record_form import Preview, RecordForm
from sprintkit.actions.form.validation import Evaluation, evaluate
from sprintkit.charter.blank import is_blank
from sprintkit.errors import SprintkitError
from sprintkit.tui.screens.form.draft_screen import DraftScreen

EVALUATION_SECONDS = 0.4
"""Pause in typing after which the answers are evaluated."""


class EvaluatedScreen(DraftScreen):
    """Knows the field in focus, the errors of the answers, and what their record would change."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__(form)
        self.cursor = 0
        """Index of the field in focus."""
        self.visited_keys: set[str] = set()
        """Keys of fields that the cursor has left; errors of other fields are not shown yet."""
        self.errors: Mapping[str, str] = {}
        """Each field's first error in the last evaluation, by the key of the field."""
        self.preview: Preview | None = None
        self.preview_without_votes: Preview | None = None
        self.is_saved = False
        """Whether the record is saved."""
        self._evaluation_timer: Timer | None = None
        self._reload_count = 0
        """How often the sprint was read again: an evaluation from before the last time is out of date."""

    def update_fields(self) -> None:
        """Compute the fields that the answers require; the one in focus stays in focus."""
        raise NotImplementedError

    def draw_evaluation(self) -> None:
        """Show errors and previews."""
        raise NotImplementedError

    @property
    def field(self) -> Field:
        """The field in focus."""
        return self.fields[self.cursor]

    @property
    def visible_errors(self) -> dict[str, str]:
        """The errors of fields that the cursor has left, and of the one in focus once something is typed into it."""
        typed = self.field.key if self.fields and not is_blank(field_text(self.answers, self.field)) else ""
        return {key: error for key, error in self.errors.items() if key in self.visited_keys or key == typed}

    @property
    def needed_keys(self) -> set[str]:
        """Keys of empty fields that need an answer and show no error yet."""
        empty = {field.key for field in self.fields if is_blank(field_text(self.answers, field))}
        return (self.errors.keys() & empty) - self.visible_errors.keys()

    def evaluate_answers(self) -> None:
        """Compute errors and previews now, and show them."""
        try:
            evaluation = evaluate(self.form, self.answers)
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self._show_evaluation(evaluation)

    def evaluate_after_pause(self) -> None:
        """Evaluate the answers once nothing has been typed for EVALUATION_SECONDS."""
        if self._evaluation_timer is not None:
            self._evaluation_timer.stop()
        self._evaluation_timer = self.set_timer(EVALUATION_SECONDS, self._evaluate_in_worker)

    @work(thread=True, exclusive=True, exit_on_error=False, group="evaluation")
    def _evaluate_in_worker(self) -> None:
        # In a thread: the rules of a whole charter would hold up the next keys.
        answers, reload_count = dict(self.answers), self._reload_count
        try:
            evaluation = evaluate(self.form, answers)
        except SprintkitError as error:
            self.base_app.call_from_thread(self.base_app.show_error, error)
            return
        self.base_app.call_from_thread(self._show_if_current, answers, reload_count, evaluation)

    def _show_if_current(self, answers: Mapping[str, str], reload_count: int, evaluation: Evaluation) -> None:
        """Show an evaluation of these answers, unless they or the sprint have changed since."""
        is_current = answers == self.answers and reload_count == self._reload_count
        if is_current and self.is_attached and not self.is_saved:
            self._show_evaluation(evaluation)

    def _show_evaluation(self, evaluation: Evaluation) -> None:
        self.preview, self.preview_without_votes, self.errors = evaluation
        self.draw_evaluation()

    def load(self) -> None:
        """Read the sprint again, because its files changed; what was typed stays."""
        if self.is_saved:
            return
        try:
            self.form.reload()
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self._reload_count += 1
        self.update_fields()
        self.evaluate_answers()
