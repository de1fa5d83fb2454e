"""The data of the two charts: points by week, and the metric against its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sprintkit.charter.model import Charter
from sprintkit.progress.points import Plan
from sprintkit.progress.readings import Reading
from sprintkit.progress.weeks import Weeks
from sprintkit.records.checkin import CheckIn
from sprintkit.records.progress_log import CharterAt, accepted_milestones

MAX_CHART_WEEKS = 60
"""The most weeks that a chart shows."""


@dataclass(frozen=True, slots=True)
class ChartData:
    """Points of the two charts: x is the week, y is points or the metric's unit."""

    planned: tuple[tuple[int, float], ...]
    """From week 0 to the last week."""
    earned: tuple[tuple[int, float], ...]
    """At each check-in, as known then, and at the deadline once it has passed."""
    expected: tuple[tuple[int, float], ...]
    """From the last check-in to the deadline, at the pace so far."""
    metric: tuple[Reading, ...]
    baseline: float | None
    stop_line: float | None
    target: float | None


def build_chart_data(
    charter: Charter,
    weeks: Weeks,
    entries: Sequence[CheckIn],
    charter_at: CharterAt,
    readings: tuple[Reading, ...],
    points_at_deadline: float | None,
    *,
    is_over: bool = False,
) -> ChartData:
    """The charts' data; `charter` is in force after the last of `entries`, `is_over` if the deadline has passed."""
    plan, metric = Plan.from_charter(charter), charter.success_metric
    last_week = min(MAX_CHART_WEEKS, max(weeks.count, plan.last_due_week))
    earned = [(0, 0.0)]
    for index, entry in enumerate(entries):
        acceptances = accepted_milestones(entries[: index + 1], charter_at)
        plan_then = Plan.from_charter(charter_at(entry.week))
        earned.append((entry.week, float(plan_then.earned(acceptances))))
    if is_over and earned[-1][0] < weeks.count:
        earned.append((weeks.count, earned[-1][1]))
    expected: tuple[tuple[int, float], ...] = ()
    if points_at_deadline is not None and earned[-1][0] < weeks.count:
        expected = (earned[-1], (weeks.count, points_at_deadline))
    return ChartData(
        planned=tuple((week, float(plan.planned(week))) for week in range(last_week + 1)),
        earned=tuple(earned),
        expected=expected,
        metric=readings,
        baseline=metric.baseline,
        stop_line=metric.stop_line,
        target=metric.target,
    )
