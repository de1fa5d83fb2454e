"""Examples shown beside a question are answers to it, and cannot be taken for the answer of this sprint."""

from __future__ import annotations

from datetime import date

import pytest

from sprintkit.actions.examples import strong_example
from sprintkit.actions.session.values import parse_answer, parse_choice
from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.text.date_parsing import parse_date

TODAYS = (date(2026, 2, 5), date(2026, 11, 29), date(2031, 12, 31))
WITH_EXAMPLES = {
    pattern: question for pattern, question in questions_by_path().items() if question.spec.strong
}


@pytest.mark.parametrize("question", WITH_EXAMPLES.values(), ids=list(WITH_EXAMPLES))
def test_an_example_is_an_answer_of_the_kind_that_is_asked_for(question: Question) -> None:
    strong = question.spec.strong
    value = parse_answer(question, strong, {})
    kinds = {"integer": int, "number": (int, float), "date": date, "bool": bool}
    assert isinstance(value, kinds.get(question.kind, (str, list))), value
    if question.kind in ("integer", "number", "date"):
        assert question.spec.strong_about
        for today in TODAYS:
            shown, about = strong_example(question, today).split(" (", 1)
            assert about == f"{question.spec.strong_about})"
            assert isinstance(parse_answer(question, shown, {}, today=today), kinds[question.kind]), shown
    else:
        assert strong_example(question, TODAYS[0]) == strong
    if question.kind == "choice":
        assert parse_choice(question.choices, strong) in question.choices


@pytest.mark.parametrize("today", TODAYS)
def test_the_days_of_examples_can_still_be_answered_with(today: date) -> None:
    for pattern, question in WITH_EXAMPLES.items():
        if question.kind != "date":
            continue
        day = parse_date(strong_example(question, today).partition(" (")[0])
        assert day is not None, pattern
        if question.spec.days == "past":
            assert day <= today, pattern
        else:
            assert day > today, pattern
        if pattern == "timeline.start":
            assert day.weekday() == 0
