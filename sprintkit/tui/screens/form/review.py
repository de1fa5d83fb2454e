"""The last look before saving: what the record says, the votes revealed together, and what it all comes to."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.actions.checkin.checkin import Preview
from sprintkit.records.checkin import CheckIn
from sprintkit.tui import commands
from sprintkit.tui.screens.form.outcome import outcome, revealed, summary
from sprintkit.tui.sprint_page.lines import Lines, title
from sprintkit.tui.widgets.dialog import TextDialog


class ReviewScreen(TextDialog[bool]):
    """Enter saves, Escape goes back to the form."""

    SCOPE = "outcome"
    ABOUT = "Nothing is on disk yet but the draft. The votes are shown here for the first time."
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("outcome")
    KEYS = "Enter saves it   Esc goes back"

    def __init__(self, record: dict[str, Any], found: Preview, corrected: CheckIn | None) -> None:
        super().__init__()
        self.record = record
        self.found = found
        self.corrected = corrected
        """The entry that the record puts right, if it does."""

    def text(self, width: int) -> Content:
        what = "correction" if self.corrected else "check-in"
        lines: Lines = [
            title(f"This {what}", f"of week {self.record.get('week')}; saved once and never edited"),
            *([] if self.corrected else revealed(self.found, width)),
            *summary(self.record, self.found, width, self.corrected),
            Content(""),
            title("Where the sprint stands with it"),
            *outcome(self.found, width),
        ]
        return Content("\n").join(lines)

    def action_agree(self) -> None:
        self.dismiss(True)

    def action_back(self) -> None:
        self.dismiss(False)
