"""Explains every reason of the health: its rule, its figures, and what would clear it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.progress.health import REASONS
from sprintkit.progress.progress import Progress
from sprintkit.text.labels import HEALTH_MEANINGS, HEALTH_STYLES
from sprintkit.tui.sprint_page.lines import Lines, paragraph, text
from sprintkit.tui.sprint_page.status import CODE_WIDTH, explain_reason
from sprintkit.tui.widgets.dialog import TextDialog
from sprintkit.tui.wording import TONE_COLORS


class ExplainScreen(TextDialog[str]):
    """Opened from the sprint page. Dismissed with `cut` to open an amendment with the cut that a reason asks for."""

    ABOUT = "Every reason that holds: its rule, its figures, and what would clear it."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("e,enter", "dismiss", "close"),
        ("a", "cut", "cut"),
    ]
    KEYS = "Computed from the records; nobody can overrule it.   Esc closes"

    def __init__(self, progress: Progress, cut: str = "") -> None:
        """`cut` is the cut that a reason asks for, in words; empty if none does."""
        super().__init__()
        self.progress = progress
        self.cut = cut

    def text(self, width: int) -> Content:
        health_style = HEALTH_STYLES[self.progress.health]
        word = f"{health_style.sign} {health_style.label.upper()}"
        lines: Lines = [
            text(
                (word, f"bold {TONE_COLORS[health_style.tone]}"),
                (f"  {HEALTH_MEANINGS[self.progress.health]}", ""),
            )
        ]
        conditions = {rule.code: rule.condition for rule in REASONS}
        for reason in self.progress.reasons:
            lines += [Content(""), *explain_reason(reason, conditions[reason.code], width)]
        if self.cut:
            offer = f"opens an amendment with the cut: {self.cut}."
            lines += [Content(""), *paragraph(offer, width, "bold", CODE_WIDTH, ("a", "bold $key"))]
        return Content("\n").join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.cut) if action == "cut" else True

    def action_cut(self) -> None:
        self.dismiss("cut")
