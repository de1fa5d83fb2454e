"""Covers the app while the terminal is too small for any screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from sprintkit.tui.widgets.dialog import Dialog


class TooSmallScreen(Dialog[None]):
    """Disappears by itself once there is enough room."""

    DEFAULT_CSS = """
    TooSmallScreen { background: $background; align: center middle; }
    TooSmallScreen Static { width: 1fr; height: auto; text-align: center; }
    """

    def __init__(self, width: int, height: int) -> None:
        """`width` and `height` are what is needed, in columns and lines."""
        super().__init__()
        self.min_size = (width, height)

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_resize(self) -> None:
        width, height = self.min_size
        if self.size.width >= width and self.size.height >= height:
            if self.is_current:
                self.dismiss()
            return
        now = f"{self.size.width} by {self.size.height}"
        self.query_one(Static).update(
            f"This window is {now}.\nsprintkit needs {width} by {height}.\nNothing is lost."
        )
