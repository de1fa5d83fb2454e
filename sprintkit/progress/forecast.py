"""When it lands, told twice, and what will be missing on the last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sprintkit.progress.points import Plan


@dataclass(frozen=True, slots=True)
class Forecast:
    """What follows from the points earned up to a week. Times are weeks from the start."""

    earned_schedule: Fraction
    kind: Fraction
    """When it lands if nothing slips further."""
    pace: Fraction | None
    """When it lands if it goes on as so far; None in week 1, where that is noise, and where nothing is earned."""
    at_deadline: Fraction
    """Earned schedule at the end at this pace."""
    points_at_deadline: Fraction
    missing: tuple[str, ...]
    """Milestones that will not be accepted by the end at this pace, in the order of the charter."""


def compute_forecast(plan: Plan, accepted: Mapping[str, int], week: int, weeks: int) -> Forecast:
    """The forecast in `week` (1 or later) of a sprint of `weeks` weeks; `accepted` are milestones with their weeks.

    Kind: D + w - ES. Pace: D * w / ES. When all points are earned both are the week of the last acceptance. After
    the last week no time is left.
    """
    earned = plan.earned(accepted)
    stands = plan.earned_schedule(earned, week)
    latest = plan.latest
    kind = latest + week - stands
    pace = latest * week / stands if stands > 0 and week > 1 else None
    if plan.is_complete(earned):
        kind = pace = Fraction(max(accepted[one.id] for one in plan.milestones if one.id in accepted))
    at_deadline = min(Fraction(latest), stands + max(0, weeks - week) * stands / week)
    return Forecast(
        earned_schedule=stands,
        kind=kind,
        pace=pace,
        at_deadline=at_deadline,
        points_at_deadline=plan.planned_at(at_deadline),
        missing=tuple(
            one.id for one in plan.milestones if one.id not in accepted and one.due_week > at_deadline
        ),
    )
