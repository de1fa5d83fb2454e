"""Explains every reason for the health and every flag of the last month: rule, figures, and what would clear it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.progress.health import REASONS, Reason
from sprintkit.progress.month_flags import FLAGS
from sprintkit.progress.progress import Progress
from sprintkit.progress.summary import health_meaning
from sprintkit.text.labels import HEALTH_STYLES
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, paragraph, text
from sprintkit.tui.sprint_page.operation import explain_flag
from sprintkit.tui.sprint_page.status import CLOSED_HEALTH_MEANING, CODE_WIDTH, explain_reason
from sprintkit.tui.widgets.dialog import TextDialog
from sprintkit.tui.wording import TONE_COLORS


class ExplainScreen(TextDialog[str]):
    """Opened from the sprint page.

    Dismissed with `cut` to open an amendment with the cut that a reason asks for, or with `close` to close the sprint.
    """

    SCOPE = "explain"
    ABOUT = "Every reason and every flag that holds: its rule, its figures, and what would clear it."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("e,enter", "dismiss", "close"),
        *key_bindings.bindings_for("explain"),
    ]

    def __init__(
        self,
        progress: Progress,
        flags: Sequence[Reason] = (),
        *,
        cut: str = "",
        cut_key: str = "",
        close_key: str = "",
        is_closed: bool = False,
    ) -> None:
        """`flags` are those of the last month of operation. `cut` describes the cut that a reason asks for.

        `cut_key` and `close_key` are the labels of the keys for the cut and for closing the sprint; without
        `close_key`, closing is not offered. If `is_closed`, nothing can clear a reason any more.
        """
        super().__init__()
        self.progress, self.flags = progress, flags
        self.cut, self.cut_key = cut, cut_key
        self.is_closed = is_closed
        close_hint = f"{close_key}: operate, or stop   " if close_key else ""
        self.KEYS = f"{close_hint}Esc closes"

    def action_close_sprint(self) -> None:
        self.dismiss("close")

    def action_cut(self) -> None:
        self.dismiss("cut")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.cut) if action == "cut" else True

    def text(self, width: int) -> Content:
        source = Content.styled("Computed from the records alone.", "$faint")
        lines = [*self._flag_lines(width), *self._health_lines(width)]
        return Content("\n").join([*lines, *([Content("")] if lines[-1].plain else []), source])

    def _flag_lines(self, width: int) -> Lines:
        rules = {rule.code: rule.condition for rule in FLAGS}
        lines: Lines = []
        for flag in self.flags:
            condition = rules[flag.code]  # type: ignore[index]
            lines += [*explain_flag(flag.code, condition, flag.message, flag.remedy, width), Content("")]
        return lines

    def _health_lines(self, width: int) -> Lines:
        if self.flags and not self.progress.reasons:
            return []
        health_style = HEALTH_STYLES[self.progress.health]
        word = f"{health_style.symbol} {health_style.label.upper()}"
        lines: Lines = [
            text(
                (word, f"bold {TONE_COLORS[health_style.tone]}"),
                (f"  {CLOSED_HEALTH_MEANING if self.is_closed else health_meaning(self.progress)}", ""),
            )
        ]
        conditions = {rule.code: rule.condition for rule in REASONS}
        for reason in self.progress.reasons:
            condition = conditions[reason.code]
            lines += [
                Content(""),
                *explain_reason(reason, condition, width, can_clear=not self.is_closed),
            ]
        if self.cut:
            offer = f"opens an amendment with the cut: {self.cut}."
            lines += [Content(""), *paragraph(offer, width, "bold", CODE_WIDTH, (self.cut_key, "bold $key"))]
        return lines
