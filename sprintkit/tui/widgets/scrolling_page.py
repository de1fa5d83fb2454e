"""A page of text that the arrow keys scroll."""

from __future__ import annotations

from textual.containers import VerticalScroll


class ScrollingPage(VerticalScroll):
    """Holds one Static with the text of the page."""

    DEFAULT_CSS = """
    ScrollingPage { height: 1fr; scrollbar-size-vertical: 1; background: $background; }
    ScrollingPage > Static { width: 1fr; height: auto; }
    """
