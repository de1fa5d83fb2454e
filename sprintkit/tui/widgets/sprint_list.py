"""The list of sprints: one widget however many there are; only lines in view are made."""

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
"""Text of one line, ready to be shown, and a style of ours such as "bold $error"."""
Lines = list[list[StyledText]]
WHEEL_LINES = 3
"""Lines that a turn of the wheel moves."""


class SprintListEntry(NamedTuple):
    """Some lines of the list. `slug` is None for a heading, which is never in focus."""

    slug: str | None
    height: int
    lines: Callable[[int], Lines]
    """The lines at a width."""


class SprintList(ScrollView, can_focus=True):
    """Entries of different heights, one of them in focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "move(-1)", ""),
        ("down,j", "move(1)", ""),
        ("pageup", "page(-1)", ""),
        ("pagedown", "page(1)", ""),
        ("home", "end(0)", ""),
        ("end", "end(-1)", ""),
    ]
    DEFAULT_CSS = "SprintList { height: 1fr; overflow: hidden hidden; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """The entry in focus was clicked again."""

    at: reactive[int] = reactive(-1, repaint=False)
    """Index of the entry in focus; -1 where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[SprintListEntry] = ()
        self._tops: list[int] = [0]
        self._strips: dict[tuple[object, ...], list[Strip]] = {}
        self._styles: dict[tuple[object, ...], RichStyle] = {}

    @property
    def slug(self) -> str | None:
        """The sprint in focus."""
        return self.entries[self.at].slug if 0 <= self.at < len(self.entries) else None

    def show(self, entries: Sequence[SprintListEntry]) -> None:
        """Puts other entries in place; the sprint in focus stays so, and stays where it was on the screen."""
        before, line = self.slug, self._line_of(self.at)
        self.entries = entries
        tops = [0]
        for entry in entries:
            tops.append(tops[-1] + entry.height)
        self._tops = tops
        self._strips.clear()
        self.virtual_size = Size(self.size.width, tops[-1])
        places = {entry.slug: at for at, entry in enumerate(entries) if entry.slug is not None}
        first = next(iter(places.values()), -1)
        self.set_reactive(SprintList.at, first if before is None else places.get(before, first))
        if before in places and line:
            self.scroll_to(
                y=max(0, self.scroll_y + self._line_of(self.at) - line),
                animate=False,
                force=True,
                immediate=True,
            )
        else:
            self._into_view()
        self.refresh()

    def focus_on(self, slug: str) -> None:
        """Puts a sprint in focus, if it is in the list."""
        for at, entry in enumerate(self.entries):
            if entry.slug == slug:
                self.at = at
                return

    def watch_at(self, before: int, now: int) -> None:
        for at in (before, now):
            if 0 <= at < len(self.entries):
                top = self._tops[at] - self.scroll_offset.y
                self.refresh(Region(0, top, self.size.width, self.entries[at].height))
        self._into_view()

    def _line_of(self, at: int) -> int:
        return self._tops[at] if 0 <= at < len(self._tops) else 0

    def _into_view(self) -> None:
        if not 0 <= self.at < len(self.entries):
            return
        top, height = self._tops[self.at], self.entries[self.at].height
        if self.at and self.entries[self.at - 1].slug is None:
            top, height = self._tops[self.at - 1], height + self.entries[self.at - 1].height
        seen = self.size.height
        y = self.scroll_offset.y
        if top < y or height > seen:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        elif top + height > y + seen:
            self.scroll_to(y=top + height - seen, animate=False, force=True, immediate=True)

    def action_move(self, steps: int) -> None:
        self._move_to(self.at + steps, steps)

    def action_page(self, direction: int) -> None:
        line = self._line_of(self.at) + direction * max(1, self.size.height - 2)
        self._move_to(self._entry_at(line), direction)

    def action_end(self, index: int) -> None:
        self._move_to(0 if index == 0 else len(self.entries) - 1, 1 if index == 0 else -1)

    def _move_to(self, at: int, direction: int) -> None:
        """Puts the entry `at` in focus, or the next sprint in that direction; else the last one against it."""
        at = min(max(at, 0), len(self.entries) - 1)
        rows = [one for one, entry in enumerate(self.entries) if entry.slug is not None]
        if not rows:
            return
        onward = [one for one in rows if (one >= at if direction > 0 else one <= at)]
        self.at = (
            (onward[0] if direction > 0 else onward[-1])
            if onward
            else (rows[-1] if direction > 0 else rows[0])
        )
        if self.at == rows[0]:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _entry_at(self, line: int) -> int:
        return min(max(bisect_right(self._tops, max(0, line)) - 1, 0), len(self.entries) - 1)

    def on_resize(self) -> None:
        self._strips.clear()

    async def on_key(self, event: events.Key) -> None:
        await trigger_bindings(self, event)

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if event.x >= self.size.width - 1 and self._tops[-1] > self.size.height:
            self.scroll_to(
                y=event.y * self._tops[-1] // max(1, self.size.height) - self.size.height // 2,
                force=True,
                animate=False,
            )
            return
        if not self.entries or line >= self._tops[-1]:
            return
        at = self._entry_at(line)
        slug = self.entries[at].slug
        if slug is None:
            return
        if at == self.at or event.chain > 1:
            self.post_message(self.Chosen())
        self.at = at

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
            at = self._entry_at(line)
            strips = self._rendered(at, width, at == self.at)
            offset = line - self._tops[at]
            if offset < len(strips):
                strip = strips[offset]
        return Strip([*strip, self._bar(y)], width + 1)

    def _bar(self, y: int) -> Segment:
        """One cell of the bar that says how far down the list is."""
        height, total = self.size.height, self._tops[-1]
        if total <= height:
            return Segment(" ", self._style("", False))
        top = self.scroll_offset.y * height // total
        length = max(1, height * height // total)
        is_thumb = top <= y < top + length or (y == height - 1 and top + length >= height)
        return Segment("┃" if is_thumb else "│", self._style("$faint" if is_thumb else "$panel", False))

    def _rendered(self, at: int, width: int, in_focus: bool) -> list[Strip]:
        """The lines of an entry; made without Textual's markup and wrapping, which takes ten times as long."""
        key = (at, width, in_focus, self.app.theme)
        strips = self._strips.get(key)
        if strips is None:
            bar = ("▌", "$primary") if in_focus else (" ", "")
            plain = self._style("", in_focus)
            strips = []
            for parts in self.entries[at].lines(width - 2):
                segments = [Segment(text, self._style(style, in_focus)) for text, style in (bar, *parts)]
                strips.append(Strip(segments).adjust_cell_length(width, plain))
            self._strips[key] = strips
        return strips

    def _style(self, name: str, in_focus: bool) -> RichStyle:
        """A style of ours on the background of a row, as Rich has it."""
        key = (name, in_focus, self.app.theme)
        made = self._styles.get(key)
        if made is None:
            variables = self.app.theme_variables
            style = self.visual_style
            if in_focus:
                style += Style.parse("on $row", variables)
            if name:
                style += Style.parse(name, variables)
            made = self._styles[key] = style.rich_style
        return made
