"""What the weekly status wants from whom: every reason has its person."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.documents.context.status import status_context
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
WANTED = {
    "H1": (SPONSOR, "Decide: cut by an amendment, or stop."),
    "H2": (SPONSOR, "Decide: operate or stop."),
    "H3": ("Hollis Entwhite", "Write the check-in of week 5."),
    "H4": (SPONSOR, "Clear the way or cut what it stops: no rights"),
    "H5": (SPONSOR, "Clear the way or cut what it stops: no rights"),
    "H6": (SPONSOR, "Decide whether to stop: twice outside its limit, desk hours"),
    "S1": (OWNER, "Say what changes: at this pace M7 will be missing."),
    "S2": ("Hollis Entwhite", "Write the check-in of week 5."),
    "S3": ("Tunde Okonfield", "Overdue since week 2: no rights"),
    "S4": ("Tunde Okonfield", "Overdue since week 2: no rights"),
    "S5": (OWNER, "Bring back inside its limit: desk hours"),
    "S6": ("Hollis Entwhite", "Ask the room why it doubts"),
    "S7": (OWNER, "Read the metric"),
    "S8": (SPONSOR, "Decide whether to stop as agreed"),
}


def _needs(code: str, state: str = "running", **more: Any) -> dict[str, Any]:
    facts = week_facts("lead", 5)
    about = {"H4": "B1", "H5": "B1", "S3": "B1", "S4": "B1", "H6": "desk_hours", "S5": "desk_hours"}.get(code)
    reasons = [{"code": code, "about": about, "message": "x"}]
    facts["status"] |= {"reasons": reasons, "state": state, "missing_at_deadline": ["M7"]}
    found: dict[str, Any] = status_context(charter("lead"), **(facts | {"blockers": [BLOCKER]} | more))[
        "needs"
    ]
    return found


@pytest.mark.parametrize("code", [kind.code for kind in REASONS])
def test_every_reason_wants_something_of_somebody(code: str) -> None:
    who, what = WANTED[code]
    found = _needs(code)["rows"]
    assert any(one["who"] == who and one["what"].startswith(what) for one in found), found
    if who == SPONSOR:
        assert found[0]["who"] == SPONSOR, "a decision comes first"


@pytest.mark.parametrize("state", ["operating", "stopped"])
def test_a_closed_sprint_wants_nothing(state: str) -> None:
    found = _needs("H6", state)
    assert (found["rows"], found["line"]) == ([], "Nothing: the sprint is closed.")


def test_a_vote_that_is_none_does_not_count() -> None:
    facts = week_facts("lead", 5)
    facts["checkin"] |= {"votes": [5, 9, 4]}
    figures = status_context(charter("lead"), **facts)["figures"]
    assert (figures[-1]["value"], figures[-1]["note"]) == ("4", "out of 5 that it lands; votes 5, 4")


def test_who_has_not_signed_is_named_and_the_others_counted() -> None:
    found = _needs("S7", unsigned=["Ada", "Bo", "Cy", "Di", "Ed"])["rows"]
    assert {"who": "Ada, Bo, Cy, and 2 more", "what": "Sign the charter."} in found
