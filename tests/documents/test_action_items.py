"""Who a status needs for what: every reason has its person."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.documents.context.status import build_status_context
from sprintkit.progress.health import REASONS
from tests.documents.examples import charter, week_facts

SPONSOR, OWNER = "Bram Yellowby", "Odile Tamsworth"
BLOCKER = {
    "id": "B1",
    "category": "data",
    "title": "no rights",
    "holder": "tunde",
    "opened": 1,
    "due_week": 2,
    "closed": None,
}
EXPECTED = {
    "H1": (SPONSOR, "Decide: cut by an amendment, or stop."),
    "H2": (SPONSOR, "Decide: operate or stop."),
    "H3": ("Hollis Entwhite", "Write the check-in of week 4."),
    "H4": (SPONSOR, "Remove the blocker or cut what it holds up: no rights"),
    "H5": (SPONSOR, "Remove the blocker or cut what it holds up: no rights"),
    "H6": (SPONSOR, "Decide whether to stop. Outside the limit twice: desk hours"),
    "S1": (OWNER, "Say what will change: at this pace M7 will be missing."),
    "S2": ("Hollis Entwhite", "Write the check-in of week 4."),
    "S3": ("Tunde Okonfield", "Overdue since week 2: no rights"),
    "S4": ("Tunde Okonfield", "Overdue since week 2: no rights"),
    "S5": (OWNER, "Bring back within the limit: desk hours"),
    "S6": ("Hollis Entwhite", "Ask the room about its doubts"),
    "S7": (OWNER, "Read the metric"),
    "S8": (SPONSOR, "Decide whether to stop: the metric"),
}


def _action_items(code: str, state: str = "running", **facts_changed: Any) -> dict[str, Any]:
    """The action items of week 5 with one reason."""
    facts = week_facts("lead", 5)
    about = {"H4": "B1", "H5": "B1", "S3": "B1", "S4": "B1", "H6": "desk_hours", "S5": "desk_hours"}.get(code)
    reasons = [{"code": code, "about": about, "message": "x"}]
    facts["status"] |= {"reasons": reasons, "state": state, "missing_at_deadline": ["M7"]}
    context = build_status_context(charter("lead"), **(facts | {"blockers": [BLOCKER]} | facts_changed))
    action_items: dict[str, Any] = context["needs"]
    return action_items


@pytest.mark.parametrize("code", [rule.code for rule in REASONS])
def test_every_reason_needs_somebody(code: str) -> None:
    person, task = EXPECTED[code]
    items = _action_items(code)["rows"]
    assert any(item["who"] == person and item["what"].startswith(task) for item in items), items
    if person == SPONSOR:
        assert items[0]["who"] == SPONSOR, "a decision comes first"


@pytest.mark.parametrize("state", ["operating", "stopped"])
def test_a_closed_sprint_needs_nobody(state: str) -> None:
    action_items = _action_items("H6", state)
    assert (action_items["rows"], action_items["line"]) == ([], "Nothing: the sprint is closed.")


def test_an_invalid_vote_does_not_count() -> None:
    facts = week_facts("lead", 5)
    facts["checkin"] |= {"votes": [5, 9, 4]}
    figures = build_status_context(charter("lead"), **facts)["figures"]
    assert (figures[-1]["value"], figures[-1]["note"]) == ("4", "of 5 that it lands; votes 5, 4")


def test_some_who_have_not_signed_are_named_and_the_rest_counted() -> None:
    items = _action_items("S7", unsigned=["Ada", "Bo", "Cy", "Di", "Ed"])["rows"]
    assert {"who": "Ada, Bo, Cy and 2 more", "what": "Sign the charter."} in items
