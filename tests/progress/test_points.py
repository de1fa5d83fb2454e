"""Planned points, earned schedule, and the two forecasts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sprintkit.progress.forecast import compute_forecast
from sprintkit.progress.points import Plan, PlannedMilestone


def plan(*milestones: tuple[int, float]) -> Plan:
    """A plan of milestones m0, m1, … given as (due week, points)."""
    return Plan(
        tuple(
            PlannedMilestone(f"m{index}", week, Fraction(str(weight)))
            for index, (week, weight) in enumerate(milestones)
        )
    )


STEADY = plan((1, 20), (2, 20), (3, 20), (4, 20), (5, 20))
FLAT = plan((1, 40), (4, 60))
LATE = plan((6, 100))


@pytest.mark.parametrize(
    ("points_plan", "earned", "week", "expected"),
    [
        (STEADY, 0, 1, 0),
        (STEADY, 10, 1, 0.5),
        (STEADY, 20, 1, 1),
        (STEADY, 20, 4, 1),
        (STEADY, 70, 2, 3.5),
        (STEADY, 100, 5, 5),
        # Over weeks without due points, a sprint that is exactly on plan is neither ahead nor behind.
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
def test_earned_schedule_is_the_week_by_which_the_plan_has_these_points(
    points_plan: Plan, earned: float, week: int, expected: float
) -> None:
    assert points_plan.earned_schedule(Fraction(str(earned)), week) == Fraction(str(expected))


def test_fractional_points_add_up_exactly() -> None:
    thirds = plan((1, 33.3), (2, 33.3), (3, 33.4))
    assert thirds.total == 100
    assert thirds.is_complete(thirds.earned({"m0", "m1", "m2"}))
    tenths = plan(*((week, 10.1) for week in range(1, 10)), (10, 9.1))
    assert tenths.is_complete(tenths.earned([milestone.id for milestone in tenths.milestones]))


def test_a_forecast_has_both_weeks_and_the_missing_milestones() -> None:
    forecast = compute_forecast(STEADY, {"m0": 1}, 2, 5)
    assert (forecast.earned_schedule, forecast.kind, forecast.pace) == (1, 6, 10)
    assert (forecast.at_deadline, forecast.points_at_deadline, forecast.missing) == (
        Fraction("2.5"),
        50,
        ("m2", "m3", "m4"),
    )


def test_there_is_no_pace_in_week_1_or_if_nothing_is_earned() -> None:
    assert compute_forecast(STEADY, {"m0": 1}, 1, 5).pace is None
    nothing = compute_forecast(STEADY, {}, 3, 5)
    assert (nothing.pace, nothing.kind, nothing.missing) == (None, 8, ("m0", "m1", "m2", "m3", "m4"))


def test_with_everything_earned_it_lands_in_the_week_of_the_last_acceptance() -> None:
    accepted = {"m0": 1, "m1": 1, "m2": 2, "m3": 3, "m4": 3}
    forecast = compute_forecast(STEADY, accepted, 4, 5)
    assert (forecast.kind, forecast.pace, forecast.missing) == (3, 3, ())
    in_week_1 = compute_forecast(STEADY, dict.fromkeys(accepted, 1), 1, 5)
    assert (in_week_1.kind, in_week_1.pace) == (1, 1)


def test_after_the_last_week_no_time_is_left() -> None:
    forecast = compute_forecast(STEADY, {"m0": 1, "m1": 2}, 7, 5)
    assert forecast.at_deadline == forecast.earned_schedule == 2
    assert forecast.missing == ("m2", "m3", "m4")


def test_a_plan_of_a_billion_weeks_is_forecast() -> None:
    far = plan((1, 50), (10**9, 50))
    forecast = compute_forecast(far, {"m0": 1}, 2, 4)
    assert forecast.earned_schedule == 2
    assert forecast.missing == ("m1",)
