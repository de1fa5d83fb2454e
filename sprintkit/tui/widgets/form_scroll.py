"""What scrolls under the one control of a form; the arrows belong to the form."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

LINES_ABOVE, LINES_BELOW = 3, 2
"""Lines that are seen before and after what is shown."""


class FormScroll(VerticalScroll, inherit_bindings=False):
    """Moves by page keys, and by itself to what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [("pageup", "page_up", ""), ("pagedown", "page_down", "")]

    def show(self, one: Widget) -> None:
        """Scrolls a widget in it into view, with some lines around it."""
        top, bottom = one.virtual_region.y, one.virtual_region.bottom
        height, y = self.size.height, self.scroll_offset.y
        if top - LINES_ABOVE < y:
            self.scroll_to(y=max(0, top - LINES_ABOVE), animate=False)
        elif bottom + LINES_BELOW > y + height:
            self.scroll_to(y=bottom + LINES_BELOW - height, animate=False)
