"""The list of sprints: a single widget for any number of them, which renders only the lines in view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from sprintkit.tui.widgets.key_passthrough import trigger_bindings

StyledText = tuple[str, str]
"""A text without line breaks or control characters, and its style, such as "bold $error"."""
Lines = list[list[StyledText]]
WHEEL_LINES = 3
"""Lines to scroll for one step of the mouse wheel."""


class SprintListEntry(NamedTuple):
    """A few lines of the list: a sprint, a heading or a message."""

    slug: str | None
    """Slug of the sprint; None for a heading or a message, which never has the cursor."""
    height: int
    lines: Callable[[int], Lines]
    """Builds the lines for a width in cells."""


class SprintList(ScrollView, can_focus=True):
    """A scrolling list of entries of different heights, one of which has the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "move(-1)", ""),
        ("down,j", "move(1)", ""),
        ("pageup", "page(-1)", ""),
        ("pagedown", "page(1)", ""),
        ("home", "jump(0)", ""),
        ("end", "jump(-1)", ""),
    ]
    DEFAULT_CSS = "SprintList { height: 1fr; overflow: hidden hidden; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """The entry under the cursor was clicked again."""

    class Moved(Message):
        """The cursor is on another entry."""

    cursor: reactive[int] = reactive(-1, repaint=False)
    """Index of the entry with the cursor; -1 if there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[SprintListEntry] = ()
        self._tops: list[int] = [0]
        """The first line of every entry, and the line after the last one."""
        self._strips: dict[tuple[object, ...], list[Strip]] = {}
        """Rendered entries by index, width, cursor and theme."""
        self._styles: dict[tuple[object, ...], RichStyle] = {}
        """Rich styles by name, cursor and theme."""

    @property
    def slug(self) -> str | None:
        """Slug of the sprint under the cursor; None if there is none."""
        return self.entries[self.cursor].slug if 0 <= self.cursor < len(self.entries) else None

    def show(self, entries: Sequence[SprintListEntry]) -> None:
        """Replace the entries. The cursor stays on its sprint, and that sprint stays where it is on the screen."""
        old_slug, old_top = self.slug, self._top_of(self.cursor)
        self.entries = entries
        tops = [0]
        for entry in entries:
            tops.append(tops[-1] + entry.height)
        self._tops = tops
        self._strips.clear()
        self.virtual_size = Size(self.size.width, tops[-1])
        indices = {entry.slug: index for index, entry in enumerate(entries) if entry.slug is not None}
        first = next(iter(indices.values()), -1)
        self.set_reactive(SprintList.cursor, first if old_slug is None else indices.get(old_slug, first))
        if old_slug in indices and old_top:
            self.scroll_to(
                y=max(0, self.scroll_y + self._top_of(self.cursor) - old_top),
                animate=False,
                force=True,
                immediate=True,
            )
        self._scroll_to_cursor()
        self.refresh()

    def watch_cursor(self, old: int, new: int) -> None:
        self.post_message(self.Moved())
        for index in (old, new):
            if 0 <= index < len(self.entries):
                top = self._tops[index] - self.scroll_offset.y
                self.refresh(Region(0, top, self.size.width, self.entries[index].height))
        self._scroll_to_cursor()

    def _top_of(self, index: int) -> int:
        """First line of an entry; 0 for an index outside the list."""
        return self._tops[index] if 0 <= index < len(self._tops) else 0

    def _scroll_to_cursor(self) -> None:
        if not 0 <= self.cursor < len(self.entries):
            return
        top, height = self._tops[self.cursor], self.entries[self.cursor].height
        if self.cursor and self.entries[self.cursor - 1].slug is None:  # show the heading above it too
            top, height = self._tops[self.cursor - 1], height + self.entries[self.cursor - 1].height
        view_height = self.size.height
        y = self.scroll_offset.y
        if top < y or height > view_height:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        elif top + height > y + view_height:
            self.scroll_to(y=top + height - view_height, animate=False, force=True, immediate=True)

    def action_move(self, steps: int) -> None:
        self._move_to(self.cursor + steps, steps)

    def action_page(self, direction: int) -> None:
        line = self._top_of(self.cursor) + direction * max(1, self.size.height - 2)
        self._move_to(self._index_at(line), direction)

    def action_jump(self, index: int) -> None:
        self._move_to(0 if index == 0 else len(self.entries) - 1, 1 if index == 0 else -1)

    def _move_to(self, index: int, direction: int) -> None:
        """Move the cursor to the first sprint at or beyond `index` in a direction, else to the last in that direction."""
        index = min(max(index, 0), len(self.entries) - 1)
        sprints = [position for position, entry in enumerate(self.entries) if entry.slug is not None]
        if not sprints:
            return
        if direction > 0:
            self.cursor = next((position for position in sprints if position >= index), sprints[-1])
        else:
            self.cursor = next((position for position in reversed(sprints) if position <= index), sprints[0])
        if self.cursor == sprints[0]:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _index_at(self, line: int) -> int:
        """Index of the entry on a line of the list."""
        return min(max(bisect_right(self._tops, max(0, line)) - 1, 0), len(self.entries) - 1)

    def on_resize(self) -> None:
        self._strips.clear()
        self._scroll_to_cursor()

    async def on_key(self, event: events.Key) -> None:
        await trigger_bindings(self, event)

    def on_click(self, event: events.Click) -> None:
        is_on_scrollbar = event.x >= self.size.width - 1 and self._tops[-1] > self.size.height
        if is_on_scrollbar:
            line_at_pointer = event.y * self._tops[-1] // max(1, self.size.height)
            self.scroll_to(y=line_at_pointer - self.size.height // 2, force=True, animate=False)
            return
        line = event.y + self.scroll_offset.y
        if not self.entries or line >= self._tops[-1]:
            return
        index = self._index_at(line)
        if self.entries[index].slug is None:
            return
        if index == self.cursor or event.chain > 1:
            self.post_message(self.Chosen())
        self.cursor = index

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_relative(y=WHEEL_LINES, animate=False, force=True)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_relative(y=-WHEEL_LINES, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        line, width = y + self.scroll_offset.y, self.size.width - 1
        strip = Strip.blank(width, self._style("", False))
        if line < self._tops[-1]:
            index = self._index_at(line)
            strips = self._render_entry(index, width, index == self.cursor)
            offset = line - self._tops[index]
            if offset < len(strips):
                strip = strips[offset]
        return Strip([*strip, self._scrollbar_cell(y)], width + 1)

    def _scrollbar_cell(self, y: int) -> Segment:
        """The cell of the scrollbar in a line of the view; blank if everything is in view."""
        height, total = self.size.height, self._tops[-1]
        if total <= height:
            return Segment(" ", self._style("", False))
        top = self.scroll_offset.y * height // total
        length = max(1, height * height // total)
        is_thumb = top <= y < top + length or (y == height - 1 and top + length >= height)
        return Segment("┃" if is_thumb else "│", self._style("$faint" if is_thumb else "$panel", False))

    def _render_entry(self, index: int, width: int, has_cursor: bool) -> list[Strip]:
        """Render an entry, cell by cell: Textual's markup and wrapping would take ten times as long."""
        key = (index, width, has_cursor, self.app.theme)
        strips = self._strips.get(key)
        if strips is None:
            bar = ("▌", "$primary") if has_cursor else (" ", "")
            plain = self._style("", has_cursor)
            strips = []
            for parts in self.entries[index].lines(width - 2):
                segments = [Segment(text, self._style(style, has_cursor)) for text, style in (bar, *parts)]
                strips.append(Strip(segments).adjust_cell_length(width, plain))
            self._strips[key] = strips
        return strips

    def _style(self, name: str, has_cursor: bool) -> RichStyle:
        """Return a style of the theme on the background of its row, as a Rich style."""
        key = (name, has_cursor, self.app.theme)
        rich_style = self._styles.get(key)
        if rich_style is None:
            variables = self.app.theme_variables
            style = self.visual_style
            if has_cursor:
                style += Style.parse("on $row", variables)
            if name:
                style += Style.parse(name, variables)
            rich_style = self._styles[key] = style.rich_style
        return rich_style
