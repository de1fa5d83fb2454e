"""Agreement: the chance that two of the people asked, drawn at random, gave the same answer."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.agreement import agreement, agreement_of
from sprintkit.charter.parsing import parse_lenient
from tests.conftest import example
from tests.rules.kit import lead


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("lead", 0.20, 1.0), ("price", 0.10, 1.0), ("referral", 0.60, 1.0), ("weak", 0.00, None)],
)
def test_the_examples_agree_as_written_down(name: str, before: float, after: float | None) -> None:
    found = agreement(parse_lenient(example(name)).charter)
    assert found.before == pytest.approx(before)
    assert found.after == after


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([1, 1, 1, 1, 1], 0.0), ([2, 2, 1], 0.2), ([4, 1], 0.6), ([5], 1.0), ([1], None), ([], None)],
)
def test_worked_figures(sizes: list[int], expected: float | None) -> None:
    assert agreement_of(sizes) == (pytest.approx(expected) if expected is not None else None)


def asked(*answers: tuple[str, str, str | None], **settled: Any) -> dict[str, Any]:
    given = [
        {"who": who, "says": says, **({"group": group} if group else {})} for who, says, group in answers
    ]
    return lead({"process.questions": [{"id": "Q1", "ask": "Who gets it?", "answers": given, **settled}]})


def test_equal_answers_are_one_group_and_others_join_by_name_only() -> None:
    document = asked(
        ("a", "The  depot", None), ("b", "the depot", None), ("c", "depot", None), ("d", "?", "DEPOT")
    )
    (question,) = agreement(parse_lenient(document).charter).questions
    groups = [(group.name, group.people) for group in question.groups]
    assert groups == [("The  depot", ("a", "b")), ("depot", ("c", "d"))]


def test_an_answer_without_a_group_joins_the_same_words_that_have_one() -> None:
    document = asked(("a", "the depot", "site"), ("b", "The depot", None), ("c", "the holder", None))
    (question,) = agreement(parse_lenient(document).charter).questions
    assert [(group.name, group.people) for group in question.groups] == [
        ("site", ("a", "b")),
        ("the holder", ("c",)),
    ]


def test_a_person_counts_once_and_blank_answers_not_at_all() -> None:
    document = asked(("a", "x", None), ("A ", "y", None), ("b", " ", None), ("c", "x", None))
    (question,) = agreement(parse_lenient(document).charter).questions
    assert [group.people for group in question.groups] == [("a", "c")]
    assert question.before == 1.0


def test_after_settling_who_accepted_counts_to_the_rule() -> None:
    answers = [
        ("a", "x", "one"),
        ("b", "y", "two"),
        ("c", "z", "three"),
        ("d", "x", "one"),
        ("e", "y", "two"),
    ]
    document = asked(*answers, settled="x it is", settled_group="ONE", accepted_by=["B"])
    (question,) = agreement(parse_lenient(document).charter).questions
    assert question.before == pytest.approx(0.2)
    assert question.after == pytest.approx(0.3)
    assert question.waiting == ("e", "c")


def test_a_new_rule_is_nobodys_answer() -> None:
    document = asked(("a", "x", None), ("b", "y", None), settled="z", settled_group="new", accepted_by=[])
    (question,) = agreement(parse_lenient(document).charter).questions
    assert (question.before, question.after, question.waiting) == (0.0, 0.0, ("a", "b"))


def test_a_sprint_agrees_as_the_mean_of_its_questions() -> None:
    document = lead()
    question = document["process"]["questions"][0]
    alone = {
        "id": "Q2",
        "ask": "And at night?",
        "answers": [{"who": "a", "says": "x"}, {"who": "b", "says": "x"}],
    }
    found = agreement(
        parse_lenient(
            lead({"process.questions": [question, alone, {"id": "Q3", "ask": "Nobody yet"}]})
        ).charter
    )
    assert found.before == pytest.approx(0.6)
    assert found.after == pytest.approx(1.0)


def test_nobody_asked_is_no_figure() -> None:
    found = agreement(parse_lenient(lead({"process.questions": None})).charter)
    assert (found.before, found.after, found.questions) == (None, None, ())
