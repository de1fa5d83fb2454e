"""A warning is waived at one path, with a reason and a name. An error is never waived."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import build_waivers, check_sign_gate, run_rules
from tests.rules.helpers import findings_on, lead_charter

REASON = {"reason": "the union agreed", "by": "bram"}


def charter_with_waivers(change: dict[str, Any], *waivers: dict[str, str]) -> dict[str, Any]:
    return lead_charter({**change, "waivers": [{**REASON, **waiver} for waiver in waivers]})


def test_a_waiver_marks_the_warning_at_its_path() -> None:
    (finding,) = findings_on(
        charter_with_waivers({"scope.cut_first": []}, {"rule": "SCO-001", "path": "scope.cut_first"})
    )
    assert (finding.rule, finding.waived) == ("SCO-001", True)


@pytest.mark.parametrize(
    "path",
    [
        "data_requirements[0].looked_for",
        'data_requirements."Web enquiry form".looked_for',
        "data_requirements.'Web enquiry form'.looked_for",
    ],
)
def test_the_path_of_a_waiver_may_name_the_item(path: str) -> None:
    change = {"data_requirements[0].looked_for": ["null"]}
    (finding,) = findings_on(charter_with_waivers(change, {"rule": "DAT-003", "path": path}))
    assert finding.waived


def test_a_waiver_covers_only_its_own_path() -> None:
    change: dict[str, Any] = {
        "data_requirements[0].looked_for": ["null"],
        "data_requirements[1].looked_for": ["null"],
    }
    findings = findings_on(
        charter_with_waivers(change, {"rule": "DAT-003", "path": "data_requirements[1].looked_for"})
    )
    assert [finding.waived for finding in findings] == [False, True]


@pytest.mark.parametrize("missing", ["reason", "by"])
def test_a_waiver_without_reason_or_name_covers_nothing(missing: str) -> None:
    waiver = {"rule": "SCO-001", "path": "scope.cut_first", missing: ""}
    findings = findings_on(charter_with_waivers({"scope.cut_first": []}, waiver))
    assert {(finding.rule, finding.waived) for finding in findings} == {
        ("GEN-002", False),
        ("SCO-001", False),
    }


def test_an_error_is_never_waived() -> None:
    change = {"success_metric.target": 120.0}
    findings = findings_on(charter_with_waivers(change, {"rule": "MET-003", "path": "success_metric.target"}))
    assert [(finding.rule, finding.severity, finding.waived) for finding in findings] == [
        ("MET-003", "error", False),
        ("WAIVER", "warning", False),
    ]
    assert "errors are fixed, not waived" in findings[1].message


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("SCO-001", "scope.cut_first"),
        ("DEL-002", "deliverable.statement"),
        ("XYZ-001", "scope"),
        ("SCO-001", "plan.milestones.M99"),
        ("SCO-001", "]["),
    ],
)
def test_a_waiver_without_a_finding_is_reported_as_idle(rule: str, path: str) -> None:
    (finding,) = findings_on(charter_with_waivers({}, {"rule": rule, "path": path}))
    assert (finding.rule, finding.severity, finding.path) == ("WAIVER", "warning", "waivers[0]")


def test_the_waiver_of_a_suppressed_finding_is_idle() -> None:
    change = {"success_metric.target": 120.0}
    findings = findings_on(
        charter_with_waivers(change, {"rule": "MET-004", "path": "success_metric.stop_line"})
    )
    assert [finding.rule for finding in findings] == ["MET-003", "WAIVER"]


def test_the_sign_gate_opens_when_every_warning_is_waived() -> None:
    change: dict[str, Any] = {"scope.cut_first": [], "deliverable.users_on_day_one": 9}
    scope_waiver = {"rule": "SCO-001", "path": "scope.cut_first"}
    users_waiver = {"rule": "DEL-004", "path": "deliverable.users_on_day_one"}
    partly_waived = parse_lenient(charter_with_waivers(change, scope_waiver))
    (problem,) = check_sign_gate(partly_waived, run_rules(partly_waived))
    assert (problem.code, problem.message.split(":")[0]) == ("DEL-004", "deliverable.users_on_day_one")
    fully_waived = parse_lenient(charter_with_waivers(change, scope_waiver, users_waiver))
    assert check_sign_gate(fully_waived, run_rules(fully_waived)) == []


def test_an_error_and_a_parked_question_keep_the_sign_gate_closed() -> None:
    parked = [{"path": "success_metric.baseline", "holder": "Tunde Okonfield"}]
    parsed = parse_lenient(lead_charter({"owner.deputy": "odile", "parked": parked}))
    problems = check_sign_gate(parsed, run_rules(parsed))
    assert [problem.code for problem in problems] == ["OWN-006", "parked"]
    assert "Tunde Okonfield" in problems[1].message


def test_the_sign_gate_ignores_an_idle_waiver() -> None:
    parsed = parse_lenient(charter_with_waivers({}, {"rule": "SCO-001", "path": "scope.cut_first"}))
    assert check_sign_gate(parsed, run_rules(parsed)) == []


def test_a_strong_charter_may_be_signed() -> None:
    parsed = parse_lenient(lead_charter())
    assert check_sign_gate(parsed, run_rules(parsed)) == []


def test_all_remaining_warnings_can_be_waived_at_once() -> None:
    change: dict[str, Any] = {
        "scope.cut_first": [],
        "data_requirements[0].looked_for": ["null"],
        "data_requirements[0].acceptance[0]": {
            "field": "site_postcode",
            "check": "unique_pct",
            "at_least": 100.0,
            "on_fail": "reject",
        },
        "waivers": [{**REASON, "rule": "SCO-001", "path": "scope.cut_first"}],
    }
    parsed = parse_lenient(lead_charter(change))
    additions = build_waivers(parsed, run_rules(parsed), "only two weeks left", "odile")
    assert {(entry["rule"], entry["path"]) for entry in additions} == {
        ("DAT-003", 'data_requirements."Web enquiry form".looked_for'),
        ("DAT-009", 'data_requirements."Web enquiry form".acceptance[0].at_least'),
    }
    after = parse_lenient(lead_charter({**change, "waivers": [*change["waivers"], *additions]}))
    findings = run_rules(after)
    assert len(findings) == 3
    assert all(finding.waived for finding in findings)
    assert check_sign_gate(after, findings) == []


def test_no_waiver_is_built_for_an_error_or_an_idle_waiver() -> None:
    parsed = parse_lenient(
        charter_with_waivers({"owner.deputy": "odile"}, {"rule": "SCO-001", "path": "scope.cut_first"})
    )
    assert build_waivers(parsed, run_rules(parsed), "because", "bram") == []
