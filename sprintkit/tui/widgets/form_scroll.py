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

    def scroll_into_view(self, widget: Widget) -> None:
        """Scroll until a child is visible, with some lines around it."""
        top, bottom = widget.virtual_region.y, widget.virtual_region.bottom
        height, y = self.size.height, self.scroll_offset.y
        if top - LINES_ABOVE < y:
            self.scroll_to(y=max(0, top - LINES_ABOVE), animate=False)
        elif bottom + LINES_BELOW > y + height:
            self.scroll_to(y=bottom + LINES_BELOW - height, animate=False)


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
