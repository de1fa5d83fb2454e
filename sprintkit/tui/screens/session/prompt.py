"""The dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from sprintkit.tui.lines import paragraph
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock


class PromptScreen(Dialog[str | None]):
    """Returns the typed line, or None if it was left by Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "back"),
        ("enter,tab", "done", "done"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "TextEditor"

    def __init__(
        self, question: str, text: str, suggestions: Sequence[str] = (), *, hint: str, about: str = ""
    ) -> None:
        """`text` is the line to begin with. `hint` is shown below it; `about`, or else `hint`, is its help."""
        super().__init__()
        self.question, self.text, self.suggestions, self.hint = question, text, suggestions, hint
        self.ABOUT = about or hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog -small"):
            yield TextBlock(id="question")
            yield TextEditor()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.query_one(TextEditor).load(
            self.text, is_one_line=True, completions=self.suggestions, is_prefilled=True
        )
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        question_block = self.query_one("#question", TextBlock)
        width = max(question_block.content_size.width, 20)
        question_block.show(paragraph(self.question, width, "bold"))
        hint = paragraph(self.hint, width, "$faint")
        self.query_one("#hint", TextBlock).show(hint)

    def action_done(self) -> None:
        """Return the typed line."""
        self.dismiss(self.query_one(TextEditor).text)
