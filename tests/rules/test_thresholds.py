"""Every threshold has a name, and a workspace may change it."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import InputError
from tests.rules.helpers import lead_charter, reported_rules

THRESHOLDS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"use_case_words": 10}, {}, "UC-002"),
    ({"owner_hours": 6.5}, {}, "OWN-005"),
    ({"people_asked": 6}, {}, "PRO-003"),
    ({"people_asked_well": 6}, {}, "PRO-004"),
    ({"baseline_days": 90}, {}, "MET-005"),
    ({"baseline_age_days": 10}, {}, "MET-005"),
    ({"change_pct": 40}, {}, "MET-008"),
    (
        {"change_points": 40},
        {"success_metric.unit": "% of enquiries", "success_metric.target": 50.0},
        "MET-008",
    ),
    ({"weeks_most": 5}, {}, "TIM-001"),
    ({"weeks_least": 7}, {}, "TIM-001"),
    ({"target_days": 60}, {}, "TIM-001"),
    ({"milestones_most": 7}, {}, "TIM-003"),
    ({"live_weeks": 2}, {}, "TIM-004"),
    ({"first_half": 0.3}, {}, "TIM-005"),
    ({"late_points": 25}, {}, "TIM-006"),
    ({"late_part": 0.4}, {}, "TIM-006"),
    ({"milestone_points": 19.5}, {}, "TIM-006"),
    ({"months_funded": 13}, {}, "BUD-001"),
    ({"payback_months": 15}, {}, "BUD-003"),
    ({"signers": 7}, {}, "SIG-001"),
    ({"first_day_users_pct": 80}, {"deliverable.users_on_day_one": 15}, "DEL-004"),
]


@pytest.mark.parametrize(
    ("thresholds", "change", "rule"),
    THRESHOLDS,
    ids=lambda value: next(iter(value), "") if isinstance(value, dict) else "",
)
def test_a_threshold_changes_when_its_rule_reports(
    thresholds: dict[str, Any], change: dict[str, Any], rule: str
) -> None:
    assert rule not in reported_rules(lead_charter(change))
    assert rule in reported_rules(lead_charter(change), settings=Settings.from_mapping(thresholds))


EDGES: list[tuple[dict[str, Any], str, bool]] = [
    ({"use_case.statement": "Assign " + "word " * 44}, "UC-002", False),
    ({"use_case.statement": "Assign " + "word " * 45}, "UC-002", True),
    ({"owner.hours_per_week": 0.5}, "OWN-005", False),
    ({"success_metric.baseline_from": "2026-01-03"}, "MET-005", False),
    ({"success_metric.baseline_from": "2026-01-04"}, "MET-005", True),
    (
        {"success_metric.baseline_from": "2025-06-01", "success_metric.baseline_to": "2025-08-20"},
        "MET-005",
        False,
    ),
    (
        {"success_metric.baseline_from": "2025-06-01", "success_metric.baseline_to": "2025-08-19"},
        "MET-005",
        True,
    ),
    ({"success_metric.baseline_to": "2026-02-22"}, "MET-005", False),
    ({"success_metric.baseline_to": "2026-02-23"}, "MET-005", True),
    ({"success_metric.target": 47.5}, "MET-008", False),
    ({"success_metric.target": 47.4}, "MET-008", True),
    (
        {"success_metric.baseline": 0.0, "success_metric.target": -5.0, "success_metric.stop_line": -1.0},
        "MET-008",
        False,
    ),
    ({"success_metric.stop_line": 95.0}, "MET-004", False),
    ({"success_metric.stop_line": 95.1}, "MET-004", True),
    ({"success_metric.stop_line": 50.0}, "MET-004", True),
    ({"timeline.deadline": "2026-03-23"}, "TIM-001", False),
    ({"timeline.deadline": "2026-03-29"}, "TIM-001", False),
    ({"timeline.deadline": "2026-03-30"}, "TIM-001", True),
    ({"timeline.deadline": "2026-03-22"}, "TIM-001", True),
    ({"success_metric.target_on": "2026-07-25"}, "TIM-001", False),
    ({"success_metric.target_on": "2026-07-26"}, "TIM-001", True),
    ({"success_metric.target_on": "2026-02-16"}, "TIM-001", False),
    ({"success_metric.target_on": "2026-02-15"}, "TIM-001", True),
    ({"deliverable.users_on_day_one": 10}, "DEL-004", False),
    ({"data_requirements[0].acceptance[0].at_least": 0.0}, "DAT-005", True),
    ({"data_requirements[0].acceptance[0].at_least": 100.0}, "DAT-005", False),
    ({"data_requirements[0].acceptance[0].at_least": 100.1}, "DAT-005", True),
    ({"budget.operations_months_funded": 6}, "BUD-001", False),
    ({"budget.operations_months_funded": 5}, "BUD-001", True),
    ({"plan.milestones[7].weight": 10.0000001}, "TIM-003", False),
]


@pytest.mark.parametrize(
    ("change", "rule", "is_reported"), EDGES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_rule_has_its_exact_threshold(change: dict[str, Any], rule: str, is_reported: bool) -> None:
    assert (rule in reported_rules(lead_charter(change))) is is_reported


def test_an_empty_table_leaves_the_defaults() -> None:
    assert Settings.from_mapping({}) == DEFAULT_SETTINGS
    assert Settings.from_mapping({"owner_hours": 2}).owner_hours == 2.0


@pytest.mark.parametrize(
    ("thresholds", "message"),
    [
        ({"owner_hour": 1}, "Did you mean 'owner_hours'?"),
        ({"zzz": 1}, "is not a threshold. Known: use_case_words"),
        ({"weeks_most": "12"}, "must be a whole number"),
        ({"weeks_most": 12.0}, "must be a whole number"),
        ({"weeks_most": True}, "must be a whole number"),
        ({"owner_hours": float("nan")}, "must be a number"),
        ({"owner_hours": float("inf")}, "must be a number"),
        ({"owner_hours": 10**400}, "must be a number"),
        ({"owner_hours": -1}, "must be a number, 0 or more"),
    ],
)
def test_an_invalid_threshold_is_refused(thresholds: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_mapping(thresholds)
    assert message in caught.value.problems[0].message


def test_all_invalid_thresholds_are_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_mapping({"nope": 1, "weeks_most": "x"})
    assert len(caught.value.problems) == 2
