"""Two forecasts of when a sprint finishes, and of what will be missing at the deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sprintkit.progress.points import Plan


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecasts that follow from the points earned up to a week. Times are in weeks from the start."""

    earned_schedule: Fraction
    kind: Fraction
    """When it finishes if nothing slips any further."""
    pace: Fraction | None
    """When it finishes at the pace so far; None in week 1, where the pace is noise, and if nothing is earned."""
    at_deadline: Fraction
    """Earned schedule at the deadline at this pace."""
    points_at_deadline: Fraction
    missing: tuple[str, ...]
    """Milestones that will not be accepted by the deadline at this pace, in the order of the charter."""


def compute_forecast(plan: Plan, accepted: Mapping[str, int], week: int, weeks: int) -> Forecast:
    """The forecast in `week` (1 or later) of a sprint of `weeks` weeks; `accepted` maps milestones to their weeks.

    With D the last due week, w the week and ES the earned schedule: kind = D + w - ES, pace = D * w / ES. When all
    points are earned, both are the week of the last acceptance. After the last week no time is left.
    """
    earned = plan.earned(accepted)
    earned_schedule = plan.earned_schedule(earned, week)
    last_due_week = plan.last_due_week
    kind = last_due_week + week - earned_schedule
    pace = last_due_week * week / earned_schedule if earned_schedule > 0 and week > 1 else None
    if plan.is_complete(earned):
        accepted_weeks = [accepted[milestone.id] for milestone in plan.milestones if milestone.id in accepted]
        kind = pace = Fraction(max(accepted_weeks))
    weeks_left = max(0, weeks - week)
    at_deadline = min(Fraction(last_due_week), earned_schedule + weeks_left * earned_schedule / week)
    return Forecast(
        earned_schedule=earned_schedule,
        kind=kind,
        pace=pace,
        at_deadline=at_deadline,
        points_at_deadline=plan.planned_at(at_deadline),
        missing=tuple(
            milestone.id
            for milestone in plan.milestones
            if milestone.id not in accepted and milestone.due_week > at_deadline
        ),
    )
