"""The cut that a health reason asks for: which milestones go, and who gets their points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter.parsing import parse_lenient
from sprintkit.progress.cut import Cut, Weights, propose_cut, share_points
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.progress.progress import Progress
from sprintkit.records.checkin import CheckIn
from sprintkit.records.in_force import Version
from sprintkit.records.progress_log import Acceptance
from tests.records.helpers import acceptances, blocker, checkin, example_sprint, friday, small_charter


def cut_document(document: dict[str, Any], removed: Sequence[str], weights: Weights) -> dict[str, Any]:
    """The charter without the removed milestones, and with the new weights of those that stay."""
    milestones = [
        {**milestone, "weight": weights.get(milestone["id"], milestone["weight"])}
        for milestone in document["plan"]["milestones"]
        if milestone["id"] not in removed
    ]
    return {**document, "plan": {**document["plan"], "milestones": milestones}}


def propose_cut_on_last_checkin(
    document: dict[str, Any], entries: list[CheckIn], code: str | None = None
) -> Cut | None:
    """The cut proposed on the day of the last check-in, for the reason with this code if one is given."""
    day = entries[-1].on

    def try_cut(removed: Sequence[str], weights: Weights) -> Progress:
        version = Version(entries[-1].week, cut_document(document, removed, weights))
        return measure_progress(document, entries, day, proposed=version)

    return propose_cut(measure_progress(document, entries, day), try_cut, code)


def test_lead_in_week_4_cuts_m6_and_is_on_track() -> None:
    sprint = example_sprint("lead")
    entries = [entry for entry in sprint.checkins if entry.week <= 4]
    cut = propose_cut_on_last_checkin(sprint.document, entries)
    assert cut is not None
    assert (cut.removed, dict(cut.weights), cut.from_week, cut.clears) == (
        ("M6",),
        {"M7": 33, "M8": 17},
        4,
        True,
    )
    assert cut.reason.code == "S1"
    version = Version(4, cut_document(sprint.document, cut.removed, cut.weights))
    after = measure_progress(sprint.document, entries, entries[-1].on, proposed=version)
    assert (after.health, after.reasons) == ("on_track", ())
    assert (after.planned, after.earned) == (50, 50)
    earlier = measure_progress(sprint.document, entries, entries[-2].on, proposed=version)
    assert earlier.as_dict() == measure_progress(sprint.document, entries, entries[-2].on).as_dict()


def test_the_latest_due_milestone_is_cut_first_and_live_or_handover_never() -> None:
    document = small_charter()
    entries = [checkin(1), checkin(2)]
    cut = propose_cut_on_last_checkin(document, entries)
    assert cut is not None and (cut.removed, dict(cut.weights)) == (("A", "B"), {"L": 50, "H": 50})
    late = [*entries, checkin(3, accepted=acceptances("A", "B"))]
    assert [reason.code for reason in measure_progress(document, late, friday(3)).reasons][:1] == ["S1"]
    assert propose_cut_on_last_checkin(document, late) is None  # only L and H are left
    cut = propose_cut_on_last_checkin(document, [checkin(1), checkin(2, accepted=acceptances("A"))])
    assert cut is not None and cut.removed == ("B",)
    assert dict(cut.weights) == {"L": 38, "H": 37}


def test_a_sprint_on_track_and_one_that_fell_short_have_no_cut() -> None:
    on_track = [checkin(1, accepted=acceptances("A"))]
    assert propose_cut_on_last_checkin(small_charter(), on_track) is None
    fell_short = [checkin(week, accepted=acceptances("A") if week == 1 else []) for week in (1, 2, 3, 4)]
    assert propose_cut_on_last_checkin(small_charter(), fell_short) is None


def test_a_blocker_cuts_only_the_milestones_that_it_stops() -> None:
    entries = [
        checkin(1, accepted=acceptances("A"), opened=[blocker(due_week=1, stops=["B", "L"])]),
        checkin(2),
    ]
    cut = propose_cut_on_last_checkin(small_charter(), entries, "S3")
    assert cut is not None and (cut.reason.about, cut.removed, cut.clears) == ("B1", ("B",), False)


def milestone_states(weights: Sequence[float], accepted: int = 0) -> list[MilestoneState]:
    """Milestones M0, M1, … with these points, of which the first `accepted` are accepted."""
    listed = [{"id": f"M{number}", "title": "x", "weight": weight} for number, weight in enumerate(weights)]
    charter = parse_lenient({"plan": {"milestones": listed}}).charter
    entry = checkin(1, accepted=[{"id": "M0", "evidence": "x", "by": "vic"}])
    acceptance = Acceptance("M0", 1, friday(1), entry.accepted[0])
    return [
        MilestoneState(milestone.id or "", milestone, acceptance if number < accepted else None, False, False)
        for number, milestone in enumerate(charter.plan.milestones)
    ]


@pytest.mark.parametrize(
    ("weights", "removed", "shares"),
    [
        ([20, 20, 10], ["M0"], {"M1": 33, "M2": 17}),
        ([10, 10, 10, 10], ["M0"], {"M1": 14, "M2": 13, "M3": 13}),
        ([1, 0, 0], ["M0"], {"M1": 1}),
        ([0, 50, 50], ["M0"], {}),
        ([2.5, 20, 10], ["M0"], {"M1": 21.7, "M2": 10.8}),
        ([30, 70], ["M0", "M1"], None),
    ],
)
def test_points_are_shared_by_largest_remainders(
    weights: list[float], removed: list[str], shares: dict[str, float] | None
) -> None:
    assert share_points(milestone_states(weights), removed) == shares


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9), st.integers(1, 8), st.integers(0, 4))
def test_sharing_points_keeps_their_sum_and_takes_none_from_a_milestone(
    weights: list[int], removed_count: int, accepted: int
) -> None:
    milestones = milestone_states(weights, accepted)
    removed = [state.id for state in milestones if state.accepted is None][-removed_count:]
    shares = share_points(milestones, removed)
    if shares is None:
        return
    before = {state.id: Fraction(state.milestone.weight or 0) for state in milestones}
    after = {
        key: Fraction(str(shares.get(key, value))) for key, value in before.items() if key not in removed
    }
    assert sum(after.values()) == sum(before.values())
    assert all(after[key] >= before[key] for key in after)
    assert all(after[state.id] == before[state.id] for state in milestones if state.accepted is not None)
