"""The value calculator: every figure can be changed, three columns follow at once, and nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import TextArea

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.field import Field, field_text
from sprintkit.actions.value.table import (
    COLUMN_NAMES,
    TableRow,
    break_even_lines,
    formula_lines,
    input_rows,
    month_rows,
    months_summary,
    result_rows,
)
from sprintkit.actions.value.value import ValueData
from sprintkit.actions.value.what_if import WhatIf
from sprintkit.errors import SprintkitError
from sprintkit.text.numbers import format_count
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, paragraph, text, title
from sprintkit.tui.screens.form.field_list import FieldControl, FieldList
from sprintkit.tui.screens.page import Page
from sprintkit.tui.text import fit_column, fit_line, one_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.dialog import TextDialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock

ROWS_BY_HEIGHT = ((36, slice(0, None)), (20, slice(3, None)), (0, slice(6, 8)))
"""Heights of the screen in lines, and the rows of the columns that are shown from that height on.

All of them, those from the hours freed on, or only the net value and the payback.
"""
MAX_TABLE_WIDTH = 90
COLUMN_WIDTH = 11
TERM_WIDTH = 13
"""Columns for the terms of the formula."""


class ValueScreen(Page[None]):
    """What a month is worth, with the figures of a sprint or only with those that are typed."""

    SCOPE = "value"
    ABOUT = (
        "What a month of the automated work is worth. Type any figure to see what would follow; nothing is saved, "
        "and the charter stays as it is. Cautious counts less of the benefit and more of the cost; break-even is the "
        "automatic share at which nothing is left and nothing is lost."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("value")
    CSS_PATH: ClassVar[list[str | PurePath]] = ["form/form.tcss", "value.tcss"]
    AUTO_FOCUS = ""

    def __init__(self, context: WorkspaceContext | None, slug: str | None) -> None:
        super().__init__()
        self.what_if = WhatIf(context, slug)
        self.answers: dict[str, str] = {}
        """The figures that differ from the sprint's, as typed, by field key."""
        self.undone_answers: dict[str, str] = {}
        """The answers before the last reset."""
        self.fields: list[Field] = []
        self.cursor = 0
        """Index of the figure in focus."""
        self.data: ValueData = self.what_if.compute({})

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield FieldList(can_focus=False)
        yield TextBlock(id="columns")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(TextEditor).leave_text = lambda step: self.move_to(self.cursor + step)
        self.compute()
        self.move_to(0)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_all)

    def _draw_all(self) -> None:
        self.draw()
        self.query_one(FieldList).scroll_to_control()

    def compute(self) -> None:
        """Compute the columns from the fields."""
        self.fields = self.what_if.fields(self.answers)
        self.data = self.what_if.compute(self.answers)

    def draw(self) -> None:
        """Lay out the figures and the columns at the current size."""
        top, title_text = self.query_one(TopLine), self.what_if.figures.title
        top.title = f"What a month is worth{': ' if title_text else ''}{title_text}"
        top.situation = self._situation()
        errors = self.what_if.errors(self.answers)
        self.query_one(FieldList).draw(self.fields, self.cursor, self.answers, errors)
        self.query_one("#columns", TextBlock).show(self._column_lines(self.size.width - 2))

    def _situation(self) -> str:
        missing = len(self.data["missing"])
        parts = [f"{len(self.answers)} changed"] if self.answers and self.what_if.figures.slug else []
        parts.append(f"{format_count(missing, 'figure')} missing" if missing else "nothing is saved")
        return " · ".join(parts)

    def _column_lines(self, width: int) -> Lines:
        """The three columns and the break-even below them; their number of lines depends on the height alone."""
        if width < 40:
            return []
        width = min(width, MAX_TABLE_WIDTH)
        shown = next(rows for height, rows in ROWS_BY_HEIGHT if self.size.height >= height)
        lines = table_lines(result_rows(self.data)[shown], "", width)
        sentences = [f"{name}: {words}." for name, words in break_even_lines(self.data)]
        for sentence in sentences or ("The columns fill once every figure is there.", ""):
            lines.append(Content.styled(fit_line(sentence, width), "$faint"))
        return lines

    # The figure in focus

    def move_to(self, index: int) -> None:
        """Move the control to another figure."""
        self.store_answer()  # the event of the last key may not have arrived yet
        self.cursor = max(0, min(index, len(self.fields) - 1))
        self._load_control()
        self.query_one(FieldList).scroll_to_control()

    def _load_control(self) -> None:
        field = self.fields[self.cursor]
        control = self.query_one(FieldControl).load(field, field_text(self.answers, field))
        self.set_focus(control, scroll_visible=False)
        self.draw()

    @on(TextArea.Changed)
    def store_answer(self) -> None:
        """Store what the control shows, and compute again."""
        control = self.query_one(FieldControl)
        field = self.fields[self.cursor]
        if control.key != field.key or control.text == field_text(self.answers, field):
            return
        if control.text == field.default:
            self.answers.pop(field.key, None)
        else:
            self.answers[field.key] = control.text
        self.undone_answers = {}
        self.compute()
        self.draw()

    def load(self) -> None:
        """Read the sprint's figures again, and keep those that were changed here."""
        try:
            self.what_if.load(self.base_app.context)
            self.compute()
        except SprintkitError as error:
            self.dismiss()  # first, or the figures would be read again when the dialog closes
            self.base_app.show_error(error)
            return
        self._load_control()

    # Key actions

    def action_next(self) -> None:
        self.move_to((self.cursor + 1) % len(self.fields))

    def action_previous(self) -> None:
        self.move_to(self.cursor - 1)

    def action_go_to(self, index: int) -> None:
        self.move_to(index)

    def action_undo(self) -> None:
        self.query_one(TextEditor).undo()

    def action_redo(self) -> None:
        self.query_one(TextEditor).redo()

    def action_reset(self) -> None:
        """Reset all figures; pressed again right after, bring them back."""
        self.store_answer()
        if not self.answers and not self.undone_answers:
            self.base_app.notify_text("Nothing is changed.")
            return
        self.answers, self.undone_answers = self.undone_answers, self.answers
        key = self.base_app.displayed_keys()["value.reset"]
        if self.undone_answers:
            self.base_app.notify_text(
                f"All figures are as they were. {key} again brings back what was tried."
            )
        self.compute()
        self._load_control()

    def action_how(self) -> None:
        self.store_answer()
        self.base_app.push_screen(HowDialog(self.data, self.what_if.notes))

    def action_back(self) -> None:
        self.dismiss()


