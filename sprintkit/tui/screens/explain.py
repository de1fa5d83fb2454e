"""Every reason of the health explained: its rule, the numbers it used, what would clear it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.actions.status.attention import HEALTH_MEANS
from sprintkit.progress.health import REASONS
from sprintkit.progress.progress import Progress
from sprintkit.tui import wording
from sprintkit.tui.sprint_page.lines import Lines, text
from sprintkit.tui.sprint_page.status import explained
from sprintkit.tui.widgets.dialog import TextDialog


class ExplainScreen(TextDialog[None]):
    """Opened by one key from the sprint page."""

    ABOUT = "Every reason that holds: its rule, the numbers it used, and what would clear it."
    BINDINGS: ClassVar[list[BindingType]] = [("e,enter", "dismiss", "close")]
    KEYS = "Computed from the records; nobody can overrule it.   Esc closes"

    def __init__(self, found: Progress) -> None:
        super().__init__()
        self.found = found

    def text(self, width: int) -> Content:
        mark = wording.HEALTH[self.found.health]
        word = f"{mark.sign} {mark.word.upper()}"
        lines: Lines = [text((word, f"bold {mark.style}"), (f"  {HEALTH_MEANS[self.found.health]}", ""))]
        rules = {kind.code: kind.rule for kind in REASONS}
        for reason in self.found.reasons:
            lines += [Content(""), *explained(reason, rules[reason.code], width)]
        return Content("\n").join(lines)
