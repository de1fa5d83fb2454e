"""Planned points, earned schedule, and the two forecasts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sprintkit.progress.forecast import compute_forecast
from sprintkit.progress.points import Plan, PlannedMilestone


def plan(*milestones: tuple[int, float]) -> Plan:
    """A plan of milestones m0, m1, … given as (due week, points)."""
    return Plan(
        tuple(PlannedMilestone(f"m{at}", week, Fraction(str(weight))) for at, (week, weight) in enumerate(milestones))
    )


STEADY = plan((1, 20), (2, 20), (3, 20), (4, 20), (5, 20))
FLAT = plan((1, 40), (4, 60))
LATE = plan((6, 100))


@pytest.mark.parametrize(
    ("of", "earned", "week", "expected"),
    [
        (STEADY, 0, 1, 0),
        (STEADY, 10, 1, 0.5),
        (STEADY, 20, 1, 1),
        (STEADY, 20, 4, 1),
        (STEADY, 70, 2, 3.5),
        (STEADY, 100, 5, 5),
        # Where the plan stands still, whoever stands on it is neither ahead nor behind.
        (FLAT, 40, 1, 1),
        (FLAT, 40, 2, 2),
        (FLAT, 40, 3, 3),
        (FLAT, 40, 4, 3),
        (FLAT, 40, 9, 3),
        (FLAT, 70, 2, 3.5),
        (FLAT, 20, 2, 0.5),
        (LATE, 0, 1, 1),
        (LATE, 0, 5, 5),
        (LATE, 0, 6, 5),
        (LATE, 100, 3, 6),
    ],
)
def test_earned_schedule(of: Plan, earned: float, week: int, expected: float) -> None:
    assert of.earned_schedule(Fraction(str(earned)), week) == Fraction(str(expected))


def test_points_that_are_no_whole_numbers_still_add_up() -> None:
    thirds = plan((1, 33.3), (2, 33.3), (3, 33.4))
    assert thirds.total == 100
    assert thirds.is_complete(thirds.earned({"m0", "m1", "m2"}))
    tenths = plan(*((week, 10.1) for week in range(1, 10)), (10, 9.1))
    assert tenths.is_complete(tenths.earned([one.id for one in tenths.milestones]))


def test_forecasts() -> None:
    found = compute_forecast(STEADY, {"m0": 1}, 2, 5)
    assert (found.earned_schedule, found.kind, found.pace) == (1, 6, 10)
    assert (found.at_deadline, found.points_at_deadline, found.missing) == (
        Fraction("2.5"),
        50,
        ("m2", "m3", "m4"),
    )


def test_there_is_no_pace_in_week_1_and_where_nothing_is_earned() -> None:
    assert compute_forecast(STEADY, {"m0": 1}, 1, 5).pace is None
    nothing = compute_forecast(STEADY, {}, 3, 5)
    assert (nothing.pace, nothing.kind, nothing.missing) == (None, 8, ("m0", "m1", "m2", "m3", "m4"))


def test_when_all_is_earned_it_lands_in_the_week_of_the_last_acceptance() -> None:
    done = {"m0": 1, "m1": 1, "m2": 2, "m3": 3, "m4": 3}
    found = compute_forecast(STEADY, done, 4, 5)
    assert (found.kind, found.pace, found.missing) == (3, 3, ())
    first = compute_forecast(STEADY, dict.fromkeys(done, 1), 1, 5)
    assert (first.kind, first.pace) == (1, 1)


def test_after_the_last_week_no_time_is_left() -> None:
    found = compute_forecast(STEADY, {"m0": 1, "m1": 2}, 7, 5)
    assert found.at_deadline == found.earned_schedule == 2
    assert found.missing == ("m2", "m3", "m4")


def test_a_plan_of_a_million_weeks_is_no_trouble() -> None:
    far = plan((1, 50), (10**9, 50))
    found = compute_forecast(far, {"m0": 1}, 2, 4)
    assert found.earned_schedule == 2
    assert found.missing == ("m1",)
