"""The last look before saving: what the record says, the votes revealed together, and what it all comes to."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.actions.form.record_form import Preview, RecordSummary
from sprintkit.tui import commands
from sprintkit.tui.screens.form.outcome import outcome, revealed, summary_lines
from sprintkit.tui.sprint_page.lines import Lines, title
from sprintkit.tui.widgets.dialog import TextDialog


class ReviewScreen(TextDialog[bool]):
    """Enter saves, Escape goes back to the form."""

    SCOPE = "outcome"
    ABOUT = "Nothing is on disk yet but the draft. The votes are shown here for the first time."
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("outcome")
    KEYS = "Enter saves it   Esc goes back"

    def __init__(self, summary: RecordSummary, found: Preview) -> None:
        super().__init__()
        self.summary = summary
        self.found = found

    def text(self, width: int) -> Content:
        lines: Lines = [
            title(self.summary.title, self.summary.note),
            *revealed(self.found, width),
            *summary_lines(self.summary, width),
            Content(""),
            title("Where the sprint stands with it"),
            *outcome(self.found, width),
        ]
        return Content("\n").join(lines)

    def action_agree(self) -> None:
        self.dismiss(True)

    def action_back(self) -> None:
        self.dismiss(False)
