"""Agreement: the probability that two of the people asked, drawn at random, gave the same answer."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.agreement import charter_agreement, pairwise_agreement
from sprintkit.charter.parsing import parse_lenient
from tests.conftest import example
from tests.rules.helpers import lead_charter


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("lead", 0.20, 1.0), ("price", 0.10, 1.0), ("referral", 0.60, 1.0), ("weak", 0.00, None)],
)
def test_the_examples_have_their_published_agreement(name: str, before: float, after: float | None) -> None:
    agreement = charter_agreement(parse_lenient(example(name)).charter)
    assert agreement.before == pytest.approx(before)
    assert agreement.after == after


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([1, 1, 1, 1, 1], 0.0), ([2, 2, 1], 0.2), ([4, 1], 0.6), ([5], 1.0), ([1], None), ([], None)],
)
def test_agreement_follows_from_the_sizes_of_the_groups(sizes: list[int], expected: float | None) -> None:
    assert pairwise_agreement(sizes) == (pytest.approx(expected) if expected is not None else None)


def charter_with_answers(*answers: tuple[str, str, str | None], **settlement: Any) -> dict[str, Any]:
    """The lead charter with one question, answered by (who, says, group) and settled as given."""
    entries = [
        {"who": who, "says": says, **({"group": group} if group else {})} for who, says, group in answers
    ]
    return lead_charter(
        {"process.questions": [{"id": "Q1", "ask": "Who gets it?", "answers": entries, **settlement}]}
    )


def test_equal_answers_form_a_group_that_other_answers_join_only_by_its_name() -> None:
    document = charter_with_answers(
        ("a", "The  depot", None), ("b", "the depot", None), ("c", "depot", None), ("d", "?", "DEPOT")
    )
    (case,) = charter_agreement(parse_lenient(document).charter).cases
    groups = [(group.name, group.people) for group in case.groups]
    assert groups == [("The  depot", ("a", "b")), ("depot", ("c", "d"))]


def test_an_answer_without_a_group_joins_the_group_of_an_equal_answer() -> None:
    document = charter_with_answers(
        ("a", "the depot", "site"), ("b", "The depot", None), ("c", "the holder", None)
    )
    (case,) = charter_agreement(parse_lenient(document).charter).cases
    assert [(group.name, group.people) for group in case.groups] == [
        ("site", ("a", "b")),
        ("the holder", ("c",)),
    ]


def test_a_person_counts_once_and_a_blank_answer_does_not_count() -> None:
    document = charter_with_answers(("a", "x", None), ("A ", "y", None), ("b", " ", None), ("c", "x", None))
    (case,) = charter_agreement(parse_lenient(document).charter).cases
    assert [group.people for group in case.groups] == [("a", "c")]
    assert case.before == 1.0


def test_after_settling_those_who_accepted_join_the_settled_group() -> None:
    answers = [
        ("a", "x", "one"),
        ("b", "y", "two"),
        ("c", "z", "three"),
        ("d", "x", "one"),
        ("e", "y", "two"),
    ]
    document = charter_with_answers(*answers, settled="x it is", settled_group="ONE", accepted_by=["B"])
    (case,) = charter_agreement(parse_lenient(document).charter).cases
    assert case.before == pytest.approx(0.2)
    assert case.after == pytest.approx(0.3)
    assert case.holdouts == ("e", "c")


def test_a_question_settled_by_an_answer_nobody_gave_and_nobody_accepted_has_no_agreement() -> None:
    document = charter_with_answers(
        ("a", "x", None), ("b", "y", None), settled="z", settled_group="new", accepted_by=[]
    )
    (case,) = charter_agreement(parse_lenient(document).charter).cases
    assert (case.before, case.after, case.holdouts) == (0.0, 0.0, ("a", "b"))


def test_the_agreement_of_a_sprint_is_the_mean_of_its_questions() -> None:
    first = lead_charter()["process"]["questions"][0]
    agreed = {"id": "Q2", "ask": "?", "answers": [{"who": "a", "says": "x"}, {"who": "b", "says": "x"}]}
    unanswered = {"id": "Q3", "ask": "Nobody yet"}
    document = lead_charter({"process.questions": [first, agreed, unanswered]})
    agreement = charter_agreement(parse_lenient(document).charter)
    assert agreement.before == pytest.approx(0.6)
    assert agreement.after == pytest.approx(1.0)


def test_without_questions_there_is_no_agreement() -> None:
    agreement = charter_agreement(parse_lenient(lead_charter({"process.questions": None})).charter)
    assert (agreement.before, agreement.after, agreement.cases) == (None, None, ())
