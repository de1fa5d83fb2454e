"""Lines to choose from, of any height; those without a key are headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from sprintkit.tui.widgets.text_block import TextBlock


class PickListEntry(NamedTuple):
    """One thing to choose, or a heading."""

    lines: Sequence[Content]
    key: str = ""
    """What is chosen; a heading has none."""


class PickList(TextBlock, can_focus=True):
    """Up and down moves, Enter chooses; it scrolls what it lies in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", ""),
        ("down", "move(1)", ""),
        ("pageup", "move(-8)", ""),
        ("pagedown", "move(8)", ""),
        ("home", "move(-9999)", ""),
        ("end", "move(9999)", ""),
    ]

    @dataclass
    class Chosen(Message):
        """Enter or a click on an entry."""

        key: str

    @dataclass
    class Highlighted(Message):
        """The cursor is on another entry."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[PickListEntry]] = lambda _width: ()
        self._entries: Sequence[PickListEntry] = ()
        self._made_for = 0
        """The width that the entries were made for."""
        self._places: list[tuple[int, int, str]] = []
        self.key = ""
        """What the cursor is on."""

    def fill(self, make: Callable[[int], Sequence[PickListEntry]], key: str = "") -> None:
        """Shows the entries that `make` gives for a width, with the cursor on one of them."""
        self._make, self._made_for = make, 0
        self.key = key or self.key
        self.redraw()

    def redraw(self) -> None:
        """Shows the entries at the width there is."""
        if not self.content_size.width:
            return  # drawn when it has its place
        width = max(self.content_size.width - 2, 20)
        if width != self._made_for:
            self._entries, self._made_for = self._make(width), width
        entries = self._entries
        keys = [entry.key for entry in entries if entry.key]
        if self.key not in keys:
            self.key = keys[0] if keys else ""
        lines: list[Content] = []
        whole = self.content_size.width
        self._places = []
        for entry in entries:
            if entry.key:
                self._places.append((len(lines), len(entry.lines), entry.key))
            is_here = bool(entry.key) and entry.key == self.key
            for line in entry.lines:
                bar = (
                    ("▌ ", "bold $accent")
                    if is_here and self.has_focus
                    else ("│ ", "$faint")
                    if is_here
                    else "  "
                )
                if is_here and self.has_focus:
                    line = line.pad_right(max(whole - 2 - line.cell_length, 0)).stylize("on $row")
                lines.append(Content.assemble(bar, line))
        self.show(lines)

    def on_resize(self) -> None:
        self.redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor shows stronger while the keyboard is here."""
        super().watch_has_focus(has_focus)
        self.redraw()
        if has_focus:
            self.call_after_refresh(self._bring_into_sight)

    def action_move(self, by: int) -> None:
        """Moves the cursor."""
        keys = [key for _, _, key in self._places]
        if not keys:
            return
        at = keys.index(self.key) if self.key in keys else 0
        self.move_to(keys[min(max(at + by, 0), len(keys) - 1)])

    def move_to(self, key: str) -> None:
        """Puts the cursor on an entry."""
        self.key = key
        self.redraw()
        self._bring_into_sight()
        self.post_message(self.Highlighted(key))

    def _bring_into_sight(self) -> None:
        place = next(((y, height) for y, height, key in self._places if key == self.key), None)
        around = self.parent
        if place is not None and isinstance(around, VerticalScroll):
            y, height = place
            first = 0 if self._places and self._places[0][2] == self.key else y
            around.scroll_to_region(Region(0, first, 1, y + height - first + 1), animate=False, force=True)

    def choose(self) -> None:
        """Chooses what the cursor is on."""
        if self.key:
            self.post_message(self.Chosen(self.key))

    def on_click(self, event: events.Click) -> None:
        for y, height, key in self._places:
            if y <= event.y < y + height:
                self.focus()
                self.move_to(key)
                self.post_message(self.Chosen(key))
                return
