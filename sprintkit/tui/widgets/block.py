"""Lines of text that are made elsewhere: the cheapest widget there is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class Block(Widget):
    """Shows lines, each at most as wide as itself; repainted only when one of them is another."""

    DEFAULT_CSS = "Block { height: auto; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.lines: tuple[Content, ...] = ()

    def show(self, lines: Sequence[Content]) -> None:
        """Shows other lines."""
        if tuple(lines) != self.lines:
            is_longer = len(lines) != len(self.lines)
            self.lines = tuple(lines)
            self.refresh(layout=is_longer)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines)

    def render(self) -> Content:
        return Content("\n").join(self.lines)