class HowDialog(TextDialog[None]):
    """Every figure in the three columns, how everything is computed, and what the months brought."""

    ABOUT = "Every figure in the three columns, and how everything is computed from them."
    BINDINGS: ClassVar[list[BindingType]] = [("f2,enter", "dismiss", "close")]

    def __init__(self, data: ValueData, notes: Sequence[str] = ()) -> None:
        super().__init__()
        self.data, self.notes = data, notes

    def text(self, width: int) -> Content:
        lines = table_lines(input_rows(self.data), "What goes in", width)
        lines += [Content(""), title("How it is computed")]
        for term, formula in formula_lines(self.data):
            lines += paragraph(formula, width, "", TERM_WIDTH, (term, "$faint"))
        realised = self.data["realised"]
        if realised is not None:
            lines += [Content(""), title("What the months brought")]
            lines += [Content(" ".join(cells)).truncate(width) for cells in month_rows(realised)]
            for sentence in (months_summary(realised), *self.notes):
                lines += paragraph(sentence, width)
        return Content("\n").join(lines)


def table_lines(rows: list[TableRow], heading: str, width: int) -> Lines:
    """Return rows of three columns under the names of the columns, with `heading` above the row labels."""
    label_width = width - len(COLUMN_NAMES) * COLUMN_WIDTH
    names = "".join(fit_column(name, COLUMN_WIDTH, right=True) for name in COLUMN_NAMES)
    lines = [text((fit_column(heading, label_width), "bold $primary"), (names, "bold"))]
    units = [f" ({one_line(row.unit)})" for row in rows]
    has_room = all(
        cell_len(row.label) + cell_len(unit) <= label_width for row, unit in zip(rows, units, strict=True)
    )
    for row, unit in zip(rows, units, strict=True):
        label = fit_line(row.label, label_width)
        aside = (unit if has_room else "").ljust(label_width - cell_len(label))
        cells = "".join(fit_column(cell, COLUMN_WIDTH, right=True) for cell in row.cells)
        lines.append(text((label, ""), (aside, "$faint"), (cells, "bold")))
    return lines
