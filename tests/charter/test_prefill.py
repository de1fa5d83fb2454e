"""Values that follow from other answers are filled in where their key is absent."""

from __future__ import annotations

from datetime import date

import pytest

from sprintkit.charter.prefill import default_deadline, equal_weights, fill_in, infer_direction, sort_keys
from tests.charter.test_completeness import LEAN
from tests.conftest import example


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_a_complete_charter_is_unchanged(name: str) -> None:
    assert fill_in(example(name), "another-folder") == example(name)


def test_a_lean_charter_is_filled_in() -> None:
    filled = fill_in(LEAN, "lead-routing")
    assert filled["schema"] == 1
    assert filled["charter"] == {
        "id": "lead-routing",
        "title": "Every hire enquiry to one rep",
        "sponsor": "bram",
        "depth": "lean",
    }
    assert filled["timeline"] == {
        "start": date(2026, 2, 16),
        "weeks": 6,
        "deadline": date(2026, 3, 27),
        "on_deadline_missed": "stop_and_decide",
        "checkin_day": "fri",
        "checkin_by": "odile",
    }
    assert filled["success_metric"]["direction"] == "decrease"
    assert filled["success_metric"]["reader"] == "odile"
    assert filled["deliverable"]["kind"] == "working_system"
    assert filled["deliverable"]["environment"] == "production"
    assert filled["deliverable"]["acceptance"][0]["verifier"] == "odile"
    point = filled["integration_points"][0]
    assert (point["name"], point["user_role"]) == ("CRM", "rep")
    assert [
        (milestone["id"], milestone.get("category"), milestone["weight"], milestone["verifier"])
        for milestone in filled["plan"]["milestones"]
    ] == [("M1", None, 50, "odile"), ("M2", None, 50, "odile")]
    assert filled["plan"]["signatories"] == [
        {"party": "sponsor", "person": "bram"},
        {"party": "owner", "person": "odile"},
    ]
    assert "readiness" not in filled["plan"]
    assert fill_in(filled, "lead-routing") == filled, "filling in twice changes nothing"


def test_a_full_charter_also_gets_twelve_promises_and_more_signatories() -> None:
    document = {**LEAN, "charter": {"title": "T", "sponsor": "bram"}}
    filled = fill_in(document, "t")
    assert "depth" not in filled["charter"]
    assert len(filled["plan"]["readiness"]) == 12
    assert filled["plan"]["readiness"][0] == {"item": "live_inputs", "proof": "feed log of one live day"}
    assert {"party": "data", "person": "odile"} in filled["plan"]["signatories"]


def test_blanks_are_dropped_but_empty_lists_stay() -> None:
    document = {**LEAN, "scope": {"cut_first": [], "no_gos": []}, "budget": {"currency": " "}}
    document["use_case"] = {**document["use_case"], "why_not_rules": "", "minutes_per_case": []}
    filled = fill_in(document, "t")
    assert filled["scope"] == {"no_gos": [], "cut_first": []}
    assert "budget" not in filled
    assert not {"why_not_rules", "minutes_per_case"} & filled["use_case"].keys()


def test_integration_points_in_the_same_tool_get_different_names() -> None:
    point = LEAN["integration_points"][0]
    filled = fill_in({**LEAN, "integration_points": [point, point, {**point, "name": "CRM 2"}]}, "t")
    assert [point["name"] for point in filled["integration_points"]] == ["CRM", "CRM 3", "CRM 2"]


@pytest.mark.parametrize("due_weeks", [(4, 6), (5, 5), (1, 5, 4, 6)])
def test_a_category_is_never_filled_in(due_weeks: tuple[int, ...]) -> None:
    milestones = [{"title": "live for all", "due_week": week, "acceptance": "a"} for week in due_weeks]
    for depth in ({}, {"depth": "lean"}):
        document = {
            **LEAN,
            "charter": {"title": "T", "sponsor": "bram", **depth},
            "plan": {"milestones": milestones},
        }
        assert not any("category" in milestone for milestone in fill_in(document, "t")["plan"]["milestones"])


def test_weights_are_not_filled_in_if_one_milestone_has_one() -> None:
    first, second = LEAN["plan"]["milestones"]
    plan = {"milestones": [{**first, "weight": 30, "category": "data"}, second]}
    filled = fill_in({**LEAN, "plan": plan}, "t")["plan"]["milestones"]
    assert [milestone.get("weight") for milestone in filled] == [30, None]
    assert [milestone.get("category") for milestone in filled] == ["data", None]


@pytest.mark.parametrize(
    ("count", "shares"), [(3, [34, 33, 33]), (7, [15, 15, *[14] * 5]), (4, [25] * 4), (0, [])]
)
def test_weights_are_whole_and_sum_to_100(count: int, shares: list[int]) -> None:
    assert equal_weights(count) == shares
    assert sum(equal_weights(count)) == (100 if count else 0)


@pytest.mark.parametrize(
    ("start", "weeks", "friday"),
    [
        (date(2026, 2, 16), 6, date(2026, 3, 27)),
        (date(2026, 4, 20), 5, date(2026, 5, 22)),
        (date(2026, 9, 16), 2, date(2026, 9, 25)),
        (date(2026, 9, 19), 2, date(2026, 10, 2)),
        (date(9999, 12, 30), 6, None),
        (date(2026, 1, 1), 0, None),
    ],
)
def test_the_deadline_is_the_friday_of_the_last_week(start: date, weeks: int, friday: date | None) -> None:
    assert default_deadline(start, weeks) == friday


def test_direction_follows_from_baseline_and_target() -> None:
    assert infer_direction(95, 50) == "decrease"
    assert infer_direction(41, 60) == "increase"
    assert infer_direction(5, 5) is None
    assert infer_direction(None, 5) is None


def test_keys_are_sorted_in_the_order_of_the_model() -> None:
    lead = example("lead")
    shuffled = dict(reversed(lead.items())) | {"owner": dict(reversed(lead["owner"].items()))}
    with_sorted_keys = sort_keys(shuffled)
    assert list(with_sorted_keys)[:4] == ["schema", "charter", "people", "use_case"]
    assert list(with_sorted_keys["owner"])[:3] == ["person", "deputy", "duties"]
    assert with_sorted_keys == lead
