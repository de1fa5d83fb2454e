"""The last look before saving: what the record says, the votes revealed together, and the resulting health."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.actions.form.record_form import Preview, RecordSummary
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, title
from sprintkit.tui.screens.form.preview_lines import outcome_lines, summary_lines, vote_lines
from sprintkit.tui.widgets.dialog import TextDialog


class RecordReviewScreen(TextDialog[bool]):
    """Dismissed with True to save the record, or with False to go back to the form."""

    SCOPE = "outcome"
    ABOUT = "Nothing is saved yet except the draft. The votes are shown here for the first time."
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("outcome")
    KEYS = "Enter saves it   Esc goes back"

    def __init__(self, summary: RecordSummary, preview: Preview) -> None:
        super().__init__()
        self.summary = summary
        self.preview = preview

    def text(self, width: int) -> Content:
        lines: Lines = [
            title(self.summary.title, self.summary.note),
            *vote_lines(self.preview, width),
            *summary_lines(self.summary, width),
            Content(""),
            title("What the records suggest" if self.preview.verdict else "The sprint with this record"),
            *outcome_lines(self.preview, width),
        ]
        return Content("\n").join(lines)

    def action_agree(self) -> None:
        self.dismiss(True)

    def action_back(self) -> None:
        self.dismiss(False)
