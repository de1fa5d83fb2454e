"""One line asked for in a small window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.tui.text import line, wrapped
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock


class PromptScreen(Dialog[str | None]):
    """Gives back what was typed; None when it was left."""

    ABOUT = "Answers that mean the same get one word, and are counted together from then on."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "back"),
        ("enter,tab", "done", "done"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "TextEditor"

    def __init__(self, ask: str, text: str, known: Sequence[str]) -> None:
        super().__init__()
        self.ask, self.text, self.known = ask, text, known

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog -small"):
            yield TextBlock(id="told")
            yield TextEditor()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.query_one(TextEditor).load(self.text, one_line=True, completions=self.known)
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        told = self.query_one("#told", TextBlock)
        width = max(told.content_size.width, 20)
        told.show([Content.styled(part, "bold") for part in wrapped(self.ask, width)])
        known = f"So far: {', '.join(map(line, self.known))}. " if self.known else ""
        hint = wrapped(f"{known}Empty takes the word away. Enter, or Esc to leave it.", width)
        self.query_one("#hint", TextBlock).show([Content.styled(part, "$faint") for part in hint])

    def action_done(self) -> None:
        """Takes it."""
        self.dismiss(self.query_one(TextEditor).text)
