"""The calendar that a date can be picked from."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import parse_answer
from sprintkit.text.dates import MONTH_NAMES, WEEKDAY_NAMES
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import key_line
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock

DAY_WIDTH = 4
"""Columns of a day."""
HEADING_HEIGHT = 2
"""Lines above the days: the month, and the names of the weekdays."""


class CalendarScreen(Dialog[date | None]):
    """Shows a month. Returns the picked date, or None."""

    ABOUT = "Arrow keys move by days and weeks, PgUp and PgDn by months. Enter or a click picks the day."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "back"),
        ("enter,space", "pick", "pick"),
        ("left", "move(-1)", ""),
        ("right", "move(1)", ""),
        ("up", "move(-7)", ""),
        ("down", "move(7)", ""),
        ("pageup", "month(-1)", ""),
        ("pagedown", "month(1)", ""),
        ("t", "today", "today"),
    ]
    CSS_PATH = "session.tcss"

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day = day
        """The day under the cursor."""
        self.today = today

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog -small"):
            yield TextBlock(id="month")

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        title = f"{MONTH_NAMES[self.day.month - 1]} {self.day.year}"
        names = "".join(name[:2].rjust(DAY_WIDTH) for name in WEEKDAY_NAMES)
        lines = [Content.styled(title.center(7 * DAY_WIDTH), "bold"), Content.styled(names, "$faint")]
        for week in calendar.Calendar().monthdatescalendar(self.day.year, self.day.month):
            cells = []
            for day in week:
                style = "$foreground" if day.month == self.day.month else "$faint"
                if day == self.today:
                    style = "bold underline"
                if day == self.day:
                    style = "bold reverse $accent"
                cells += [Content("  " if day.day > 9 else "   "), Content.styled(str(day.day), style)]
            lines.append(Content.assemble(*cells))
        lines += [Content("")] * (8 - len(lines))
        lines += [Content(""), key_line((("Enter", "pick"), ("t", "today"), ("Esc", "back")))]
        lines.append(key_line((("PgUp", "month before"), ("PgDn", "month after"))))
        self.query_one("#month", TextBlock).show(lines)

    def action_move(self, days: int) -> None:
        """Move by days."""
        try:
            self.day += timedelta(days=days)
        except OverflowError:
            return
        self._draw()

    def action_month(self, months: int) -> None:
        """Move by months, to the same day of the month or else to its last day."""
        month_number = self.day.year * 12 + self.day.month - 1 + months
        year, month = month_number // 12, month_number % 12 + 1
        if 1 <= year <= 9999:
            self.day = self.day.replace(
                year=year, month=month, day=min(self.day.day, calendar.monthrange(year, month)[1])
            )
            self._draw()

    def action_today(self) -> None:
        """Move to today."""
        self.day = self.today
        self._draw()

    def action_pick(self) -> None:
        """Return the day under the cursor."""
        self.dismiss(self.day)

    def on_click(self, event: events.Click) -> None:
        """Return the clicked day."""
        block = self.query_one("#month", TextBlock)
        weeks = calendar.Calendar().monthdatescalendar(self.day.year, self.day.month)
        row = event.screen_y - block.region.y - HEADING_HEIGHT
        column = (event.screen_x - block.region.x) // DAY_WIDTH
        if (
            block.region.contains(event.screen_x, event.screen_y)
            and 0 <= row < len(weeks)
            and 0 <= column < 7
        ):
            self.dismiss(weeks[row][column])


def pick_day(app: App[object], session: Session, question_list: QuestionList) -> None:
    """Open the calendar at the date in focus, and answer with the picked date. Does nothing unless a date has the focus."""
    editor, today = question_list.active_question.control, session.context.today
    row = question_list.row
    if (
        row is None
        or row.question is None
        or row.question.kind != "date"
        or not isinstance(editor, TextEditor)
    ):
        return

    def store_day(day: date | None) -> None:
        if day is not None:
            editor.replace_text(day.isoformat())
            question_list.store_typed()
        question_list.focus_control()

    typed = parse_answer(row.question, editor.text, session.document, today=today)
    app.push_screen(CalendarScreen(typed if type(typed) is date else today, today), store_day)
