"""Which week's check-in is to be put right, or written where it was missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sprintkit.actions.checkin.opening import open_week_form
from sprintkit.actions.checkin.weeks import FormWeek
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import SprintkitError
from sprintkit.tui.base_app import BaseApp
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.text import fit_line
from sprintkit.tui.widgets.dialog import Dialog

WIDE = 70
"""Columns of the dialog, border and padding included."""


class WeeksScreen(Dialog[None]):
    """Enter chooses, Escape goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "back")]

    DEFAULT_CSS = """
    WeeksScreen #dialog { width: 70; height: auto; padding: 1 2; }
    WeeksScreen OptionList { height: auto; max-height: 12; background: $surface; border: none; padding: 0; }
    WeeksScreen OptionList > .option-list--option-highlighted { background: $row; color: $foreground; }
    WeeksScreen #keys { margin: 1 0 0 0; color: $faint; }
    """

    def __init__(self, desk: WorkspaceContext, slug: str, weeks: Sequence[FormWeek]) -> None:
        super().__init__()
        self.context = desk
        self.slug = slug
        self.weeks = weeks

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static("Which week? Its entry is put right, or written if it was missed.\n", markup=False)
            yield OptionList(*map(_option, self.weeks), compact=True)
            yield Static("Enter chooses   Esc goes back", id="keys", markup=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        host, week = cast(BaseApp, self.app), self.weeks[event.option_index]
        try:
            opened = open_week_form(self.context, self.slug, week)
        except SprintkitError as error:
            self.dismiss()
            host.show_error(error)
            return
        host.switch_screen(FormScreen(opened.form, opened.notice))


def _option(week: FormWeek) -> Option:
    number = f"week {week.number:<2}  "
    about = fit_line(week.about, WIDE - 8 - len(number))
    return Option(Content.assemble((number, "bold"), (about, "" if week.has_entry else "$warning")))
