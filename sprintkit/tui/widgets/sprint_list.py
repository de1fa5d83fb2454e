"""The list of sprints: one widget however many there are; only lines in view are made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Lines = list[Content]


@dataclass(frozen=True, slots=True)
class Entry:
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
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sprint-list--row"}
    DEFAULT_CSS = """
    SprintList { height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    SprintList .sprint-list--row { background: $row; }
    """
    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """The entry in focus was clicked again."""

        slug: str

    at: reactive[int] = reactive(-1, repaint=False)
    """Index of the entry in focus; -1 where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()
        self._tops: list[int] = [0]
        self._strips: dict[tuple[int, int, bool], list[Strip]] = {}

    @property
    def slug(self) -> str | None:
        """The sprint in focus."""
        return self.entries[self.at].slug if 0 <= self.at < len(self.entries) else None

    def show(self, entries: Sequence[Entry]) -> None:
        """Puts other entries in place; the sprint in focus stays so, and stays where it was on the screen."""
        before, line = self.slug, self._line_of(self.at)
        self.entries = entries
        tops = [0]
        for entry in entries:
            tops.append(tops[-1] + entry.height)
        self._tops = tops
        self._strips.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, tops[-1])
        places = {entry.slug: at for at, entry in enumerate(entries) if entry.slug is not None}
        first = next(iter(places.values()), -1)
        self.set_reactive(SprintList.at, first if before is None else places.get(before, first))
        if before in places and line:
            self.scroll_to(
                y=max(0, self.scroll_y + self._line_of(self.at) - line), animate=False, immediate=True
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
        seen = self.scrollable_content_region.height
        y = self.scroll_offset.y
        if top < y or height > seen:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif top + height > y + seen:
            self.scroll_to(y=top + height - seen, animate=False, immediate=True)

    def action_move(self, steps: int) -> None:
        self._move_to(self.at + steps, steps)

    def action_page(self, direction: int) -> None:
        line = self._line_of(self.at) + direction * max(1, self.scrollable_content_region.height - 2)
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
            self.scroll_to(y=0, animate=False, immediate=True)

    def _entry_at(self, line: int) -> int:
        return min(max(bisect_right(self._tops, max(0, line)) - 1, 0), len(self.entries) - 1)

    def on_resize(self) -> None:
        self._strips.clear()

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if not self.entries or line >= self._tops[-1]:
            return
        at = self._entry_at(line)
        slug = self.entries[at].slug
        if slug is None:
            return
        if at == self.at or event.chain > 1:
            self.post_message(self.Chosen(slug))
        self.at = at

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if line >= self._tops[-1]:
            return Strip.blank(width, self.visual_style.rich_style)
        at = self._entry_at(line)
        strips = self._rendered(at, width, at == self.at)
        offset = line - self._tops[at]
        if offset < len(strips):
            return strips[offset]
        return Strip.blank(width, self.visual_style.rich_style)

    def _rendered(self, at: int, width: int, in_focus: bool) -> list[Strip]:
        key = (at, width, in_focus)
        strips = self._strips.get(key)
        if strips is None:
            style = self.get_visual_style("sprint-list--row") if in_focus else self.visual_style
            strips = []
            for content in self.entries[at].lines(width - 2):
                bar = Content.styled("▌", "$primary") if in_focus else Content(" ")
                made = Visual.to_strips(self, bar + content, width, 1, style)
                strips.append(made[0].adjust_cell_length(width, style.rich_style))
            self._strips[key] = strips
        return strips
