"""A lean charter answers for its core; what lies outside may be absent, and what is there is held to its rules."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import filled_in
from sprintkit.charter.rules import run_rules
from tests.rules.kit import changed, findings, lean, rules, told


def test_the_core_of_a_strong_charter_gives_no_finding_before_and_after_filling_in() -> None:
    assert findings(lean()) == []
    assert findings(filled_in(lean(), "lead-routing")) == []


def test_the_same_document_as_a_full_one_is_asked_for_the_rest() -> None:
    document = changed(lean(), {"charter.depth": None})
    assert {"GEN-002", "MET-006", "SCO-001", "RDY-001", "SIG-001", "DAT-002", "DAT-003"} <= rules(document)


OUTSIDE: list[dict[str, Any]] = [
    {"success_metric.guardrails": []},
    {"scope.cut_first": []},
    {"plan.readiness": []},
    {"plan.signatories": []},
    {"data_requirements[0].profiled": {}},
    {"data_requirements[0].looked_for": []},
    {"process.questions": [{"id": "Q1", "ask": "Who gets it?"}]},
    {"deliverable.acceptance[0].verifier": ""},
    {"plan.milestones[0].verifier": ""},
]


@pytest.mark.parametrize("change", OUTSIDE, ids=lambda change: next(iter(change)))
def test_what_is_absent_outside_the_core_is_not_asked_for(change: dict[str, Any]) -> None:
    assert findings(lean(change)) == []


INSIDE = [
    ({"owner.duties.monitors": ""}, "OWN-004", "owner.duties"),
    ({"deliverable.acceptance[0].evidence": ""}, "DEL-003", "deliverable.acceptance[0].evidence"),
    ({"plan.milestones[0].acceptance": ""}, "TIM-003", "plan.milestones"),
    ({"plan.milestones[0].due_week": None}, "TIM-003", "plan.milestones"),
    ({"success_metric.stop_line": None}, "GEN-002", "success_metric.stop_line"),
    ({"charter.title": " "}, "GEN-002", "charter.title"),
    ({"data_requirements": None}, "GEN-002", "data_requirements"),
]


@pytest.mark.parametrize(
    ("change", "rule", "path"), INSIDE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_core_is_needed(change: dict[str, Any], rule: str, path: str) -> None:
    assert told(lean(change)) == {(rule, path)}


HELD = [
    (
        {
            "success_metric.guardrails": [
                {"id": "a", "kind": "quality", "name": "re-assigned", "at_most": 6.0}
            ]
        },
        "MET-007",
    ),
    ({"data_requirements[0].looked_for": ["null"]}, "DAT-003"),
    ({"data_requirements[0].profiled": {"sample": "curated"}}, "DAT-002"),
    ({"data_requirements[0].defects": [{"kind": "null", "field": "company_name"}]}, "DAT-004"),
    ({"data_requirements[0].truth_for": ["site_postcode"]}, "DAT-006"),
    ({"plan.readiness": [{"item": "rollback", "skip": "no state"}]}, "RDY-001"),
    ({"plan.signatories": [{"party": "owner", "person": "odile"}]}, "SIG-001"),
    ({"plan.milestones[0].weight": 50.0}, "TIM-003"),
    ({"plan.milestones[0].category": "build"}, "TIM-004"),
    ({"owner.deputy": "odile"}, "OWN-006"),
    ({"owner.hours_per_week": 0.0}, "OWN-005"),
    ({"success_metric.direction": "increase"}, "MET-003"),
    ({"timeline.deadline": "2026-05-29"}, "TIM-001"),
    ({"budget.operations_per_month": 0.0}, "BUD-001"),
    ({"process.questions": [{"id": "Q1", "ask": "?", "answers": [{"who": "a", "says": "b"}]}]}, "PRO-003"),
]


@pytest.mark.parametrize(("change", "rule"), HELD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_there_is_held_to_its_rules(change: dict[str, Any], rule: str) -> None:
    assert rule in rules(lean(change))


def test_direction_and_deadline_are_taken_as_they_will_be_filled_in() -> None:
    assert rules(lean({"success_metric.target": 95.0})) == {"MET-003"}
    assert rules(lean({"success_metric.stop_line": 120.0})) == {"MET-004"}
    assert rules(lean({"success_metric.target_on": "2026-12-01"})) == {"TIM-001"}
    assert rules(lean({"owner.starts_on": "2026-03-28"})) == {"OWN-008"}
    assert rules(lean({"owner.starts_on": "2026-03-27"})) == set()


def test_only_categories_that_have_a_milestone_have_to_show_early() -> None:
    change = {f"plan.milestones[{at}].category": "build" for at in range(8)}
    document = lean({**change, "plan.milestones[6].category": "live", "plan.milestones[4].category": "data"})
    assert "TIM-005" not in rules(document)
    (finding,) = [
        one
        for one in findings(changed(document, {"plan.milestones[4].due_week": 5}))
        if one.rule == "TIM-005"
    ]
    assert finding.message.startswith("Data would only come up late.")


def test_equal_weights_filled_in_are_not_late_work() -> None:
    late = {f"plan.milestones[{at}].due_week": 6 for at in range(1, 8)}
    equal = {f"plan.milestones[{at}].weight": 12.5 for at in range(8)}
    assert "TIM-006" not in rules(lean({**late, **equal}))
    assert "TIM-006" in rules(
        lean({**late, **equal, "plan.milestones[0].weight": 10.5, "plan.milestones[1].weight": 14.5})
    )


def test_only_owner_and_sponsor_sign_unless_more_are_named() -> None:
    two = [{"party": "sponsor", "person": "bram"}, {"party": "owner", "person": "odile"}]
    assert findings(lean({"plan.signatories": two})) == []
    more = [*two, {"party": "process", "person": "suvi"}]
    assert rules(lean({"plan.signatories": more})) == {"SIG-002"}


def test_nothing_typed_yet_gives_only_what_is_missing() -> None:
    found = run_rules(parse_lenient({"charter": {"depth": "lean"}}))
    assert {finding.rule for finding in found} == {"GEN-002", "OWN-004"}
    full = {finding.rule for finding in run_rules(parse_lenient({}))}
    assert full == {"GEN-002", "OWN-004", "MET-006", "SCO-001", "RDY-001", "SIG-001"}
