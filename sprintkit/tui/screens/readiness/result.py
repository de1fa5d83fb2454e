"""The result of the readiness score, and the way on from it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.actions.readiness.sheet import ReadinessSheet
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, title
from sprintkit.tui.screens.readiness.lines import result_lines
from sprintkit.tui.widgets.dialog import TextDialog


class ReadinessResultScreen(TextDialog[bool]):
    """Dismissed with True to save the answers in their sprint, or to begin a sprint with them."""

    SCOPE = "score"
    ABOUT = (
        "The weakest area decides the band, because a strong one does not make up for a missing one. "
        "What to fix first comes from the weakest area, with the question of scoping that settles it."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("score")

    def __init__(self, sheet: ReadinessSheet) -> None:
        super().__init__()
        self.sheet = sheet
        effect = "saves it in the sprint" if sheet.slug else "begins scoping with this"
        self.KEYS = f"Enter {effect}   Esc goes back" if sheet.is_complete else "Esc goes back"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "begin":
            return self.sheet.is_complete and self.sheet.slug is None
        if action == "save":
            return self.sheet.is_complete and self.sheet.slug is not None
        return True

    def text(self, width: int) -> Content:
        lines: Lines = [
            title("Readiness", self.sheet.slug or ""),
            Content(""),
            *result_lines(self.sheet, width),
        ]
        return Content("\n").join(lines)

    def action_begin(self) -> None:
        self.dismiss(True)

    def action_save(self) -> None:
        self.dismiss(True)

    def action_back(self) -> None:
        self.dismiss(False)
