"""Every reason of the health explained: its rule, the numbers it used, what would clear it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ...progress.health import REASONS
from ...progress.progress import Progress
from .. import wording
from ..sheet.lines import Lines, text
from ..sheet.standing import explained


class ExplainScreen(ModalScreen[None]):
    """Opened by one key from the sprint page."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,e,q,enter", "dismiss", "close")]

    def __init__(self, found: Progress) -> None:
        super().__init__()
        self.found = found

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Lays the reasons out in the width of the dialog."""
        width = min(100, self.size.width * 9 // 10) - 10
        mark = wording.HEALTH[self.found.health]
        lines: Lines = [
            text(
                (f"{mark.sign} {mark.word.upper()}", f"bold {mark.style}"),
                (f"  {wording.HEALTH_MEANS[self.found.health]}", ""),
            )
        ]
        rules = {kind.code: kind.rule for kind in REASONS}
        for reason in self.found.reasons:
            lines += [Content(""), *explained(reason, rules[reason.code], width)]
        lines += [
            Content(""),
            text(("Computed from the records; nobody can overrule the word.  Esc closes this.", "$faint")),
        ]
        self.query_one(Static).update(Content("\n").join(lines))
