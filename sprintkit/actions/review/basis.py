"""The operating figures of a sprint on a day, and the basis of a review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_followed_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.charter.model import Charter
from sprintkit.charter.settings import Settings
from sprintkit.errors import RefusedError
from sprintkit.progress.operation import Operation, operation_on
from sprintkit.progress.readings import MetricState
from sprintkit.records.closing import Closing
from sprintkit.records.kinds import REVIEW
from sprintkit.records.review import Review


class ReviewBasis(NamedTuple):
    """What a review form starts from."""

    sprint: Sprint
    charter: Charter
    """In force today."""
    operation: Operation


class MonthData(TypedDict):
    """A month of operating in the JSON of `status`."""

    month: str
    metric_state: MetricState
    flags: list[str]


class OperatingData(TypedDict):
    """What an operating sprint needs next, for the home screen. Dates and months are ISO texts."""

    due_month: str | None
    """The first past month without a review."""
    flags: list[tuple[str, str]]
    """Code and short message of each flag of the last month."""
    stop_month: str | None
    """The month whose review decided to stop, until a closing says so."""
    confirm_by: str | None
    decide_by: str | None


def load_basis(context: WorkspaceContext, slug: str) -> ReviewBasis:
    """The basis of the next review.

    Raises RefusedError if the sprint is not operated, InputError.
    """
    sprint = load_followed_sprint(context, slug, (REVIEW,))
    operation = sprint_operation(sprint, context.today, context.settings)
    if operation is None or operation.is_over:
        verdict = "was stopped" if operation is not None else "is not closed with the verdict operate"
        raise RefusedError(
            f"{slug} {verdict}, so there is no month to review",
            code="not_operating",
            path=context.workspace.sprint_folder(slug),
            hint="Reviews begin once a sprint is closed with the verdict operate.",
        )
    return ReviewBasis(sprint, charter_of_day(sprint, context.today), operation)


def charter_of_day(sprint: Sprint, day: date) -> Charter:
    """The text in force in the week of a day, as known on that day."""
    return sprint.charter_in(sprint.week_of(day), day)


def sprint_operation(
    sprint: Sprint, day: date, settings: Settings, more: Sequence[Review] = ()
) -> Operation | None:
    """The operation of a sprint as known on a day; None if the sprint was never operated.

    `more` are reviews that are still being written, which replace a saved review of the same month. Without `more`, the
    result for a day is cached.
    """
    known = sprint.operation_by_day
    if more:
        return _compute_operation(sprint, day, settings, more)
    if (day, settings) not in known:
        known[day, settings] = _compute_operation(sprint, day, settings, ())
    return known[day, settings]


def _compute_operation(
    sprint: Sprint, day: date, settings: Settings, more: Sequence[Review]
) -> Operation | None:
    closings = [stored.record for stored in sprint.records_of(Closing)]
    if not closings or sprint.document is None:
        return None
    reviews = [*more, *(stored.record for stored in sprint.records_of(Review))]
    return operation_on(charter_of_day(sprint, day), closings, reviews, day, settings)


def list_months(operation: Operation | None) -> list[MonthData]:
    """The months with a review, and those that should have one by now, in order."""
    months = () if operation is None else operation.months
    return [
        {"month": month.month, "metric_state": month.metric_state, "flags": month.flag_names}
        for month in months
    ]


def operating_needs(operation: Operation | None) -> OperatingData | None:
    """What the home screen shows of an operating sprint; None if it is not operated."""
    if operation is None or operation.is_over:
        return None
    confirm_by, decide_by, latest = operation.open_confirm_by, operation.decide_by, operation.latest
    return {
        "due_month": operation.due_month,
        "flags": [(flag.code, flag.short_message) for flag in latest.flags] if latest else [],
        "stop_month": operation.stop_month,
        "confirm_by": confirm_by.isoformat() if confirm_by else None,
        "decide_by": decide_by.isoformat() if decide_by else None,
    }
