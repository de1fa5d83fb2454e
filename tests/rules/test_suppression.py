"""A fault is reported once: the more specific rule suppresses the other one, on the same subject only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.helpers import lead_charter, reported_paths, reported_rules

SUPPRESSED: list[tuple[dict[str, Any], str, str]] = [
    ({"people.odile.name": "IT and Support"}, "OWN-001", "OWN-002"),
    ({"people.odile.name": "IT"}, "OWN-001", "OWN-003"),
    ({"people.odile.name": "IT", "people.odile.role": ""}, "OWN-001", "GEN-002"),
    ({"success_metric.target": 200.0}, "MET-003", "MET-008"),
    ({"success_metric.target": 120.0}, "MET-003", "MET-004"),
    (
        {"integration_points[0].in_daily_use": False, "integration_points[0].tool": "web app"},
        "INT-001",
        "INT-002",
    ),
    ({"success_metric.name": "Model accuracy"}, "MET-001", "MET-002"),
    ({"process.questions[0].answers": []}, "PRO-003", "PRO-004"),
    ({"process.questions[0].settled_by": "", "process.questions[0].accepted_by": []}, "PRO-005", "PRO-006"),
    (
        {
            "data_requirements[1].acceptance[0]": {
                "field": "nope",
                "check": "unique_pct",
                "at_least": 100,
                "on_fail": "reject",
            }
        },
        "DAT-005",
        "DAT-009",
    ),
    ({"value.check_share_pct": 0.0, "value.realised_share_pct": 1.0}, "BUD-002", "BUD-003"),
]


@pytest.mark.parametrize(
    ("changes", "reported", "suppressed"),
    SUPPRESSED,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_more_specific_rule_suppresses_the_other(
    changes: dict[str, Any], reported: str, suppressed: str
) -> None:
    rules = reported_rules(lead_charter(changes))
    assert reported in rules
    assert suppressed not in rules


def test_a_finding_about_another_person_is_not_suppressed() -> None:
    changes = {"people.odile.name": "IT", "people.suvi.name": "Suvi and Bram", "people.suvi.role": ""}
    reported = reported_paths(lead_charter(changes))
    assert ("OWN-001", "people.odile.name") in reported
    assert ("OWN-002", "process.lead") in reported
    assert ("GEN-002", "people.suvi.role") in reported


def test_a_finding_about_another_integration_point_is_not_suppressed() -> None:
    point = lead_charter()["integration_points"][0]
    document = lead_charter(
        {
            "integration_points[1]": {**point, "name": "Second", "tool": "portal"},
            "integration_points[0].in_daily_use": False,
            "integration_points[0].tool": "portal",
        }
    )
    assert reported_paths(document) == {
        ("INT-001", "integration_points[0].in_daily_use"),
        ("INT-002", "integration_points[1].tool"),
    }


def test_rules_that_do_not_suppress_each_other_report_together() -> None:
    one_signatory = {"plan.signatories": [{"party": "builder", "person": "hollis"}]}
    assert {"GEN-002", "SIG-001", "SIG-002"} <= reported_rules(lead_charter(one_signatory))
    assert reported_rules(lead_charter({"data_requirements[0].looked_for": []})) == {"GEN-002", "DAT-003"}


@pytest.mark.parametrize(
    "path", ["success_metric.target", "success_metric.baseline", "timeline.weeks", "timeline.start"]
)
def test_only_one_rule_reports_a_missing_value(path: str) -> None:
    assert reported_rules(lead_charter({path: None})) == {"GEN-002"}


def test_only_one_rule_reports_an_invisible_value() -> None:
    assert reported_rules(lead_charter({"integration_points[0].fallback": " \u200b"})) == {"GEN-002"}
    assert reported_paths(lead_charter({"process.steps[0].rule": "\u3164"})) == {
        ("PRO-001", "process.steps[0].rule")
    }
