"""One thing is told once: the rule that says more hides the one that says less, about the same thing only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import changed, lead, rules, told

HIDDEN: list[tuple[dict[str, Any], str, str]] = [
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
    ("change", "hider", "hidden"), HIDDEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_rule_that_says_more_hides_the_other(change: dict[str, Any], hider: str, hidden: str) -> None:
    found = rules(lead(change))
    assert hider in found
    assert hidden not in found


def test_another_persons_finding_is_not_hidden() -> None:
    found = told(
        lead({"people.odile.name": "IT", "people.suvi.name": "Suvi and Bram", "people.suvi.role": ""})
    )
    assert ("OWN-001", "people.odile.name") in found
    assert ("OWN-002", "process.lead") in found
    assert ("GEN-002", "people.suvi.role") in found


def test_another_points_finding_is_not_hidden() -> None:
    point = lead()["integration_points"][0]
    document = lead({"integration_points[1]": {**point, "name": "Second"}})
    document = changed(
        document, {"integration_points[0].in_daily_use": False, "integration_points[0].tool": "portal"}
    )
    document = changed(document, {"integration_points[1].tool": "portal"})
    assert told(document) == {
        ("INT-001", "integration_points[0].in_daily_use"),
        ("INT-002", "integration_points[1].tool"),
    }


def test_two_that_may_stand_together_do() -> None:
    found = rules(lead({"plan.signatories": [{"party": "builder", "person": "hollis"}]}))
    assert {"GEN-002", "SIG-001", "SIG-002"} <= found
    assert {"GEN-002", "DAT-003"} == rules(lead({"data_requirements[0].looked_for": []}))


def test_a_missing_value_is_told_by_one_rule() -> None:
    for path in ("success_metric.target", "success_metric.baseline", "timeline.weeks", "timeline.start"):
        assert rules(lead({path: None})) == {"GEN-002"}
    assert rules(lead({"integration_points[0].fallback": " \u200b"})) == {"GEN-002"}
    assert told(lead({"process.steps[0].rule": "\u3164"})) == {("PRO-001", "process.steps[0].rule")}
