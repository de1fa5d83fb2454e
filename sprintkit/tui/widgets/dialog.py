"""Dialogs. One of text is as high as its text, scrolls what has no room, and its keys always show."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Static

from sprintkit.tui import commands

MAX_WIDTH = 104
FRAME_WIDTH = 10
"""Columns around the text: border, padding, scrollbar."""


class Dialog(ModalScreen[ScreenResultType]):
    """Something small over a screen; help, theme and quit are where they always are."""

    BINDINGS: ClassVar[list[BindingType]] = commands.over_dialogs()
    ABOUT = ""
    """What F1 says first."""

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Its own keys, by what they do."""
        found: dict[str, list[str]] = {}
        for node, binding, _, _ in self.active_bindings.values():
            if node is self and binding.show and binding.description:
                found.setdefault(binding.description, []).append(commands.key_name(binding.key))
        return [(", ".join(keys), said) for said, keys in found.items()]


class TextDialog(Dialog[ScreenResultType]):
    """Lays out `text(width)` again whenever the width changes; `keys` says what closes it."""

    DEFAULT_CSS = """
    TextDialog #dialog { width: 90%; max-width: 104; height: auto; max-height: 96%; padding: 0 1; }
    TextDialog #dialog VerticalScroll { height: auto; padding: 1 1 0 1; scrollbar-size-vertical: 1; background: $surface; }
    TextDialog #dialog Static { height: auto; width: 1fr; }
    TextDialog #keys { height: 2; padding: 1 1 0 1; color: $faint; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "close")]
    KEYS = "Esc closes this"
    AUTO_FOCUS = "VerticalScroll"

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            with VerticalScroll():
                yield Static(markup=False)
            yield Static(self.KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def text(self, width: int) -> Content:
        """What it says, in lines of at most `width` cells."""
        raise NotImplementedError

    def draw(self) -> None:
        """Lays the text out in the width there is."""
        width = min(MAX_WIDTH, self.size.width * 9 // 10) - FRAME_WIDTH
        if width < 20:
            return
        said = self.text(width)
        lines, most = said.plain.count("\n") + 1, max(3, self.size.height - 8)
        area = self.query_one(VerticalScroll)
        area.styles.max_height = most
        area.styles.height = min(lines + 1, most)
        area.query_one(Static).update(said)
        more = "   ↓ more" if lines + 1 > most else ""
        self.query_one("#keys", Static).update(f"{self.KEYS}{more}")
