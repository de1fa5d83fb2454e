"""Which week's check-in is to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ....actions.desk import Desk
from ....actions.form.correction import CorrectionForm
from ....errors import SprintkitError
from ...host import Host
from .screen import FormScreen


class WeeksScreen(ModalScreen[None]):
    """Enter chooses, Escape goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "back"), ("f1", "app.help", "help")]

    DEFAULT_CSS = """
    WeeksScreen #dialog { width: 60; height: auto; padding: 1 2; }
    WeeksScreen OptionList { height: auto; max-height: 14; background: $surface; border: none; padding: 0; }
    WeeksScreen OptionList > .option-list--option-highlighted { background: $row; color: $foreground; }
    WeeksScreen #keys { margin: 1 0 0 0; color: $faint; }
    """

    def __init__(self, desk: Desk, slug: str, weeks: Sequence[int]) -> None:
        super().__init__()
        self.desk = desk
        self.slug = slug
        self.weeks = weeks

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static("Which week's check-in is to be put right?\n", markup=False)
            yield OptionList(*(Option(f"week {week}", id=str(week)) for week in self.weeks), compact=True)
            yield Static("Enter chooses   Esc goes back", id="keys", markup=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        host = cast(Host, self.app)
        week = int(event.option_id or 0)
        try:
            host.switch_screen(FormScreen(CorrectionForm(self.desk, self.slug, week)))
        except SprintkitError as error:
            self.dismiss()
            host.tell(error)
