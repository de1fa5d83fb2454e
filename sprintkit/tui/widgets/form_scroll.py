"""The scroll areas of forms. The arrow keys belong to the form."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

LINES_ABOVE, LINES_BELOW = 3, 4
"""Lines that stay visible above and below the widget that is scrolled into view; below it is room for a notification."""


class FormScroll(VerticalScroll, inherit_bindings=False):
    """Scrolls by the page keys, and to the control in focus."""

    BINDINGS: ClassVar[list[BindingType]] = [("pageup", "page_up", ""), ("pagedown", "page_down", "")]

    def scroll_into_view(self, widget: Widget, line: int = 0) -> None:
        """Scroll until a child is visible, with some lines around it; of one too tall for that its `line`."""
        region, y = widget.virtual_region, self.scroll_offset.y
        offset = offset_in_view(region.y, region.bottom, line, y, self.size.height)
        if offset != y:
            self.scroll_to(y=offset, animate=False)


def offset_in_view(top: int, bottom: int, line: int, y: int, height: int) -> int:
    """Return the offset nearest to `y` at which the lines from `top` to before `bottom` are visible, with some around them.

    Without room for those around them, they come first. Where the `height` of the area is less than theirs, their `line`
    is visible, and the first of them where it can be.
    """
    if bottom - top > height:
        return min(max(top, top + line + 2 - height), bottom - height)
    greatest = max(0, top - LINES_ABOVE, bottom - height)
    least = min(greatest, bottom + LINES_BELOW - height)
    return min(greatest, max(least, y))


class FocusScroll(VerticalScroll, inherit_bindings=False):
    """Keeps the control in focus in sight, whatever changes its own height or that of its content."""

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_focused)

    def watch_virtual_size(self) -> None:
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            focused.scroll_visible(animate=False, force=True)
