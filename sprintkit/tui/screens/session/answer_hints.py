"""Hints for the row in focus: how to answer it, what Enter does on it, and where to type instead."""

from __future__ import annotations

from collections.abc import Sequence

from sprintkit.actions.session.rows import Row
from sprintkit.actions.session.values import splits_at_commas
from sprintkit.charter.question_bank import Question
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.options import MultipleChoice, OptionPicker, SingleChoice

_ROW_HINTS = {
    "item": "Enter opens it.  F9 copies, moves or deletes it, ctrl+t adds one.",
    "add": "Enter adds it.",
    "suggested": "Enter adds them; each can be changed afterwards.",
    "cases": "Enter opens them: who said what, which answers are the same, what is settled.",
    "more": "Enter shows or hides them.",
}
_WHERE_TO_TYPE = {
    "item": "Enter opens it; type into its questions.",
    "add": "Enter adds it; then type.",
}


def answer_hint(
    question: Question, control: TextEditor | OptionPicker | None, completions: Sequence[str]
) -> str:
    """Return how to answer a question in its control; empty if that is obvious."""
    if isinstance(control, OptionPicker):
        arrows = "↑ ↓" if control.is_vertical else "← →"
        if isinstance(control, SingleChoice):
            return f"{arrows} or the first letters."
        assert isinstance(control, MultipleChoice)
        by_name = "their names" if control.names.are_numbered else "their numbers"
        return f"{arrows} and Space, or {by_name}; * is all of them."
    if question.kind == "person":
        return "" if completions else "First and last name; typed once, known from then on."
    if question.kind == "texts":
        return "Separate them with commas." if splits_at_commas(question) else "One per line."
    if question.kind == "date":
        return "Day and month; the year can be left out. ctrl+l opens a calendar."
    return ""


def row_hint(row: Row) -> str:
    """Return what Enter does on a row that takes no answer; empty for a heading."""
    return _ROW_HINTS.get(row.kind, "")


def where_to_type(row: Row | None) -> str:
    """Return where to type instead, for a row that takes no answer."""
    return _WHERE_TO_TYPE.get(row.kind if row else "", "↓ and Enter go to the next question.")
