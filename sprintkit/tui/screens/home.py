"""Home: the sprints of the workspace, those first that need somebody."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from .. import commands
from ..text import content
from ..widgets.lines import KeyLine, TopLine


class HomeScreen(Screen[None]):
    """What a lead opens on Monday."""

    SCOPE = "home"
    ABOUT = "The sprints of this workspace. What needs somebody stands first."
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("home")

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield OptionList()
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(TopLine).title = "sprintkit"
        self.load()

    def on_screen_resume(self) -> None:
        self.load()

    def load(self) -> None:
        desk = self.app.desk
        slugs = desk.workspace.slugs() if desk else []
        self.query_one(OptionList).clear_options().add_options(
            Option(content(slug), id=slug) for slug in slugs
        )

    def action_new(self) -> None:
        self.app.open("session")

    def action_open(self) -> None:
        chosen = self.query_one(OptionList).highlighted_option
        if chosen:
            self.app.open("session", chosen.id)

    def on_option_list_option_selected(self) -> None:
        self.action_open()
