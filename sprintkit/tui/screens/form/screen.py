"""The form of a record, such as a week's check-in: written in ten minutes by keys alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from sprintkit.actions.form.field import Field, field_text
from sprintkit.actions.form.record_form import Preview, RecordForm
from sprintkit.actions.form.validation import Evaluation, evaluate
from sprintkit.charter.blank import is_blank
from sprintkit.errors import SprintkitError
from sprintkit.tui import commands
from sprintkit.tui.screens.form.field_list import PROSE_KINDS, FieldControl, FieldList
from sprintkit.tui.screens.form.preview_lines import outcome_lines
from sprintkit.tui.screens.form.reading_screen import ReadingScreen
from sprintkit.tui.sprint_page.lines import title
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.bars import KeyLine, Notice, TopLine
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.options import OptionPicker

WIDE_WIDTH = 118
"""Width in columns from which the outcome is shown beside the form."""
EVALUATION_SECONDS = 0.4
"""Time without typing after which the answers are evaluated again."""


class FormScreen(ReadingScreen):
    """Shows the fields of a form with their answers. Dismissed with True once the record is saved."""

    SCOPE = "form"
    ABOUT = (
        "A record of the sprint. What you type is kept as a draft until you save it; votes stay hidden until the review. "
        "There is no field for health or a percentage: both are computed."
    )
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("form")
    CSS_PATH = "form.tcss"
    AUTO_FOCUS = ""

    def __init__(self, form: RecordForm, notice: str = "", proposed: Mapping[str, str] | None = None) -> None:
        """`proposed` are answers to begin with where there is no draft."""
        super().__init__(form)
        self.is_restored = bool(self.answers)
        self.is_proposed = bool(proposed) and not self.is_restored
        """Whether it begins with answers that somebody has yet to look at."""
        if self.is_proposed:
            self.answers.update(proposed or {})
        self.notice = notice
        self.cursor = 0
        """Index of the field in focus."""
        self.errors: Mapping[str, str] = {}
        """Each field's first error at the last evaluation."""
        self.visited_keys: set[str] = set()
        """Fields that the cursor has left: errors of other fields are not shown yet."""
        self.preview: Preview | None = None
        self.preview_without_votes: Preview | None = None
        self.is_saved = False
        self._evaluation_timer: Timer | None = None
        self._loads = 0
        """How often the plan and the earlier weeks were read: an evaluation of what was read before is out of date."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        if self.notice:
            yield Notice(self.notice)
        with Horizontal(id="form"):
            yield FieldList(can_focus=False)
            yield VerticalScroll(Static(markup=False), id="outcome", can_focus=False)
        if self.form.has_headline:
            yield Static(id="headline", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.show_status("draft restored" if self.is_restored else "")
        self.query_one(TextEditor).leave_text = lambda step: self.move_to(self.cursor + step)
        self.update_fields()
        self.move_to(0)
        self.evaluate_answers()
        self.start_saving()
        if self.is_proposed:
            self.request_save()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE_WIDTH, "-wide")
        self.call_after_refresh(self._draw_all)

    def _draw_all(self) -> None:
        self.show_status(self.status_text)
        self.draw()
        self.draw_outcome()
        self.query_one(FieldList).scroll_to_control()

    def draw(self) -> None:
        """Lay out the fields at the current width."""
        if self.fields:
            errors, needed = self.visible_errors, self.needed_keys
            key = self.base_app.displayed_keys().get("form.same", "") if len(self._alike_below()) > 1 else ""
            hint = f"{key}: all below the same" if key else ""
            self.query_one(FieldList).draw(self.fields, self.cursor, self.answers, errors, needed, hint)

    def draw_outcome(self) -> None:
        """Show the sprint with this record beside the form, if there is room. Votes stay out of it."""
        if self.preview_without_votes is None or not self.has_class("-wide"):
            return
        area = self.query_one("#outcome")
        lines = outcome_lines(self.preview_without_votes, max(20, area.size.width - 4))
        heading = "What follows" if self.preview_without_votes.verdict else "With this record"
        area.query_one(Static).update(Content("\n").join([title(heading), Content(""), *lines]))

    def draw_headline(self) -> None:
        """Show what the record is, where the answers decide that."""
        if self.form.has_headline and self.preview is not None:
            self.query_one("#headline", Static).update(one_line(self.preview.headline))

    def show_status(self, status_text: str) -> None:
        """Show in the top line how many fields are to be put right, and a status; flags too if they have no room."""
        self.status_text = status_text
        count = len(self.visible_errors)
        parts = (self._flags_if_narrow(), f"{count} to put right" if count else "", status_text)
        self.query_one(TopLine).situation = " · ".join(part for part in parts if part)

    def _flags_if_narrow(self) -> str:
        """The flags of the month that is reviewed, where the outcome is not shown beside the form."""
        month = None if self.preview is None or self.has_class("-wide") else self.preview.month
        return ", ".join(month.flag_names) if month is not None else ""

    @property
    def visible_errors(self) -> dict[str, str]:
        """The errors of fields that the cursor has left, and of the one in focus once something is typed into it."""
        typed = self.field.key if self.fields and not is_blank(field_text(self.answers, self.field)) else ""
        return {key: error for key, error in self.errors.items() if key in self.visited_keys or key == typed}

    @property
    def needed_keys(self) -> set[str]:
        """The fields that must not stay empty, and that nobody has left empty yet."""
        empty = {field.key for field in self.fields if is_blank(field_text(self.answers, field))}
        return (self.errors.keys() & empty) - self.visible_errors.keys()

    # The field in focus

    @property
    def field(self) -> Field:
        """The field in focus."""
        return self.fields[self.cursor]

    def update_fields(self) -> None:
        """Compute the fields that the answers require; the one in focus stays in focus."""
        key = self.field.key if self.fields else None
        self.fields = self.form.fields(self.answers)
        keys = [field.key for field in self.fields]
        self.cursor = keys.index(key) if key in keys else min(self.cursor, len(keys) - 1)
        self.query_one(TopLine).title = self.form.title

    def move_to(self, index: int) -> None:
        """Move the control to another field."""
        self.store_answer()
        if index != self.cursor:
            self.visited_keys.add(self.field.key)
        self.cursor = max(0, min(index, len(self.fields) - 1))
        field_input = self.query_one(FieldControl).load(
            self.field, field_text(self.answers, self.field), is_needed=self.field.key in self.errors
        )
        self.set_focus(field_input, scroll_visible=False)
        self.refresh_bindings()
        self.draw()
        self.query_one(FieldList).scroll_to_control()

    # Answers

    @on(OptionPicker.Picked)
    @on(TextArea.Changed)
    @on(Input.Changed)
    def store_answer(self) -> None:
        """Store what the control shows as the answer of the field in focus.

        The message may come from a field that has been left since, so the control is read, not the message.
        """
        control = self.query_one(FieldControl)
        if not self.fields or control.key != self.field.key:
            return
        field, text = self.field, control.text
        if text == field_text(self.answers, field):
            return
        self.answers[field.key] = text
        self.show_status("")
        if field.kind in ("choice", "many", "integer") or field.key == "on":
            self.update_fields()
        self.draw()
        self.query_one(FieldList).scroll_to_control()
        self.request_save()
        if self._evaluation_timer is not None:
            self._evaluation_timer.stop()
        self._evaluation_timer = self.set_timer(EVALUATION_SECONDS, self._evaluate_in_worker)

    def evaluate_answers(self) -> None:
        """Compute errors and outcome of the answers."""
        try:
            evaluation = evaluate(self.form, self.answers)
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self.show_evaluation(evaluation)

    @work(thread=True, exclusive=True, exit_on_error=False, group="evaluation")
    def _evaluate_in_worker(self) -> None:
        # In a thread: the rules of a whole charter would hold up what is typed meanwhile.
        answers, loads = dict(self.answers), self._loads
        try:
            evaluation = evaluate(self.form, answers)
        except SprintkitError as error:
            self.base_app.call_from_thread(self.base_app.show_error, error)
            return
        self.base_app.call_from_thread(self.show_evaluation_of, answers, loads, evaluation)

    def show_evaluation_of(self, answers: Mapping[str, str], loads: int, evaluation: Evaluation) -> None:
        """Show an evaluation, unless something was typed or read since."""
        is_current = answers == self.answers and loads == self._loads
        if is_current and self.is_attached and not self.is_saved:
            self.show_evaluation(evaluation)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show the errors and the outcome of the answers."""
        self.preview, self.preview_without_votes, self.errors = evaluation
        self.show_status(self.status_text)
        self.draw()
        self.draw_headline()
        self.draw_outcome()

    def load(self) -> None:
        """Read the plan and the earlier weeks again; what was typed stays."""
        if self.is_saved:
            return
        try:
            self.form.reload()
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self._loads += 1
        self.update_fields()
        self.evaluate_answers()

    # Key actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("next", "next_from_text") and self.fields:
            return (self.field.kind in PROSE_KINDS) is (action == "next_from_text")
        if action == "same":
            return bool(self.fields and self._alike_below())
        return super().check_action(action, parameters)

    def _alike_below(self) -> list[Field]:
        """The fields below the one in focus that can be given the same answer: of its section, with its choices."""
        field = self.field
        if field.kind != "choice":
            return []
        return [
            below
            for below in self.fields[self.cursor + 1 :]
            if below.section == field.section and below.choices == field.choices
        ]

    def action_same(self) -> None:
        """Give the fields below that are alike the answer of the one in focus."""
        self.store_answer()
        text = field_text(self.answers, self.field)
        for below in self._alike_below():
            self.answers[below.key] = text
        self.visited_keys |= {below.key for below in self._alike_below()}
        self.update_fields()
        self.request_save()
        self.evaluate_answers()

    def action_next_from_text(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        self.store_answer()  # the answer may add fields, which come next
        if self.cursor + 1 < len(self.fields):
            self.move_to(self.cursor + 1)
        else:
            self.visited_keys.add(self.field.key)
            self.action_review()

    def action_previous(self) -> None:
        self.move_to(self.cursor - 1)

    def action_go_to(self, index: int) -> None:
        key = self.fields[index].key
        self.store_answer()  # the answer may add or remove fields
        keys = [field.key for field in self.fields]
        self.move_to(keys.index(key) if key in keys else index)

    def action_undo(self) -> None:
        self.query_one(TextEditor).undo()

    def action_redo(self) -> None:
        self.query_one(TextEditor).redo()

    def action_section(self, steps: int) -> None:
        self.store_answer()
        sections = [field.section for field in self.fields]
        names = list(dict.fromkeys(sections))
        number = names.index(self.field.section) + steps
        if 0 <= number < len(names):
            self.move_to(sections.index(names[number]))

    def action_next_error(self) -> None:
        """Move to the next field that has an error."""
        self.store_answer()
        self.evaluate_answers()
        self._mark_all_visited()
        indices = [index for index, field in enumerate(self.fields) if field.key in self.errors]
        if not indices:
            self.base_app.notify_text("Nothing here is missing or refused.")
            self.draw()
            return
        self.move_to(next((index for index in indices if index > self.cursor), indices[0]))

    def action_review(self) -> None:
        """Review the record before saving, or move to its first error."""
        self.store_answer()
        self.evaluate_answers()
        if self.preview is None:
            return
        self._mark_all_visited()
        self.draw()
        if self.errors:
            count = len(self.errors)
            things = "things are" if count > 1 else "thing is"
            self.base_app.notify_text(f"{count} {things} missing or refused.", "warning")
            if self.field.key not in self.errors:
                self.action_next_error()
            return
        from sprintkit.tui.screens.form.review import RecordReviewScreen

        summary = self.form.summarise(self.form.build(self.answers).record, self.preview)
        self.base_app.push_screen(RecordReviewScreen(summary, self.preview), self.save_if_agreed)

    def _mark_all_visited(self) -> None:
        self.visited_keys |= {field.key for field in self.fields}

    async def save_if_agreed(self, is_agreed: bool | None) -> None:
        """Save the record that was reviewed."""
        if not is_agreed:
            return
        try:
            record = self.form.build(self.answers).record
            result = await asyncio.to_thread(self.form.save, record)  # it may wait for another process
            self.is_saved = not result.errors
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        if result.errors:
            self.evaluate_answers()
            self.action_next_error()
            return
        assert result.data is not None
        self.base_app.notify_text(" ".join([f"Saved {result.data['path']}.", *result.notes]))
        self.dismiss(True)
        if result.data.get("decision") == "stop":
            self.base_app.open("close", result.data["slug"])  # a review that stops asks for the closing

    def action_discard(self) -> None:
        from sprintkit.tui.screens.confirm import ConfirmScreen

        about = "The draft is deleted and the form starts again. Saved records are not touched."
        question = "Discard what was typed?"
        self.base_app.push_screen(ConfirmScreen(question, about, "discards it"), self.discard_if_sure)

    async def discard_if_sure(self, is_sure: bool | None) -> None:
        """Delete the draft and start again."""
        if not is_sure:
            return
        await self.delete_draft()
        try:
            self.form.restart()
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self.query(Notice).remove()
        self.visited_keys = set()
        self.show_replaced_answers("started again")

    def show_replaced_answers(self, status_text: str) -> None:
        self.cursor = 0
        self.query_one(FieldControl).key = ""  # what it still shows is no answer any more
        self.update_fields()
        self.evaluate_answers()
        self.move_to(0)
        self.show_status(status_text)
