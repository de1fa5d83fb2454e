"""A lean charter needs only its core. The rest may be absent, but whatever is present must follow its rules."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import run_rules
from sprintkit.charter.rules.sign_gate import check_sign_gate
from tests.rules.helpers import findings_on, lean_charter, reported_paths, reported_rules, with_changes


def test_the_core_of_a_strong_charter_has_no_findings_with_or_without_prefill() -> None:
    assert findings_on(lean_charter()) == []
    assert findings_on(fill_in(lean_charter(), "lead-routing")) == []


def test_the_same_document_as_a_full_charter_lacks_the_rest() -> None:
    document = with_changes(lean_charter(), {"charter.depth": None})
    assert {"GEN-002", "MET-006", "SCO-001", "RDY-001", "SIG-001", "DAT-002", "DAT-003"} <= reported_rules(
        document
    )


OUTSIDE_THE_CORE: list[dict[str, Any]] = [
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


@pytest.mark.parametrize("change", OUTSIDE_THE_CORE, ids=lambda change: next(iter(change)))
def test_nothing_outside_the_core_is_required(change: dict[str, Any]) -> None:
    assert findings_on(lean_charter(change)) == []


IN_THE_CORE = [
    ({"owner.duties.monitors": ""}, "OWN-004", "owner.duties"),
    ({"deliverable.acceptance[0].evidence": ""}, "DEL-003", "deliverable.acceptance[0].evidence"),
    ({"plan.milestones[0].acceptance": ""}, "TIM-003", "plan.milestones"),
    ({"plan.milestones[0].due_week": None}, "TIM-003", "plan.milestones"),
    ({"success_metric.stop_line": None}, "GEN-002", "success_metric.stop_line"),
    ({"charter.title": " "}, "GEN-002", "charter.title"),
    ({"data_requirements": None}, "GEN-002", "data_requirements"),
]


@pytest.mark.parametrize(
    ("change", "rule", "path"), IN_THE_CORE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_answer_missing_in_the_core_is_reported(change: dict[str, Any], rule: str, path: str) -> None:
    assert reported_paths(lean_charter(change)) == {(rule, path)}


FAULTY_EXTRAS = [
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
    ({"plan.milestones[6].due_week": 6}, "TIM-004"),
    ({"owner.deputy": "odile"}, "OWN-006"),
    ({"owner.hours_per_week": 0.0}, "OWN-005"),
    ({"success_metric.direction": "increase"}, "MET-003"),
    ({"timeline.deadline": "2026-05-29"}, "TIM-001"),
    ({"budget.operations_per_month": 0.0}, "BUD-001"),
    ({"process.questions": [{"id": "Q1", "ask": "?", "answers": [{"who": "a", "says": "b"}]}]}, "PRO-003"),
]


@pytest.mark.parametrize(
    ("change", "rule"), FAULTY_EXTRAS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_whatever_is_present_must_follow_its_rules(change: dict[str, Any], rule: str) -> None:
    assert rule in reported_rules(lean_charter(change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"plan.milestones[6].due_week": 6}, "Go live a week before the end at the latest (by week 5)"),
        ({"plan.milestones[6].category": None}, "Nothing goes live"),
        ({"plan.milestones[6].category": "build"}, "Nothing goes live"),
    ],
)
def test_going_live_late_or_not_at_all_is_a_warning(change: dict[str, Any], message: str) -> None:
    (finding,) = findings_on(lean_charter(change))
    assert (finding.rule, finding.severity, finding.path) == ("TIM-004", "warning", "plan.milestones")
    assert finding.message.startswith(message)


def test_a_waived_go_live_does_not_close_a_gate() -> None:
    waiver = {
        "rule": "TIM-004",
        "path": "plan.milestones",
        "reason": "it goes live with the next",
        "by": "bram",
    }
    document = lean_charter({"plan.milestones[6].category": None, "waivers": [waiver]})
    assert check_sign_gate(parse_lenient(document), findings_on(document)) == []


def test_a_missing_direction_or_deadline_is_judged_as_it_will_be_filled_in() -> None:
    assert reported_rules(lean_charter({"success_metric.target": 95.0})) == {"MET-003"}
    assert reported_rules(lean_charter({"success_metric.stop_line": 120.0})) == {"MET-004"}
    assert reported_rules(lean_charter({"success_metric.target_on": "2026-12-01"})) == {"TIM-001"}
    assert reported_rules(lean_charter({"owner.starts_on": "2026-03-28"})) == {"OWN-008"}
    assert reported_rules(lean_charter({"owner.starts_on": "2026-03-27"})) == set()


def test_only_categories_with_a_milestone_need_an_early_one() -> None:
    build = {f"plan.milestones[{index}].category": "build" for index in range(8)}
    document = lean_charter(
        {**build, "plan.milestones[6].category": "live", "plan.milestones[4].category": "data"}
    )
    assert "TIM-005" not in reported_rules(document)
    findings = findings_on(with_changes(document, {"plan.milestones[4].due_week": 5}))
    (finding,) = [finding for finding in findings if finding.rule == "TIM-005"]
    assert finding.message.startswith("Data would only come up late.")


def test_equal_prefilled_weights_are_not_late_points() -> None:
    late = {f"plan.milestones[{index}].due_week": 6 for index in range(1, 8)}
    equal = {f"plan.milestones[{index}].weight": 12.5 for index in range(8)}
    assert "TIM-006" not in reported_rules(lean_charter({**late, **equal}))
    assert "TIM-006" in reported_rules(
        lean_charter({**late, **equal, "plan.milestones[0].weight": 10.5, "plan.milestones[1].weight": 14.5})
    )


def test_owner_and_sponsor_are_the_only_parties_unless_others_are_named() -> None:
    signatories = [{"party": "sponsor", "person": "bram"}, {"party": "owner", "person": "odile"}]
    assert findings_on(lean_charter({"plan.signatories": signatories})) == []
    process = {"party": "process", "person": "suvi"}
    assert reported_rules(lean_charter({"plan.signatories": [*signatories, process]})) == {"SIG-002"}


def test_an_empty_charter_has_only_findings_about_what_is_missing() -> None:
    lean = {finding.rule for finding in run_rules(parse_lenient({"charter": {"depth": "lean"}}))}
    assert lean == {"GEN-002", "OWN-004"}
    full = {finding.rule for finding in run_rules(parse_lenient({}))}
    assert full == {"GEN-002", "OWN-004", "MET-006", "SCO-001", "RDY-001", "SIG-001"}


CHANGED_CORE: list[dict[str, Any]] = [
    {"success_metric.target": 10.0},
    {"success_metric.target": 200.0},
    {"success_metric.stop_line": 20.0},
    {"success_metric.unit": "%", "success_metric.baseline": 95.0, "success_metric.target": 5.0},
    {"people.odile.name": "Corin Halfmoon and Dessa Rookley"},
    {"people.odile.name": "the data team"},
    {"success_metric.name": "model accuracy"},
    {"plan.milestones[0].acceptance": "it works"},
    {"deliverable.acceptance[0].evidence": "it is done"},
    {"integration_points[0].tool": "new dashboard"},
    {"use_case.statement": "use AI to improve handling"},
]
"""Answers of the core that rules object to."""
CORE_KEYS = {question.key for question in questions_by_path().values() if question.spec.is_core}
ORDINARY_WORDS = {
    "number", "question", "measure", "process", "reason", "sample", "at least", "person", "points",
}  # fmt: skip
"""Names of fields that a message may use in another sense."""
NOT_ASKED = re.compile(
    "|".join(
        rf"\b{re.escape(name)}\b"
        for question in questions_by_path().values()
        if question.is_leaf and not question.spec.is_core
        for name in {question.key, question.spec.label.lower()} - CORE_KEYS - ORDINARY_WORDS
        if len(name) > 5
    ),
    re.IGNORECASE,
)
"""Names of fields that a lean session does not ask for."""


@pytest.mark.parametrize("change", CHANGED_CORE, ids=lambda change: " ".join(map(str, change.items())))
def test_a_message_names_only_what_a_lean_session_asks(change: dict[str, Any]) -> None:
    findings = findings_on(lean_charter(change))
    assert findings
    for finding in findings:
        assert not NOT_ASKED.search(finding.message), finding
        assert not re.search(r"\b\d{4}-\d\d-\d\d\b", finding.message), "dates are written in words"
