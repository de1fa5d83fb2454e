"""A block of pre-rendered lines: the cheapest widget there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.visual import RenderOptions
from textual.widget import Widget

EMPTY_LINE = Content("")


class TextBlock(Widget):
    """Displays pre-rendered lines and repaints only those that changed. No line may be wider than the widget."""

    DEFAULT_CSS = "TextBlock { height: auto; width: 1fr; }"
    ALLOW_SELECT = False
    virtual_size = Reactive(Size(0, 0), repaint=False)  # it never scrolls: skip the second layout and paint

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.lines: tuple[Content, ...] = ()
        self._strips: dict[int, Strip] = {}
        """Rendered lines by row, at `_strips_width`."""
        self._strips_width = 0

    def show(self, lines: Sequence[Content]) -> None:
        """Replace the lines."""
        old_lines, self.lines = self.lines, tuple(lines)
        count = max(len(old_lines), len(self.lines))
        changed_rows = [
            y for y in range(count) if not _line_at(old_lines, y).is_same(_line_at(self.lines, y))
        ]
        has_new_height = len(old_lines) != len(self.lines)
        if changed_rows or has_new_height:
            for y in changed_rows:
                self._strips.pop(y, None)
            width = max(self.size.width, 1)
            self.refresh(*(Region(0, y, width, 1) for y in changed_rows or [0]), layout=has_new_height)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Refresh like any widget; without regions, every line is rendered again."""
        if repaint and not regions:
            self._strips.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if width != self._strips_width:
            self._strips.clear()
            self._strips_width = width
        strip = self._strips.get(y)
        if strip is None:
            line, options = _line_at(self.lines, y), RenderOptions(self._get_style, {})
            rendered = line.render_strips(width, 1, self.visual_style, options)
            blank = Strip.blank(width, self.visual_style.rich_style)
            strip = self._strips[y] = rendered[0] if rendered else blank
        return strip


def _line_at(lines: Sequence[Content], y: int) -> Content:
    return lines[y] if y < len(lines) else EMPTY_LINE
