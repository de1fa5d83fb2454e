"""A dialog with a text and up to three choices, on function keys, since a letter may be meant as typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content

from sprintkit.tui.lines import Lines
from sprintkit.tui.widgets.dialog import TextDialog

KEYS = ("f2", "f3", "f6")


class Choice(NamedTuple):
    """One of the choices."""

    name: str
    """With which the dialog is dismissed."""
    label: str
    """What its key does, in words."""


class ChoiceScreen(TextDialog[str]):
    """Dismissed with the name of a choice, or with an empty string by Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *((key, f"choose({index})", f"choice {index + 1}") for index, key in enumerate(KEYS)),
        ("escape", "dismiss('')", "later"),
    ]

    def __init__(self, lines: Callable[[int], Lines], choices: Sequence[Choice], escape_label: str) -> None:
        """`lines` returns the text for a width in cells; `escape_label` says what Escape does."""
        super().__init__()
        self.lines, self.choices = lines, choices
        keys = [f"{key.upper()} {choice.label}" for key, choice in zip(KEYS, choices, strict=False)]
        self.KEYS = "   ".join([*keys, f"Esc {escape_label}"])

    def action_choose(self, index: int) -> None:
        """Choose by the position of the key."""
        if index < len(self.choices):
            self.dismiss(self.choices[index].name)

    def text(self, width: int) -> Content:
        return Content("\n").join(self.lines(width))
