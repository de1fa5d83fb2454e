"""The screen of a form, such as a week's check-in: its fields, and its keys from the first answer to saving."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from sprintkit.actions.form.field import Field, field_text
from sprintkit.actions.form.record_form import RecordForm
from sprintkit.errors import SprintkitError
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import title
from sprintkit.tui.screens.form.field_list import PROSE_KINDS, FieldControl, FieldList
from sprintkit.tui.screens.form.preview_lines import outcome_lines
from sprintkit.tui.screens.form.reading_screen import ReadingScreen
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.bars import KeyLine, Notice, TopLine
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.options import OptionPicker

WIDE_WIDTH = 118
"""Width in columns from which the outcome is shown beside the form."""


class FormScreen(ReadingScreen):
    """Shows the fields of a form with their answers. Dismissed with True once the record is saved."""

    SCOPE = "form"
    ABOUT = (
        "A record of the sprint. What you type is kept as a draft until you save it; votes stay hidden until the review. "
        "There is no field for health or a percentage: both are computed."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("form")
    CSS_PATH = "form.tcss"
    AUTO_FOCUS = ""

    def __init__(self, form: RecordForm, notice: str = "", proposed: Mapping[str, str] | None = None) -> None:
        """`notice` stays above the fields. `proposed` are the answers to begin with if there is no draft."""
        super().__init__(form)
        self.is_restored = bool(self.answers)
        self.is_proposed = bool(proposed) and not self.is_restored
        """Whether the form began with the proposed answers."""
        if self.is_proposed:
            self.answers.update(proposed or {})
        self.notice = notice

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
        self.call_after_refresh(self._draw_after_resize)

    def _draw_after_resize(self) -> None:
        self.draw_evaluation()
        self.query_one(FieldList).scroll_to_control()

    # Drawing

    def draw_evaluation(self) -> None:
        self.show_status(self.status_text)
        self.draw()
        self.draw_headline()
        self.draw_outcome()

    def draw(self) -> None:
        """Lay out the fields at the current width."""
        if not self.fields:
            return
        same_key = self.base_app.displayed_keys().get("form.same", "")
        same_hint = f"{same_key}: all below the same" if same_key and len(self._similar_below()) > 1 else ""
        self.query_one(FieldList).draw(
            self.fields, self.cursor, self.answers, self.visible_errors, self.needed_keys, same_hint
        )

    def draw_outcome(self) -> None:
        """Show the sprint with this record beside the form, if there is room. Its votes do not count yet."""
        if self.preview_without_votes is None or not self.has_class("-wide"):
            return
        area = self.query_one("#outcome")
        lines = outcome_lines(self.preview_without_votes, max(20, area.size.width - 4))
        heading = "What follows" if self.preview_without_votes.verdict else "With this record"
        area.query_one(Static).update(Content("\n").join([title(heading), Content(""), *lines]))

    def draw_headline(self) -> None:
        """Show in a sentence what the record is, for forms whose answers decide that."""
        if self.form.has_headline and self.preview is not None:
            self.query_one("#headline", Static).update(one_line(self.preview.headline))

    def show_status(self, status_text: str) -> None:
        """Show a status in the top line, after the flags of the month and the number of errors."""
        self.status_text = status_text
        count = len(self.visible_errors)
        parts = (self._flags_if_narrow(), f"{count} to put right" if count else "", status_text)
        self.query_one(TopLine).situation = " · ".join(part for part in parts if part)

    def _flags_if_narrow(self) -> str:
        """The flags of the month under review, if there is no room for them beside the form."""
        month = None if self.preview is None or self.has_class("-wide") else self.preview.month
        return ", ".join(month.flag_names) if month is not None else ""

    # The field in focus

    def update_fields(self) -> None:
        """Compute the fields that the answers require; the one in focus stays in focus."""
        key = self.field.key if self.fields else None
        self.fields = self.form.fields(self.answers)
        keys = [field.key for field in self.fields]
        self.cursor = keys.index(key) if key in keys else min(self.cursor, len(keys) - 1)
        self.query_one(TopLine).title = self.form.title

    def move_to(self, index: int) -> None:
        """Move the control to the field at `index`, or to the first or last one if there is none."""
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
        """Store the text of the control as the answer to the field in focus.

        The message may be about a field that has been left since, so only the control says what to store.
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
        self.evaluate_after_pause()

    # Key actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("next", "next_from_text") and self.fields:
            return (self.field.kind in PROSE_KINDS) is (action == "next_from_text")
        if action == "same":
            return bool(self.fields and self._similar_below())
        return super().check_action(action, parameters)

    def _similar_below(self) -> list[Field]:
        """The fields below the one in focus that have its section and its choices, so that they can have its answer."""
        field = self.field
        if field.kind != "choice":
            return []
        return [
            below
            for below in self.fields[self.cursor + 1 :]
            if below.section == field.section and below.choices == field.choices
        ]

    def action_same(self) -> None:
        """Give the similar fields below the answer of the one in focus."""
        self.store_answer()
        text = field_text(self.answers, self.field)
        keys = [field.key for field in self._similar_below()]
        self.answers.update(dict.fromkeys(keys, text))
        self.visited_keys.update(keys)
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
        index = names.index(self.field.section) + steps
        if 0 <= index < len(names):
            self.move_to(sections.index(names[index]))

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

        question = "Discard what was typed?"
        about = "The draft is deleted and the form starts again. Saved records are not touched."
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
        self.query_one(FieldControl).key = ""  # its text is no longer an answer: never store it
        self.update_fields()
        self.evaluate_answers()
        self.move_to(0)
        self.show_status(status_text)
