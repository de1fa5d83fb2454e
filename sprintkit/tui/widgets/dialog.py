"""Dialogs: the base class of all of them, and one that shows a text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Static

from sprintkit.tui import key_bindings

MAX_WIDTH = 104
FRAME_WIDTH = 10
"""Columns around the text: border, padding, scrollbar."""


class Dialog(ModalScreen[ScreenResultType]):
    """A small window over a screen. The keys for help, theme and quit work in it too."""

    BINDINGS: ClassVar[list[BindingType]] = key_bindings.dialog_bindings()
    ABOUT = ""
    """The first paragraph of its help (F1)."""

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Its own keys and what they do; several keys for the same thing are joined by commas."""
        keys_by_description: dict[str, list[str]] = {}
        for node, binding, _, _ in self.active_bindings.values():
            if node is self and binding.show and binding.description:
                keys = keys_by_description.setdefault(binding.description, [])
                keys.append(key_bindings.key_label(binding.key))
        return [(", ".join(keys), description) for description, keys in keys_by_description.items()]


class TextDialog(Dialog[ScreenResultType]):
    """Shows a text, as high as the text and the screen allow. Subclasses override `text` and `KEYS`."""

    DEFAULT_CSS = """
    TextDialog #dialog { width: 90%; max-width: 104; height: auto; max-height: 96%; padding: 0 1; }
    TextDialog #dialog VerticalScroll { height: auto; padding: 1 1 0 1; scrollbar-size-vertical: 1; background: $surface; }
    TextDialog #dialog Static { height: auto; width: 1fr; }
    TextDialog #keys { height: 2; padding: 1 1 0 1; color: $faint; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss", "close")]
    KEYS = "Esc closes this"
    """The line below the text: the keys that close the dialog."""
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
        """The text in lines of at most `width` cells."""
        raise NotImplementedError

    def draw(self) -> None:
        """Lay the text out again at the current width."""
        width = min(MAX_WIDTH, self.size.width * 9 // 10) - FRAME_WIDTH
        if width < 20:
            return
        text = self.text(width)
        line_count, max_height = text.plain.count("\n") + 1, max(3, self.size.height - 8)
        scroll = self.query_one(VerticalScroll)
        scroll.styles.max_height = max_height
        scroll.styles.height = min(line_count + 1, max_height)
        scroll.query_one(Static).update(text)
        more = "   ↓ more" if line_count + 1 > max_height else ""
        self.query_one("#keys", Static).update(f"{self.KEYS}{more}")
