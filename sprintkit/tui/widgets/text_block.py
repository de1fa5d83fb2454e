"""Lines of text that are made elsewhere: the cheapest widget there is."""

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
    """Shows lines, each at most as wide as itself; only those that are others than before are drawn anew."""

    DEFAULT_CSS = "TextBlock { height: auto; width: 1fr; }"
    ALLOW_SELECT = False
    virtual_size = Reactive(Size(0, 0), repaint=False)  # it never scrolls: no second layout and paint

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.lines: tuple[Content, ...] = ()
        self._drawn: dict[int, Strip] = {}
        """Lines as they were drawn, at the width they were drawn for."""
        self._drawn_for = 0

    def show(self, lines: Sequence[Content]) -> None:
        """Shows other lines."""
        before, self.lines = self.lines, tuple(lines)
        count = max(len(before), len(self.lines))
        others = [y for y in range(count) if not _line_at(before, y).is_same(_line_at(self.lines, y))]
        is_longer = len(before) != len(self.lines)
        if others or is_longer:
            for y in others:
                self._drawn.pop(y, None)
            width = max(self.size.width, 1)
            self.refresh(*(Region(0, y, width, 1) for y in others or [0]), layout=is_longer)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """As Textual's; without regions, every line is drawn anew."""
        if repaint and not regions:
            self._drawn.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if width != self._drawn_for:
            self._drawn.clear()
            self._drawn_for = width
        strip = self._drawn.get(y)
        if strip is None:
            line, options = _line_at(self.lines, y), RenderOptions(self._get_style, {})
            drawn = line.render_strips(width, 1, self.visual_style, options)
            strip = self._drawn[y] = drawn[0] if drawn else Strip.blank(width, self.visual_style.rich_style)
        return strip


def _line_at(lines: Sequence[Content], y: int) -> Content:
    return lines[y] if y < len(lines) else EMPTY_LINE
