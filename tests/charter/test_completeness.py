"""What is missing is named, and what is answered is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.charter import paths
from sprintkit.charter.completeness import core_missing, core_parked, counts, missing
from sprintkit.charter.parsing import parse_lenient
from tests.conftest import example

LEAN: dict[str, Any] = {
    "charter": {"title": "Every hire enquiry to one rep", "sponsor": "bram", "depth": "lean"},
    "people": {"bram": {"name": "Bram Yellowby"}, "odile": {"name": "Odile Tamsworth"}},
    "use_case": {
        "statement": "Assign every enquiry to one rep",
        "users": [{"role": "rep", "headcount": 18}],
        "current_way": "Two desk leads forward by email",
    },
    "owner": {
        "person": "odile",
        "duties": {
            "operates": "odile",
            "monitors": "odile",
            "decides_retraining": "odile",
            "handles_unresolved": "odile",
            "accountable_for_mistakes": "bram",
        },
    },
    "success_metric": {
        "name": "Minutes to first contact",
        "unit": "minutes",
        "baseline": 95,
        "target": 50,
        "target_on": date(2026, 5, 29),
        "stop_line": 80,
        "source": "CRM report",
    },
    "data_requirements": [
        {"name": "Form", "system": "CRM", "fields": ["a"], "data_owner": "odile", "access": "granted"}
    ],
    "integration_points": [{"tool": "CRM", "surface": "queue", "action": "Call", "fallback": "by hand"}],
    "deliverable": {
        "statement": "Routing runs live",
        "acceptance": [{"claim": "five days at 95%", "evidence": "export"}],
    },
    "timeline": {"start": date(2026, 2, 16), "weeks": 6},
    "plan": {
        "milestones": [
            {"title": "live", "due_week": 4, "acceptance": "audit"},
            {"title": "handed over", "due_week": 6, "acceptance": "runbook"},
        ]
    },
}


def test_a_lean_charter_with_one_of_each_has_39_questions() -> None:
    reading = parse_lenient(LEAN)
    assert counts(reading) == (39, 39)
    assert core_missing(reading) == []
    assert missing(reading) == []


def test_an_empty_lean_draft_asks_the_same_39() -> None:
    assert counts(parse_lenient({"charter": {"depth": "lean"}})) == (0, 39)


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_the_strong_examples_miss_nothing(name: str) -> None:
    reading = parse_lenient(example(name))
    assert missing(reading) == []
    assert core_missing(reading) == []
    answered, questions = counts(reading)
    assert answered == questions


LEAVES = [
    path
    for path in (
        "charter.title charter.sponsor use_case.statement use_case.users use_case.users[0].role "
        "use_case.users[0].headcount use_case.current_way owner.person owner.duties.operates owner.duties.monitors "
        "owner.duties.decides_retraining owner.duties.handles_unresolved owner.duties.accountable_for_mistakes "
        "success_metric.name success_metric.unit success_metric.baseline success_metric.target "
        "success_metric.target_on success_metric.stop_line success_metric.source data_requirements "
        "data_requirements[0].name data_requirements[0].system data_requirements[0].fields "
        "data_requirements[0].data_owner data_requirements[0].access integration_points integration_points[0].tool "
        "integration_points[0].surface integration_points[0].action integration_points[0].fallback "
        "deliverable.statement deliverable.acceptance deliverable.acceptance[0].claim "
        "deliverable.acceptance[0].evidence timeline.start timeline.weeks plan.milestones "
        "plan.milestones[0].title plan.milestones[0].due_week plan.milestones[0].acceptance"
    ).split()
]


@pytest.mark.parametrize("path", LEAVES)
@pytest.mark.parametrize("how", ["missing", "blank", "empty"])
@pytest.mark.parametrize("depth", ["lean", "full"])
def test_without_any_one_of_the_core_there_is_no_charter(path: str, how: str, depth: str) -> None:
    document = paths.set_value(LEAN, "charter.depth", depth)
    if how == "missing":
        document = paths.delete(document, path)
    else:
        document = paths.set_value(document, path, " \u200b" if how == "blank" else [])
    gaps = core_missing(parse_lenient(document))
    assert [gap.path for gap in gaps] == [path]
    assert gaps[0].question.told.ask


@pytest.mark.parametrize(
    ("parked", "kept_from"),
    [
        ("success_metric.baseline", ["success_metric.baseline"]),
        ("data_requirements.Form.access", ["data_requirements[0].access"]),
        ("data_requirements.Form", ["data_requirements[0]"]),
        ("plan.milestones[0].weight", []),
        ("success_metric.formula", []),
    ],
)
def test_a_parked_core_question_keeps_a_charter_from_being(parked: str, kept_from: list[str]) -> None:
    document = {**LEAN, "parked": [{"path": parked, "holder": "Tunde", "due": date(2026, 2, 12)}]}
    assert core_parked(parse_lenient(document)) == kept_from


def test_parked_questions_are_not_answered() -> None:
    document = {**LEAN, "parked": [{"path": "success_metric.baseline", "holder": "Tunde"}]}
    assert counts(parse_lenient(document)) == (38, 39)


def test_one_limit_is_enough_for_a_guardrail() -> None:
    reading = parse_lenient(example("price"))
    assert not any("at_most" in gap.path for gap in missing(reading))
