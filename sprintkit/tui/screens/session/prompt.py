"""A small window that asks for one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.tui.text import one_line, wrap_text
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock


class PromptScreen(Dialog[str | None]):
    """Returns the typed line, or None if it was left by Escape."""

    ABOUT = "Give answers that mean the same one word. They are counted together from then on."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "back"),
        ("enter,tab", "done", "done"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "TextEditor"

    def __init__(self, question: str, text: str, suggestions: Sequence[str] = (), *, hint: str = "") -> None:
        """`hint` says what the line is for; without one, it is a word for answers that mean the same."""
        super().__init__()
        self.question, self.text, self.suggestions, self.hint = question, text, suggestions, hint
        if hint:
            self.ABOUT = hint

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
        question_block.show([Content.styled(part, "bold") for part in wrap_text(self.question, width)])
        known_words = f"So far: {', '.join(map(one_line, self.suggestions))}. " if self.suggestions else ""
        grey = "→ takes the grey, Enter what is typed" if self.suggestions else "Enter takes it"
        hint = wrap_text(self.hint or f"{known_words}Empty removes the word. {grey}, Esc leaves.", width)
        self.query_one("#hint", TextBlock).show([Content.styled(part, "$faint") for part in hint])

    def action_done(self) -> None:
        """Return the typed line."""
        self.dismiss(self.query_one(TextEditor).text)
