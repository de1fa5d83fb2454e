"""Why signatures, closings, reviews, testimonies and readiness answers are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.records import testimony, validation
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS, Closing
from sprintkit.records.parsing import parse_record
from sprintkit.records.readiness import AREAS, ReadinessAnswers
from sprintkit.records.review import Review
from sprintkit.records.signature import Signature
from tests.conftest import example
from tests.records.helpers import example_sprint, paths_and_codes, small_charter
from tests.records.test_parsing import SIGNATURE

CHARTER = parse_lenient(small_charter()).charter
CLOSING: dict[str, Any] = {
    "on": date(2026, 3, 27),
    "verdict": "operate",
    "decided_by": "ann",
    "acceptance_met": [True],
    "readiness_open": [],
    "handover_open": [],
    "cost_actual": 1000.0,
    "lesson": "ask earlier",
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"person": "olga", "party": "owner", "name": "olga  EXAMPLE"}, []),
        ({"person": "zoe"}, [("person", "unknown_person")]),
        ({"person": "max", "name": "Max Example"}, [("party", "party")]),
        ({"person": "max", "party": "tool", "name": "Max Example"}, [("person", "party")]),
        ({"party": "owner"}, [("party", "party")]),
        ({"name": "Bram"}, [("name", "name")]),
        ({"name": ""}, [("name", "missing")]),
        ({"digest": "0" * 12}, [("digest", "digest")]),
        ({"digest": "A" * 64}, [("digest", "digest")]),
        ({"decision": "reject"}, [("comment", "missing")]),
        ({"decision": "reject", "comment": "the deputy has no hours"}, []),
        ({"received": "email"}, [("proof", "missing"), ("recorded_by", "missing")]),
        ({"received": "paper", "proof": "folder 3", "recorded_by": "olga"}, []),
        (
            {"received": "paper", "proof": "folder 3", "recorded_by": "zoe"},
            [("recorded_by", "unknown_person")],
        ),
    ],
)
def test_an_invalid_signature_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    signature = parse_record(Signature, {**SIGNATURE, **fields})
    assert paths_and_codes(validation.validate_signature(signature, CHARTER)) == expected


def test_a_signature_needs_the_right_digest_and_the_right_party() -> None:
    signature = parse_record(Signature, SIGNATURE)
    assert validation.validate_signature(signature, CHARTER, digests={"0" * 64}) == []
    problems = validation.validate_signature(signature, CHARTER, digests={"1" * 64})
    assert paths_and_codes(problems) == [("digest", "digest")]
    other = parse_record(Signature, {**SIGNATURE, "person": "max", "party": "data", "name": "Max Example"})
    assert validation.validate_signature(other, CHARTER, parties=[("data", "max")]) == []


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_closings_and_reviews_of_the_examples_are_valid(name: str) -> None:
    sprint = example_sprint(name)
    assert validation.validate_closing(sprint.closing, sprint.charter) == []
    for index, review in enumerate(sprint.reviews):
        earlier = sprint.reviews[:index]
        assert validation.validate_review(review, sprint.charter, [sprint.closing], earlier) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"decided_by": "olga"}, [("decided_by", "not_sponsor")]),
        ({"decided_by": "zoe"}, [("decided_by", "unknown_person")]),
        ({"acceptance_met": []}, [("acceptance_met", "wrong_length")]),
        ({"acceptance_met": [True, True]}, [("acceptance_met", "wrong_length")]),
        ({"readiness_open": ["runbook", "speed"]}, [("readiness_open[1]", "unknown_production_promise")]),
        ({"handover_open": ["rights", "switched_off"]}, [("handover_open[1]", "unknown_handover_item")]),
        ({"handover_open": ["rights", "switched_off"], "verdict": "stop"}, []),
        ({"lesson": "\t"}, [("lesson", "missing")]),
        ({"cost_actual": -1.0}, [("cost_actual", "bound")]),
        ({"confirm_by": date(2026, 3, 1)}, [("confirm_by", "bound")]),
        ({"decide_by": date(2026, 3, 1)}, [("decide_by", "bound")]),
        ({"on": date(2026, 3, 1), "verdict": "stop"}, [("on", "before_start")]),
        ({"on": date(2026, 3, 2), "verdict": "stop"}, []),
    ],
)
def test_an_invalid_closing_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    closing = parse_record(Closing, {**CLOSING, **fields})
    assert paths_and_codes(validation.validate_closing(closing, CHARTER)) == expected


def test_a_sprint_is_closed_once_unless_the_first_closing_left_it_undecided() -> None:
    first = parse_record(Closing, CLOSING)
    assert paths_and_codes(validation.validate_closing(first, CHARTER, first)) == [("on", "closed")]
    undecided = first.model_copy(update={"decide_by": date(2026, 4, 10)})
    assert validation.validate_closing(first, CHARTER, undecided) == []


def test_the_checklists_have_12_handover_items_and_6_for_stopping() -> None:
    assert (len(HANDOVER_ITEMS), len(STOPPING_ITEMS)) == (12, 6)


REVIEW = example("lead.records")["reviews"][0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"month": "2026-4"}, [("month", "month")]),
        ({"month": "2026-13"}, [("month", "month")]),
        ({"month": "2026-02"}, [("month", "month")]),
        ({"month": "2026-05"}, [("month", "month_twice")]),
        ({"month": ""}, [("month", "missing")]),
        ({"decided_by": "zoe"}, [("decided_by", "unknown_person")]),
        ({"guardrails": {"speed": 1.0}}, [("guardrails.speed", "unknown_guardrail")]),
        ({"overrides_pct": 104.0, "cases": -1}, [("cases", "bound"), ("overrides_pct", "bound")]),
    ],
)
def test_an_invalid_review_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    sprint = example_sprint("lead")
    review = parse_record(Review, {**REVIEW, **fields})
    problems = validation.validate_review(review, sprint.charter, [sprint.closing], sprint.reviews[1:])
    assert paths_and_codes(problems) == expected


def test_only_an_operating_sprint_is_reviewed() -> None:
    sprint = example_sprint("lead")
    stopped = sprint.closing.model_copy(update={"verdict": "stop"})
    closings: list[Closing]
    for closings in ([], [stopped]):
        problems = validation.validate_review(sprint.reviews[0], sprint.charter, closings)
        assert paths_and_codes(problems) == [("month", "not_operating")]


def test_a_refused_month_has_a_hint_what_to_do_instead() -> None:
    sprint = example_sprint("lead")
    april, may = sprint.reviews
    hints = [
        problem.hint
        for closings in ([], [sprint.closing.model_copy(update={"verdict": "stop"})])
        for problem in validation.validate_review(april, sprint.charter, closings)
    ]
    assert hints == ["Close it first: sprintkit close SPRINT", "What was stopped has no reviews."]
    (twice,) = validation.validate_review(april, sprint.charter, [sprint.closing], [april, may])
    assert twice.hint == "Write 2026-06, the month that comes next."


def test_a_review_from_before_a_stop_stays_valid_and_a_new_one_is_refused() -> None:
    sprint = example_sprint("lead")
    april, may = sprint.reviews
    stopped_on = date(2026, 4, 30)
    closings = [sprint.closing.model_copy(update={"verdict": "stop", "on": stopped_on}), sprint.closing]
    assert validation.validate_review(april, sprint.charter, closings) == []
    problems = validation.validate_review(april, sprint.charter, closings, is_new=True)
    assert paths_and_codes(problems) == [("month", "not_operating")]
    (problem,) = validation.validate_review(may, sprint.charter, closings)
    assert problem.message == "month is 2026-05, after the sprint was stopped on 30 April 2026."


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([{"id": "Q1", "says": "me"}], []),
        ([], [("answers", "missing")]),
        ([{"id": "Q1", "says": ""}], [("answers[0].says", "missing")]),
        ([{"id": "Q9", "says": "me"}], [("answers[0].id", "unknown_case")]),
        ([{"id": "Q1", "says": "me"}, {"id": "Q1", "says": "you"}], [("answers[1].id", "answered_twice")]),
    ],
)
def test_an_invalid_testimony_is_refused(
    answers: list[dict[str, str]], expected: list[tuple[str, str]]
) -> None:
    sheet = parse_record(testimony.Testimony, {"who": "north rep", "answers": answers})
    assert paths_and_codes(validation.validate_testimony(sheet, CHARTER)) == expected


def test_a_parked_sheet_may_spell_the_path_of_a_question_in_any_way() -> None:
    document = small_charter(parked=[{"path": "plan.milestones.A.weight", "holder": "max"}])
    sheet = parse_record(
        testimony.ParkedSheet,
        {
            "who": "max",
            "answers": [
                {"path": "plan.milestones[0].weight", "value": 30},
                {"path": "plan.milestones.A.weight", "value": 31},
                {"path": "budget.currency", "value": "EUR"},
            ],
        },
    )
    assert paths_and_codes(validation.validate_parked_sheet(sheet, document)) == [
        ("answers[1].path", "answered_twice"),
        ("answers[2].path", "not_parked"),
    ]


def test_every_readiness_question_needs_an_answer_of_0_a_half_or_1() -> None:
    ids = [name for area in AREAS for name in area.question_ids]
    complete = parse_record(ReadinessAnswers, {"answers": dict.fromkeys(ids, 0.5)})
    assert validation.validate_readiness(complete) == []
    answers = {name: 1 for name in ids if name != "deputy"} | {"stop_line": 0.7}
    record = parse_record(ReadinessAnswers, {"answers": answers})
    assert paths_and_codes(validation.validate_readiness(record)) == [
        ("answers.deputy", "missing"),
        ("answers.stop_line", "answer"),
    ]
