"""Duties and readings of operation, shared by the handover, the weekly, the status and the closing."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal, NamedTuple

from sprintkit.documents import charts
from sprintkit.documents.wording import Wording
from sprintkit.records.calendar import first_day, month_after, month_of, months_between

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintEnd
    from sprintkit.progress.operation import OperatingMonth

MAX_MONTHS: Final = 12
"""How many of the latest months of operation are shown."""


class Duty(NamedTuple):
    """Something to be done by a day during operation."""

    due: date
    kind: Literal["review", "confirm", "decide"]
    months: tuple[str, ...] = ()
    """The months that a review covers; empty for other duties."""


def operating_duties(end: SprintEnd, first_month: str, today: date, months_ahead: int) -> list[Duty]:
    """The missing reviews, those of the next months, and the decisions that the closing left open, by day.

    `first_month` is the month of the first review if operation has not begun.
    """
    operation = end.operation
    if operation is None:
        return [_reviews(month_after(first_month, step)) for step in range(months_ahead)]
    duties, month = [], operation.next_month
    if operation.due_month is not None:
        reviewed = {entry.month for entry in operation.months if entry.review is not None}
        past_months = [month_after(month, step) for step in range(months_between(month, month_of(today)))]
        duties.append(_reviews(*(past for past in past_months if past not in reviewed)))
        month = month_of(today)
    duties += [_reviews(month_after(month, step)) for step in range(months_ahead)]
    if operation.open_confirm_by is not None:
        duties.append(Duty(operation.open_confirm_by, "confirm"))
    if operation.decide_by is not None:
        duties.append(Duty(operation.decide_by, "decide"))
    return sorted(duties)


def _reviews(*months: str) -> Duty:
    return Duty(first_day(month_after(months[0])), "review", months)


def overdue_duties(end: SprintEnd, today: date) -> list[Duty]:
    """The duties that were due before `today`; none once operation is over."""
    if end.operation is None or end.operation.is_over:
        return []
    return [duty for duty in operating_duties(end, "", today, 0) if duty.due < today]


def describe_duty(duty: Duty, wording: Wording) -> str:
    """What has to be done, without the day: `Monthly review of June 2026`."""
    if duty.kind != "review":
        return wording.say(f"due_{duty.kind}")
    first, last = (wording.format_month(month) for month in (duty.months[0], duty.months[-1]))
    if len(duty.months) == 1:
        return wording.say("review_of", month=first)
    return wording.say("reviews_of", n=len(duty.months), first=first, last=last)


def latest_reviewed_month(end: SprintEnd) -> OperatingMonth | None:
    """The last month of operation that was reviewed; None if there is none."""
    months = () if end.operation is None else end.operation.months
    return next((month for month in reversed(months) if month.review is not None), None)


def monthly_readings(end: SprintEnd, start: date | None, wording: Wording) -> list[charts.MetricPoint]:
    """The reading of each reviewed month, at the week, counted from the sprint's start, in which the month ended."""
    if start is None or end.operation is None:
        return []
    return [
        charts.MetricPoint(
            round((first_day(month_after(month.month)) - start).days / 7, 1),
            month.review.metric,
            True,
            wording.format_month(month.month),
        )
        for month in end.operation.months[-MAX_MONTHS:]
        if month.review is not None
    ]


def review_line(end: SprintEnd, unit: str, wording: Wording) -> str:
    """The latest review in a line, such as `May 2026: 48, target reached; continue`; empty without one."""
    month = latest_reviewed_month(end)
    if month is None or month.review is None:
        return ""
    slots: dict[str, Any] = {
        "month": wording.format_month(month.month),
        "value": wording.format_figure(month.review.metric, unit),
        "state": wording.say(f"metric_{month.metric_state}"),
        "decision": wording.say(f"review_{month.review.decision}"),
    }
    return wording.say("review_line", **slots)
