"""Formats example answers for people: figures with what they count in brackets, and days in the near future."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.text.dates import format_short_date
from sprintkit.text.numbers import format_thousands

_LEAD: Final = timedelta(days=14)
"""The time from today to the start of a sprint that is about to be agreed."""


def strong_example(question: Question, today: date) -> str:
    """The strong example of a question; empty if there is none.

    A figure or a day is followed by an explanation in brackets, which is not part of the answer: `18 (inside sales reps
    on this month's rota)`. Days are moved by whole weeks, as if the sprint of the examples were about to start.
    """
    spec = question.spec
    if question.kind == "date" and spec.strong:
        day = format_short_date(_move_day(date.fromisoformat(spec.strong), today, spec.days == "past"))
        return f"{day} ({spec.strong_about})"
    if question.kind in ("number", "integer") and spec.strong:
        return f"{format_thousands(float(spec.strong))} ({spec.strong_about})"
    return spec.strong


def _move_day(day: date, today: date, is_past: bool) -> date:
    """The day of the examples that corresponds to `day` for a sprint that starts soon after `today`."""
    earliest = today + _LEAD
    example_start = date.fromisoformat(questions_by_path()["timeline.start"].spec.strong)
    start = earliest + timedelta(days=(example_start.weekday() - earliest.weekday()) % 7)
    moved = day + (start - example_start)
    return moved - timedelta(days=7) if is_past and moved > today else moved
