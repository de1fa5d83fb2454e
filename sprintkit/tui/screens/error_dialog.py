"""A dialog for an expected failure: what is wrong, where, and what to do."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from sprintkit.errors import Problem
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.widgets.dialog import TextDialog


class ErrorDialog(TextDialog[None]):
    """Enter or Escape closes it, `c` copies its text."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter", "dismiss", "close"), ("c", "copy", "copy")]
    KEYS = "Esc closes this   c copies it"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.text(100).plain)
        self.app.notify("Copied.", markup=False)

    def text(self, width: int) -> Content:
        lines: Lines = [title("That did not work", style="bold $error")]
        for problem in self.problems:
            place = f"{problem.path}: " if problem.path else ""
            lines += [Content(""), *paragraph(f"{place}{problem.message}", width)]
            if problem.hint:
                lines += paragraph(problem.hint, width, "$success")
        return Content("\n").join(lines)
