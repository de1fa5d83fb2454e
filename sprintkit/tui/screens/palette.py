"""The palette: every command that applies here, and every sprint, by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sprintkit.tui import commands
from sprintkit.tui.text import column, content
from sprintkit.tui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from sprintkit.tui.base_app import BaseApp

MOST = 60
"""Entries that are shown at once; typing finds the others."""


class Entry(NamedTuple):
    """Something that can be chosen."""

    name: str
    about: str
    key: str
    run: Callable[[], object]


def entries(host: BaseApp, screen: Screen[Any]) -> Iterator[Entry]:
    """What applies on a screen, what applies everywhere, and the sprints that home has read."""
    from sprintkit.tui.screens.home import HomeScreen  # home is there already

    keys = host.shown_keys()
    for one in (*commands.in_scope(getattr(screen, "SCOPE", "")), *commands.in_scope("app")):
        space = host if one.scope == "app" else screen
        name = one.action.partition("(")[0].rpartition(".")[2]
        if one.palette and space.check_action(name, ()):
            label = one.label[:1].upper() + one.label[1:]
            yield Entry(label, one.help, keys[one.id], partial(host.obey, one, space))
    for home in host.screen_stack:
        if isinstance(home, HomeScreen):
            for row in home.rows:
                slug = row["slug"]
                about = f"Open the page of {slug}."
                yield Entry(row.get("title") or slug, about, "", partial(host.open, "sprint", slug))


class PaletteScreen(Dialog[Entry | None]):
    """Dismissed with what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+p", "dismiss", "close"),
        ("down", "move(1)", ""),
        ("up", "move(-1)", ""),
    ]
    DEFAULT_CSS = """
    PaletteScreen { align: center top; }
    PaletteScreen #palette { width: 90%; max-width: 96; height: auto; max-height: 90%; margin: 2 0; padding: 1 2; }
    PaletteScreen #palette { background: $surface; border: thick $frame; }
    PaletteScreen Input { background: $panel; border: none; height: 1; margin: 0 0 1 0; }
    PaletteScreen #about { height: 2; margin: 1 0 0 0; color: $faint; }
    PaletteScreen OptionList { height: auto; max-height: 40vh; background: $surface; border: none; padding: 0; }
    PaletteScreen OptionList > .option-list--option-highlighted { background: $row; color: $foreground; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries
        self.found: list[Entry] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            yield Input(placeholder="Type a command or the name of a sprint", compact=True)
            yield OptionList(compact=True)
            yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self.narrow, "")

    @on(Input.Changed)
    def type(self, event: Input.Changed) -> None:
        self.narrow(event.value)

    def narrow(self, words: str) -> None:
        """Shows what has every word, those first whose name begins with them."""
        parts = words.casefold().split()
        fits = [
            one for one in self.entries if all(part in f"{one.name} {one.about}".casefold() for part in parts)
        ]
        first = parts[0] if parts else ""
        fits.sort(
            key=lambda one: (
                not one.name.casefold().startswith(first),
                not first or first not in one.name.casefold(),
            )
        )
        self.found = fits[:MOST]
        shown = self.query_one(OptionList)
        width = max(30, self.query_one("#palette").content_size.width - 2)
        shown.clear_options().add_options(Option(_row(one, width)) for one in self.found)
        shown.highlighted = 0 if self.found else None

    @on(OptionList.OptionHighlighted)
    def tell(self, event: OptionList.OptionHighlighted) -> None:
        """What the entry in focus does, whole."""
        if event.option_index < len(self.found):
            self.query_one("#about", Static).update(content(self.found[event.option_index].about))

    def action_move(self, steps: int) -> None:
        shown = self.query_one(OptionList)
        if self.found:
            shown.highlighted = ((shown.highlighted or 0) + steps) % len(self.found)

    @on(Input.Submitted)
    def take(self) -> None:
        at = self.query_one(OptionList).highlighted
        self.dismiss(self.found[at] if at is not None and self.found else None)

    @on(OptionList.OptionSelected)
    def click(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.found[event.option_index])


def _row(one: Entry, width: int) -> Content:
    key = column(one.key, 10, right=True) if one.key else ""
    return Content.assemble((column(one.name, width - len(key)), "bold"), (key, "$key"))
