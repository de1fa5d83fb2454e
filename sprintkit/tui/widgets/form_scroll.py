"""What scrolls under the one control of a form; the arrows belong to the form."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

ABOVE, BELOW = 3, 2
"""Lines that are seen before and after what is shown."""


class Area(VerticalScroll, inherit_bindings=False):
    """Moves by page keys, and by itself to what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [("pageup", "page_up", ""), ("pagedown", "page_down", "")]

    def show(self, one: Widget) -> None:
        """Scrolls a widget in it into view, with some lines around it."""
        top, bottom = one.virtual_region.y, one.virtual_region.bottom
        height, y = self.size.height, self.scroll_offset.y
        if top - ABOVE < y:
            self.scroll_to(y=max(0, top - ABOVE), animate=False)
        elif bottom + BELOW > y + height:
            self.scroll_to(y=bottom + BELOW - height, animate=False)
