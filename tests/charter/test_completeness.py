"""Missing answers are reported by their path, and answered questions are counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.charter import paths
from sprintkit.charter.completeness import count_answers, missing_core, missing_for_signoff, parked_core_paths
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


def test_a_lean_charter_with_one_entry_a_list_has_39_questions() -> None:
    parsed = parse_lenient(LEAN)
    assert count_answers(parsed) == (39, 39)
    assert missing_core(parsed) == []
    assert missing_for_signoff(parsed) == []


def test_an_empty_lean_draft_has_the_same_39_questions() -> None:
    assert count_answers(parse_lenient({"charter": {"depth": "lean"}})) == (0, 39)


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_the_strong_examples_miss_nothing(name: str) -> None:
    parsed = parse_lenient(example(name))
    assert missing_for_signoff(parsed) == []
    assert missing_core(parsed) == []
    answered, questions = count_answers(parsed)
    assert answered == questions


CORE_PATHS = (
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


@pytest.mark.parametrize("path", CORE_PATHS)
@pytest.mark.parametrize("state", ["absent", "blank", "empty"])
@pytest.mark.parametrize("depth", ["lean", "full"])
def test_any_single_missing_answer_of_the_core_is_the_only_gap(path: str, state: str, depth: str) -> None:
    document = paths.set_value(LEAN, "charter.depth", depth)
    if state == "absent":
        document = paths.delete_value(document, path)
    else:
        document = paths.set_value(document, path, " \u200b" if state == "blank" else [])
    gaps = missing_core(parse_lenient(document))
    assert [gap.path for gap in gaps] == [path]
    assert gaps[0].question.spec.prompt


@pytest.mark.parametrize(
    ("parked", "core_paths"),
    [
        ("success_metric.baseline", ["success_metric.baseline"]),
        ("data_requirements.Form.access", ["data_requirements[0].access"]),
        ("data_requirements.Form", ["data_requirements[0]"]),
        ("plan.milestones[0].weight", []),
        ("success_metric.formula", []),
    ],
)
def test_parked_questions_of_the_core_are_listed_by_their_index_path(
    parked: str, core_paths: list[str]
) -> None:
    document = {**LEAN, "parked": [{"path": parked, "holder": "Tunde", "due": date(2026, 2, 12)}]}
    assert parked_core_paths(parse_lenient(document)) == core_paths


def test_a_parked_question_does_not_count_as_answered() -> None:
    document = {**LEAN, "parked": [{"path": "success_metric.baseline", "holder": "Tunde"}]}
    assert count_answers(parse_lenient(document)) == (38, 39)


def test_a_guardrail_needs_only_one_of_its_two_limits() -> None:
    parsed = parse_lenient(example("price"))
    assert not any("at_most" in gap.path for gap in missing_for_signoff(parsed))
