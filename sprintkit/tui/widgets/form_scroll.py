"""The scroll areas of forms. Neither takes the arrow keys: those belong to the form."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

LINES_ABOVE, LINES_BELOW = 3, 4
"""Lines that stay visible above and below a widget scrolled into view. Those below leave room for a notification."""


class FormScroll(VerticalScroll, inherit_bindings=False):
    """Scrolls by the page keys, and on request to one of its widgets."""

    BINDINGS: ClassVar[list[BindingType]] = [("pageup", "page_up", ""), ("pagedown", "page_down", "")]

    def scroll_into_view(self, widget: Widget, line: int = 0) -> None:
        """Scroll until a child and some lines around it are visible; if it is too tall, until its `line` is."""
        region, y = widget.virtual_region, self.scroll_offset.y
        offset = offset_in_view(region.y, region.bottom, line, y, self.size.height)
        if offset != y:
            self.scroll_to(y=offset, animate=False)


def offset_in_view(top: int, bottom: int, line: int, y: int, height: int) -> int:
    """Return the scroll offset nearest to `y` that shows the lines from `top` up to `bottom`, exclusive, and some around them.

    `height` is that of the view. If it is too low for the lines around, they give way. If it is too low for the lines
    themselves, `line`, counted from `top`, is visible, and the first of them as well if possible.
    """
    if bottom - top > height:
        return min(max(top, top + line + 2 - height), bottom - height)
    greatest = max(0, top - LINES_ABOVE, bottom - height)
    least = min(greatest, bottom + LINES_BELOW - height)
    return min(greatest, max(least, y))


class FocusScroll(VerticalScroll, inherit_bindings=False):
    """Keeps the focused control visible whenever its own height or that of its content changes."""

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_focused)

    def watch_virtual_size(self) -> None:
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            focused.scroll_visible(animate=False, force=True)
