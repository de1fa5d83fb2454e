"""A list of entries to choose from, each of one or more lines. Entries without a key are headings."""

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
    """An entry to choose, or a heading."""

    lines: Sequence[Content]
    key: str = ""
    """Identifies the entry; empty for a heading."""


class EntryPosition(NamedTuple):
    """Where an entry is drawn."""

    top: int
    height: int
    key: str


class PickList(TextBlock, can_focus=True):
    """Up and Down move the cursor; the list scrolls the container that it is in."""

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
        """An entry was chosen, by `choose` or by a click."""

        key: str

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another entry."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._build_entries: Callable[[int], Sequence[PickListEntry]] = lambda _width: ()
        self._entries: Sequence[PickListEntry] = ()
        self._entries_width = 0
        """The width for which the entries were built; 0 before that."""
        self._positions: list[EntryPosition] = []
        self.key = ""
        """Key of the entry under the cursor; empty if there is none."""

    def fill(self, build_entries: Callable[[int], Sequence[PickListEntry]], key: str = "") -> None:
        """Show the entries that `build_entries` returns for a width. The cursor moves to the entry `key`, if it is given."""
        self._build_entries, self._entries_width = build_entries, 0
        self.key = key or self.key
        self.redraw()

    def redraw(self) -> None:
        """Draw the entries at the current width."""
        if not self.content_size.width:
            return  # drawn after the first layout
        width = max(self.content_size.width - 2, 20)
        if width != self._entries_width:
            self._entries, self._entries_width = self._build_entries(width), width
        keys = [entry.key for entry in self._entries if entry.key]
        if self.key not in keys:
            self.key = keys[0] if keys else ""
        lines: list[Content] = []
        self._positions = []
        for entry in self._entries:
            if entry.key:
                self._positions.append(EntryPosition(len(lines), len(entry.lines), entry.key))
            is_current = bool(entry.key) and entry.key == self.key
            lines += [self._draw_line(line, is_current) for line in entry.lines]
        self.show(lines)

    def _draw_line(self, line: Content, is_current: bool) -> Content:
        if is_current and self.has_focus:
            filling = max(self.content_size.width - 2 - line.cell_length, 0)
            return Content.assemble(("▌ ", "bold $accent"), line.pad_right(filling).stylize("on $row"))
        return Content.assemble(("│ ", "$faint") if is_current else "  ", line)

    def on_resize(self) -> None:
        self.redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Emphasise the cursor while the list has the focus."""
        super().watch_has_focus(has_focus)
        self.redraw()
        if has_focus:
            self.call_after_refresh(self._scroll_to_cursor)

    def action_move(self, steps: int) -> None:
        """Move the cursor by a number of entries."""
        keys = [position.key for position in self._positions]
        if not keys:
            return
        index = keys.index(self.key) if self.key in keys else 0
        self.move_cursor_to(keys[min(max(index + steps, 0), len(keys) - 1)])

    def move_cursor_to(self, key: str) -> None:
        """Move the cursor to an entry."""
        self.key = key
        self.redraw()
        self._scroll_to_cursor()
        self.post_message(self.Highlighted(key))

    def _scroll_to_cursor(self) -> None:
        position = next((position for position in self._positions if position.key == self.key), None)
        container = self.parent
        if position is not None and isinstance(container, VerticalScroll):
            is_first = position == self._positions[0]
            top = 0 if is_first else position.top  # the first entry shows the headings above it
            bottom = position.top + position.height + 1
            container.scroll_to_region(Region(0, top, 1, bottom - top), animate=False, force=True)

    def choose(self) -> None:
        """Choose the entry under the cursor."""
        if self.key:
            self.post_message(self.Chosen(self.key))

    def on_click(self, event: events.Click) -> None:
        for position in self._positions:
            if position.top <= event.y < position.top + position.height:
                self.focus()
                self.move_cursor_to(position.key)
                self.post_message(self.Chosen(position.key))
                return
