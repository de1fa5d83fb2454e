"""A warning stays by a reason and a name, at one path; an error never does."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import run_rules, sign_gate, waivers_for
from tests.rules.kit import findings, lead

REASON = {"reason": "the union agreed", "by": "bram"}


def waived(change: dict[str, Any], *waivers: dict[str, str]) -> dict[str, Any]:
    return lead({**change, "waivers": [{**REASON, **waiver} for waiver in waivers]})


def test_a_waiver_marks_the_warning_at_its_path() -> None:
    (finding,) = findings(waived({"scope.cut_first": []}, {"rule": "SCO-001", "path": "scope.cut_first"}))
    assert (finding.rule, finding.waived) == ("SCO-001", True)


@pytest.mark.parametrize(
    "path",
    [
        "data_requirements[0].looked_for",
        'data_requirements."Web enquiry form".looked_for',
        "data_requirements.'Web enquiry form'.looked_for",
    ],
)
def test_a_path_may_name_the_item(path: str) -> None:
    change = {"data_requirements[0].looked_for": ["null"]}
    (finding,) = findings(waived(change, {"rule": "DAT-003", "path": path}))
    assert finding.waived


def test_a_waiver_is_for_one_path() -> None:
    change: dict[str, Any] = {
        "data_requirements[0].looked_for": ["null"],
        "data_requirements[1].looked_for": ["null"],
    }
    found = findings(waived(change, {"rule": "DAT-003", "path": "data_requirements[1].looked_for"}))
    assert [finding.waived for finding in found] == [False, True]


@pytest.mark.parametrize("missing", ["reason", "by"])
def test_without_reason_or_name_nothing_is_waived(missing: str) -> None:
    waiver = {"rule": "SCO-001", "path": "scope.cut_first", missing: ""}
    found = findings(waived({"scope.cut_first": []}, waiver))
    assert {(finding.rule, finding.waived) for finding in found} == {("GEN-002", False), ("SCO-001", False)}


def test_an_error_is_never_waived() -> None:
    change = {"success_metric.target": 120.0}
    found = findings(waived(change, {"rule": "MET-003", "path": "success_metric.target"}))
    assert [(finding.rule, finding.severity, finding.waived) for finding in found] == [
        ("MET-003", "error", False),
        ("WAIVER", "warning", False),
    ]
    assert "mended, not waived" in found[1].message


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
def test_a_waiver_whose_finding_is_gone_is_told(rule: str, path: str) -> None:
    (finding,) = findings(waived({}, {"rule": rule, "path": path}))
    assert (finding.rule, finding.severity, finding.path) == ("WAIVER", "warning", "waivers[0]")


def test_a_finding_hidden_by_another_is_gone_for_its_waiver() -> None:
    change = {"success_metric.target": 120.0}
    found = findings(waived(change, {"rule": "MET-004", "path": "success_metric.stop_line"}))
    assert [finding.rule for finding in found] == ["MET-003", "WAIVER"]


def test_the_sign_gate_opens_when_every_warning_is_waived() -> None:
    change: dict[str, Any] = {"scope.cut_first": [], "deliverable.users_on_day_one": 9}
    one = {"rule": "SCO-001", "path": "scope.cut_first"}
    other = {"rule": "DEL-004", "path": "deliverable.users_on_day_one"}
    half = parse_lenient(waived(change, one))
    (problem,) = sign_gate(half, run_rules(half))
    assert (problem.code, problem.message.split(":")[0]) == ("DEL-004", "deliverable.users_on_day_one")
    both = parse_lenient(waived(change, one, other))
    assert sign_gate(both, run_rules(both)) == []


def test_the_sign_gate_stays_shut_for_an_error_and_a_parked_question() -> None:
    parked = [{"path": "success_metric.baseline", "holder": "Tunde Okonfield"}]
    reading = parse_lenient(lead({"owner.deputy": "odile", "parked": parked}))
    problems = sign_gate(reading, run_rules(reading))
    assert [problem.code for problem in problems] == ["OWN-006", "parked"]
    assert "Tunde Okonfield" in problems[1].message


def test_the_sign_gate_ignores_a_waiver_that_waives_nothing() -> None:
    reading = parse_lenient(waived({}, {"rule": "SCO-001", "path": "scope.cut_first"}))
    assert sign_gate(reading, run_rules(reading)) == []


def test_a_strong_charter_may_be_signed() -> None:
    reading = parse_lenient(lead())
    assert sign_gate(reading, run_rules(reading)) == []


def test_all_remaining_warnings_are_waived_at_once_one_path_each() -> None:
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
    reading = parse_lenient(lead(change))
    more = waivers_for(reading, run_rules(reading), "only two weeks left", "odile")
    assert {(entry["rule"], entry["path"]) for entry in more} == {
        ("DAT-003", 'data_requirements."Web enquiry form".looked_for'),
        ("DAT-009", 'data_requirements."Web enquiry form".acceptance[0].at_least'),
    }
    after = parse_lenient(lead({**change, "waivers": [*change["waivers"], *more]}))
    found = run_rules(after)
    assert len(found) == 3
    assert all(finding.waived for finding in found)
    assert sign_gate(after, found) == []


def test_no_waiver_is_written_for_an_error_or_an_idle_waiver() -> None:
    reading = parse_lenient(waived({"owner.deputy": "odile"}, {"rule": "SCO-001", "path": "scope.cut_first"}))
    assert waivers_for(reading, run_rules(reading), "because", "bram") == []
