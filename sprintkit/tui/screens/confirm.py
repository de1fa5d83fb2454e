"""A dialog that asks a yes-or-no question."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.widgets.dialog import TextDialog


class ConfirmScreen(TextDialog[bool]):
    """Dismissed with True by Enter or y, with False by Escape or n."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,y", "answer(True)", "yes"),
        ("escape,n,q", "answer(False)", "no"),
    ]

    def __init__(self, question: str, about: str, enter_label: str) -> None:
        """`about` says what would happen, `enter_label` what Enter does."""
        super().__init__()
        self.question = question
        self.about = about
        self.KEYS = f"Enter {enter_label}   Esc goes back"

    def action_answer(self, is_yes: bool) -> None:
        self.dismiss(is_yes)

    def text(self, width: int) -> Content:
        lines: Lines = [
            title(self.question, style="bold $warning"),
            Content(""),
            *paragraph(self.about, width),
        ]
        return Content("\n").join(lines)
