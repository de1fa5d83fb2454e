"""What the board shows of a sprint in addition to its row, in values that the listing's index can store."""

from __future__ import annotations

from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.review.basis import sprint_operation
from sprintkit.actions.sprint_view import SprintView
from sprintkit.actions.status.attention import CLOSED_STATES
from sprintkit.progress.readings import metric_state


def metric_facts(context: WorkspaceContext, view: SprintView) -> dict[str, Any] | None:
    """The success metric and its last reading; None for a sprint that cannot be read.

    `name`, `unit`, `baseline`, `target`, `stop_line`; `value`, None if it was never read; `state`, as
    `progress.readings.metric_state` says it; `when`, the week or the month (`2027-04`) of the reading; `is_result`, whether
    the system was live.
    """
    if view.state == "broken":
        return None
    metric = view.charter.success_metric
    value, when, is_result = _last_reading(context, view)
    return {
        "name": metric.name,
        "unit": metric.unit,
        "baseline": metric.baseline,
        "target": metric.target,
        "stop_line": metric.stop_line,
        "value": value,
        "state": metric_state(metric, value),
        "when": when,
        "is_result": is_result,
    }


def _last_reading(context: WorkspaceContext, view: SprintView) -> tuple[float | None, int | str | None, bool]:
    """Value, week or month, and whether the system was live."""
    if view.state in CLOSED_STATES:
        operation = sprint_operation(view.sprint, context.today, context.settings)
        for month in reversed(operation.months if operation else ()):
            if month.review is not None:
                return month.review.metric, month.month, True
    for reading in reversed(view.progress.readings):
        return reading.value, reading.week, reading.is_result
    return None, None, False


def past_blockers(view: SprintView) -> list[list[Any]] | None:
    """The category, opening week and days open of each blocker of a closed sprint; None if the sprint is open.

    A blocker that was never closed counts as open until the sprint was closed.
    """
    if view.state not in CLOSED_STATES:
        return None
    closed_on = view.sprint.closings[0].record.on
    return [
        [
            blocker.category,
            blocker.opened_week,
            max(0, ((blocker.closed_on or closed_on) - blocker.opened_on).days),
        ]
        for blocker in view.progress.blockers
    ]
