"""A month to pick a day from."""

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
from sprintkit.text.dates import MONTHS, WEEKDAYS
from sprintkit.text.parsing import parse_date
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import key_line
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock

DAY_WIDTH = 4


class CalendarScreen(Dialog[date | None]):
    """Arrows move by days and weeks, page keys by months; Enter takes the day."""

    ABOUT = (
        "Arrows go by days and weeks, PgUp and PgDn by calendar. Enter takes the day, and so does a click."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "back"),
        ("enter,space", "take", "take"),
        ("left", "move(-1)", ""),
        ("right", "move(1)", ""),
        ("up", "move(-7)", ""),
        ("down", "move(7)", ""),
        ("pageup", "month(-1)", ""),
        ("pagedown", "month(1)", ""),
        ("t", "today", "today"),
    ]
    CSS_PATH = "session.tcss"

    def __init__(self, chosen: date, today: date) -> None:
        super().__init__()
        self.day, self.today = chosen, today

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog -small"):
            yield TextBlock(id="month")

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        title = f"{MONTHS[self.day.month - 1]} {self.day.year}"
        names = "".join(name[:2].rjust(DAY_WIDTH) for name in WEEKDAYS)
        lines = [Content.styled(title.center(7 * DAY_WIDTH), "bold"), Content.styled(names, "$faint")]
        for week in calendar.Calendar().monthdatescalendar(self.day.year, self.day.month):
            cells = []
            for one in week:
                style = "$foreground" if one.month == self.day.month else "$faint"
                if one == self.today:
                    style = "bold underline"
                if one == self.day:
                    style = "bold reverse $accent"
                cells += [Content("  " if one.day > 9 else "   "), Content.styled(str(one.day), style)]
            lines.append(Content.assemble(*cells))
        lines += [Content("")] * (8 - len(lines))
        lines += [Content(""), key_line((("Enter", "take"), ("t", "today"), ("Esc", "back")))]
        lines.append(key_line((("PgUp", "month before"), ("PgDn", "month after"))))
        self.query_one("#month", TextBlock).show(lines)

    def action_move(self, days: int) -> None:
        """By days."""
        try:
            self.day += timedelta(days=days)
        except OverflowError:
            return
        self._draw()

    def action_month(self, by: int) -> None:
        """By months, to the same day or the month's last."""
        number = self.day.year * 12 + self.day.month - 1 + by
        year, month = number // 12, number % 12 + 1
        if 1 <= year <= 9999:
            self.day = self.day.replace(
                year=year, month=month, day=min(self.day.day, calendar.monthrange(year, month)[1])
            )
            self._draw()

    def action_today(self) -> None:
        """To today."""
        self.day = self.today
        self._draw()

    def action_take(self) -> None:
        """Takes the day."""
        self.dismiss(self.day)

    def on_click(self, event: events.Click) -> None:
        """A click on a day takes it."""
        block = self.query_one("#month", TextBlock)
        weeks = calendar.Calendar().monthdatescalendar(self.day.year, self.day.month)
        row = event.screen_y - block.region.y - 2
        column = (event.screen_x - block.region.x) // DAY_WIDTH
        if (
            block.region.contains(event.screen_x, event.screen_y)
            and 0 <= row < len(weeks)
            and 0 <= column < 7
        ):
            self.dismiss(weeks[row][column])


def pick_day(app: App[object], session: Session, question_list: QuestionList) -> None:
    """Opens the calendar at the day that stands in the answer in focus, and puts the one picked there."""
    editor, today = question_list.active_question.control, session.context.today
    row = question_list.row
    if (
        row is None
        or row.question is None
        or row.question.kind != "date"
        or not isinstance(editor, TextEditor)
    ):
        return

    def put(picked: date | None) -> None:
        if picked is not None:
            editor.replace_text(picked.isoformat())
            question_list.store_typed()
        question_list.focus_control()

    app.push_screen(CalendarScreen(parse_date(editor.text) or today, today), put)
