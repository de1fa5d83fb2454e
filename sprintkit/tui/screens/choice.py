"""A dialog with a text and up to three choices, each on a function key, since letters may be meant as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content

from sprintkit.tui.lines import Lines
from sprintkit.tui.widgets.dialog import TextDialog

KEYS = ("f2", "f3", "f6")


class Choice(NamedTuple):
    """A choice: its name, and what its key does."""

    name: str
    label: str


class ChoiceScreen(TextDialog[str]):
    """Dismissed with the name of a choice, or with an empty text by Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *((key, f"choose({index})", f"choice {index + 1}") for index, key in enumerate(KEYS)),
        ("escape", "dismiss('')", "later"),
    ]

    def __init__(self, lines: Callable[[int], Lines], choices: Sequence[Choice], later: str) -> None:
        super().__init__()
        self.lines, self.choices = lines, choices
        keys = [f"{key.upper()} {choice.label}" for key, choice in zip(KEYS, choices, strict=False)]
        self.KEYS = "   ".join([*keys, f"Esc {later}"])

    def action_choose(self, index: int) -> None:
        """Choose by the position of the key."""
        if index < len(self.choices):
            self.dismiss(self.choices[index].name)

    def text(self, width: int) -> Content:
        return Content("\n").join(self.lines(width))
