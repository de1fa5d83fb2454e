"""The dialog that offers the weeks of a sprint: to correct a check-in, or to write a missed one."""

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

from sprintkit.actions.checkin.weeks import FormWeek
from sprintkit.actions.checkin.which_form import open_week_form
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import SprintkitError
from sprintkit.tui.base_app import BaseApp
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.text import fit_line
from sprintkit.tui.widgets.dialog import Dialog

LINE_WIDTH = 62
"""Columns of a line: the width of the dialog without border and padding."""


class WeeksScreen(Dialog[None]):
    """Asks for a week, and gives way to its form."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "back")]

    DEFAULT_CSS = """
    WeeksScreen #dialog { width: 70; height: auto; padding: 1 2; }
    WeeksScreen OptionList { height: auto; max-height: 12; background: $surface; border: none; padding: 0; }
    WeeksScreen #keys { margin: 1 0 0 0; color: $faint; }
    """

    def __init__(self, context: WorkspaceContext, slug: str, weeks: Sequence[FormWeek]) -> None:
        super().__init__()
        self.context = context
        self.slug = slug
        self.weeks = weeks

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static("Which week? Correct its check-in, or write it if it was missed.\n", markup=False)
            yield OptionList(*map(_week_option, self.weeks), compact=True)
            yield Static("Enter chooses   Esc goes back", id="keys", markup=False)

    @on(OptionList.OptionSelected)
    def open_form(self, event: OptionList.OptionSelected) -> None:
        """Open the form of the chosen week in place of this dialog."""
        app = cast(BaseApp, self.app)
        try:
            opened = open_week_form(self.context, self.slug, self.weeks[event.option_index])
        except SprintkitError as error:
            self.dismiss()
            app.show_error(error)
            return
        app.switch_screen(FormScreen(opened.form, opened.notice))


def _week_option(week: FormWeek) -> Option:
    number = f"week {week.number:<2}  "
    about = fit_line(week.about, LINE_WIDTH - len(number))
    return Option(Content.assemble((number, "bold"), (about, "" if week.has_entry else "$warning")))
