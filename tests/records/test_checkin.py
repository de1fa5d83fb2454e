"""Why a check-in is refused, with all reasons at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.records import validation
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.in_force import charter_in_force
from sprintkit.records.parsing import parse_record
from tests.records.helpers import (
    START,
    acceptances,
    blocker,
    checkin,
    example_sprint,
    friday,
    paths_and_codes,
    small_charter,
)

CHARTER = parse_lenient(small_charter()).charter
CLOSING = parse_record(
    Closing,
    {
        "on": friday(2),
        "verdict": "stop",
        "decided_by": "ann",
        "acceptance_met": [False],
        "readiness_open": [],
        "handover_open": [],
        "cost_actual": 1.0,
        "lesson": "x",
    },
)


def refusals(
    entry: CheckIn, charter: Charter, earlier: Sequence[CheckIn] = (), closing: Closing | None = None
) -> list[tuple[str, str]]:
    """Path and code of each reason to refuse a check-in."""
    return paths_and_codes(validation.validate_checkin(entry, charter, earlier, closing))


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_the_check_ins_of_the_examples_are_valid(name: str) -> None:
    sprint = example_sprint(name)
    for index, entry in enumerate(sprint.checkins):
        charter = parse_lenient(charter_in_force(sprint.document, sprint.amendments, entry.week)).charter
        assert refusals(entry, charter, sprint.checkins[:index]) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"week": 3}, [("week", "wrong_week")]),
        ({"on": START - timedelta(days=1)}, [("on", "before_start"), ("week", "wrong_week")]),
        ({"week": 0, "on": START - timedelta(days=1)}, [("on", "before_start"), ("week", "wrong_week")]),
        ({"week": -4}, [("week", "wrong_week")]),
        ({"by": "nobody"}, [("by", "unknown_person")]),
        ({"by": "  "}, [("by", "missing")]),
        ({"votes": []}, [("votes", "missing")]),
        ({"votes": [0, 5, 6, 1]}, [("votes[0]", "vote"), ("votes[2]", "vote")]),
        # Milestones.
        ({"accepted": acceptances("A", evidence="\u200b ")}, [("accepted[0].evidence", "missing")]),
        ({"accepted": [{"id": "A", "by": "vic"}]}, [("accepted[0].evidence", "missing")]),
        ({"accepted": acceptances("A", by="max")}, [("accepted[0].by", "not_verifier")]),
        ({"accepted": acceptances("A", by="zoe")}, [("accepted[0].by", "unknown_person")]),
        ({"accepted": [{"id": "Z", "evidence": "x", "by": "vic"}]}, [("accepted[0].id", "unknown_milestone")]),
        ({"accepted": acceptances("A", by="dan", instead_of="vic", reason="on leave")}, []),
        ({"accepted": acceptances("A", by="dan")}, [
            ("accepted[0].instead_of", "stand_in"),
            ("accepted[0].reason", "stand_in"),
        ]),
        ({"accepted": acceptances("A", by="dan", instead_of="olga", reason="on leave")}, [
            ("accepted[0].instead_of", "stand_in")
        ]),
        ({"accepted": acceptances("A", by="max", instead_of="vic", reason="on leave")}, [
            ("accepted[0].by", "not_verifier")
        ]),
        ({"accepted": [{"id": "L", "evidence": "x", "by": "olga"}]}, [("accepted[0].live_since", "live_since")]),
        ({"accepted": acceptances("L", live_since=friday(9))}, [("accepted[0].live_since", "live_since")]),
        ({"accepted": acceptances("A", live_since=friday(1))}, [("accepted[0].live_since", "live_since")]),
        ({"reopened": [{"id": "B", "why": "x"}]}, [("reopened[0].id", "not_accepted")]),
        ({"reopened": [{"id": "Z", "why": "x"}]}, [("reopened[0].id", "unknown_milestone")]),
        ({"reopened": [{"id": "A", "why": "checks failed"}]}, []),
        ({"reopened": [{"id": "A", "why": " "}]}, [("reopened[0].why", "missing")]),
        ({"reopened": [{"id": "A", "why": "x"}], "accepted": acceptances("A")}, []),
        # Milestones that slip; B is due in week 2, H in week 4.
        ({"slips": [{"id": "B", "expected_week": 3, "why": "x"}]}, []),
        ({"slips": [{"id": "B", "expected_week": 9, "why": "x"}, {"id": "H", "expected_week": 5, "why": "x"}]}, []),
        ({"slips": [{"id": "B", "expected_week": 3}]}, [("slips[0].why", "missing")]),
        ({"slips": [{"expected_week": 3, "why": "x"}]}, [("slips[0].id", "missing")]),
        ({"slips": [{"id": "Z", "expected_week": 3, "why": "x"}]}, [("slips[0].id", "unknown_milestone")]),
        ({"slips": [{"id": "A", "expected_week": 3, "why": "x"}]}, [("slips[0].id", "accepted")]),
        ({"slips": [{"id": "A", "expected_week": 3, "why": "x"}], "reopened": [{"id": "A", "why": "x"}]}, []),
        ({"slips": [{"id": "B", "expected_week": 3, "why": "x"}], "accepted": acceptances("B")}, [
            ("slips[0].id", "accepted")
        ]),
        ({"slips": [{"id": "H", "expected_week": 3, "why": "x"}]}, [("slips[0].expected_week", "no_slip")]),
        ({"slips": [{"id": "B", "expected_week": 1, "why": "x"}]}, [("slips[0].expected_week", "expected_week")]),
        ({"slips": [{"id": "B", "expected_week": 3, "why": "x"}, {"id": "B", "expected_week": 4, "why": "x"}]}, [
            ("slips[1].id", "slip_twice")
        ]),
        # Blockers.
        ({"opened": [blocker("B2")]}, []),
        ({"opened": [blocker("B1")]}, [("opened[0].id", "id_used")]),
        ({"opened": [blocker("B2"), blocker("B2")]}, [("opened[1].id", "id_used")]),
        ({"opened": [blocker("B2", holder="zoe")]}, [("opened[0].holder", "unknown_person")]),
        ({"opened": [blocker("B2", stops=["B", "Z"])]}, [("opened[0].stops[1]", "unknown_milestone")]),
        ({"opened": [blocker("B2", stops=[])]}, [("opened[0].stops", "missing")]),
        ({"closed": [{"id": "B1", "how": "merged"}]}, []),
        ({"closed": [{"id": "B1", "how": ""}]}, [("closed[0].how", "missing")]),
        ({"closed": [{"id": "B9", "how": "x"}]}, [("closed[0].id", "unknown_blocker")]),
        ({"closed": [{"id": "B0", "how": "x"}]}, [("closed[0].id", "blocker_closed")]),
        ({"opened": [blocker("B2")], "closed": [{"id": "B2", "how": "solved the same day"}]}, []),
        ({"updated": [{"id": "B1", "due_week": 4, "why": "waits for the vendor"}]}, []),
        ({"updated": [{"id": "B1", "holder": "vic", "why": "takes over"}]}, []),
        ({"updated": [{"id": "B1", "why": "x"}]}, [("updated[0]", "no_change")]),
        ({"updated": [{"id": "B1", "holder": "zoe", "why": "x"}]}, [("updated[0].holder", "unknown_person")]),
        ({"updated": [{"id": "B0", "due_week": 4, "why": "x"}]}, [("updated[0].id", "blocker_closed")]),
        ({"updated": [{"id": "B9", "due_week": 4, "why": "x"}]}, [("updated[0].id", "unknown_blocker")]),
        # Readings.
        ({"metric": {"value": 1.0, "from": date(2026, 3, 6), "to": date(2026, 3, 5)}}, [
            ("metric.from", "from_after_to")
        ]),
        ({"guardrails": {"hours": 9.0, "margin": 21.0}}, []),
        ({"guardrails": {"desk hours": 9.0}}, [('guardrails."desk', "unknown_guardrail")]),
        ({"ready": [{"item": "runbook", "proof": "entry", "by": "zoe"}]}, [("ready[0].by", "unknown_person")]),
        ({"ready": [{"item": "runbook", "by": "vic"}]}, [("ready[0].proof", "missing")]),
    ],
)  # fmt: skip
def test_an_invalid_check_in_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    earlier = [
        checkin(
            1,
            accepted=acceptances("A"),
            opened=[blocker("B0"), blocker("B1")],
            closed=[{"id": "B0", "how": "gone"}],
        )
    ]
    assert refusals(checkin(2, **fields), CHARTER, earlier) == sorted(expected)


def test_a_week_has_one_check_in_and_a_closed_sprint_takes_no_more() -> None:
    assert refusals(checkin(2), CHARTER, [checkin(2)]) == [("week", "week_twice")]
    assert refusals(checkin(3), CHARTER, [], CLOSING) == [("on", "closed")]


def test_after_the_last_week_check_ins_are_valid_until_the_closing() -> None:
    assert refusals(checkin(6), CHARTER, [checkin(4)]) == []


def test_a_blocker_id_that_a_later_week_uses_is_refused() -> None:
    entered_late = checkin(2, opened=[blocker("B7")])
    already_entered = checkin(3, opened=[blocker("B7")])
    assert refusals(entered_late, CHARTER, [already_entered]) == [("opened[0].id", "id_used")]


def test_all_problems_are_reported_at_once() -> None:
    invalid = checkin(
        2,
        week=3,
        by="zoe",
        accepted=[{"id": "A", "by": "max"}, {"id": "Z", "evidence": "x", "by": "vic"}],
        reopened=[{"id": "B", "why": "x"}],
        opened=[blocker("B1", holder="zoe")],
        votes=[9],
        guardrails={"speed": 1.0},
    )
    assert refusals(invalid, CHARTER, [checkin(1, opened=[blocker("B1")])]) == [
        ("accepted[0].by", "not_verifier"),
        ("accepted[0].evidence", "missing"),
        ("accepted[1].id", "unknown_milestone"),
        ("by", "unknown_person"),
        ("guardrails.speed", "unknown_guardrail"),
        ("opened[0].holder", "unknown_person"),
        ("opened[0].id", "id_used"),
        ("reopened[0].id", "not_accepted"),
        ("votes[0]", "vote"),
        ("week", "wrong_week"),
    ]


def test_the_verifier_is_the_one_of_the_charter_in_force() -> None:
    document = small_charter()
    document["plan"]["milestones"][1]["verifier"] = "max"
    amended = parse_lenient(document).charter
    assert refusals(checkin(2, accepted=acceptances("B", by="max")), amended) == []
    assert refusals(checkin(2, accepted=acceptances("B", by="vic")), amended) == [
        ("accepted[0].by", "not_verifier")
    ]


def test_without_a_live_milestone_live_since_is_always_optional() -> None:
    document = small_charter()
    document["plan"]["milestones"][2]["category"] = "build"
    charter = parse_lenient(document).charter
    assert refusals(checkin(1, accepted=acceptances("A", live_since=friday(1))), charter) == []
    assert refusals(checkin(3, accepted=[{"id": "L", "evidence": "x", "by": "olga"}]), charter) == []


def test_a_milestone_without_a_verifier_is_accepted_by_the_owner() -> None:
    document = small_charter()
    del document["plan"]["milestones"][0]["verifier"]
    charter = parse_lenient(document).charter
    assert refusals(checkin(1, accepted=acceptances("A", by="olga")), charter) == []


def test_hostile_names_are_reported_as_unknown() -> None:
    hostile = checkin(2, guardrails={'[/] {{ x }} "\u202e\x1b[31m': 1.0}, by="<script>")
    assert {code for _path, code in refusals(hostile, CHARTER)} == {"unknown_guardrail", "unknown_person"}
