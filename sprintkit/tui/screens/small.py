"""The window is too small for any screen; whatever is open waits behind this."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

WIDTH, HEIGHT = 60, 16
"""Columns and lines that every screen needs."""


class SmallScreen(ModalScreen[None]):
    """Goes by itself once there is room."""

    CSS = """
    SmallScreen { background: $background; align: center middle; }
    SmallScreen Static { width: 1fr; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_resize(self) -> None:
        if self.size.width >= WIDTH and self.size.height >= HEIGHT:
            if self.is_current:
                self.dismiss()
            return
        now = f"{self.size.width} by {self.size.height}"
        self.query_one(Static).update(
            f"This window is {now}.\nsprintkit needs {WIDTH} by {HEIGHT}.\nNothing is lost."
        )
