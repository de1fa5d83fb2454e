"""Operate or stop: the verdict that the records suggest, and the fields that are asked for with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import Problem
from sprintkit.progress.progress import Progress
from sprintkit.progress.readings import MetricState, last_result, metric_state
from sprintkit.records.closing import HANDOVER_ITEMS, Closing
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_figure

RequestedField = Literal["reason", "decommission", "decide_by", "confirm_by"]


class ClosingFacts(NamedTuple):
    """What the suggestion follows from, as of the day of the closing."""

    is_delivered: bool
    metric: MetricState
    is_outside_twice: bool = False
    """A guardrail is outside its limit in its last two readings."""
    is_outside: bool = False
    """A guardrail is outside its limit in its last reading."""
    is_unread: bool = False
    """A guardrail has not been read in any check-in."""
    is_handover_open: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested verdict, the reason for it, and the fields that are asked for with it."""

    verdict: Literal["operate", "stop"] | None
    """None: neither yet; close again later."""
    message: str
    requested_fields: tuple[RequestedField, ...] = ()
    latest_date: date | None = None
    """The latest date for confirm_by or decide_by."""


def closing_facts(progress: Progress, closing: Closing) -> ClosingFacts:
    """The facts in the records and a closing; `progress` is that of the day of the closing."""
    result = last_result(progress.readings)
    return ClosingFacts(
        is_delivered=progress.is_complete
        and bool(closing.acceptance_met)
        and all(closing.acceptance_met)
        and not closing.readiness_open,
        metric=metric_state(progress.charter.success_metric, result.value if result else None),
        is_outside_twice=any(guardrail.is_outside_twice for guardrail in progress.guardrails),
        is_outside=any(guardrail.is_outside for guardrail in progress.guardrails),
        is_unread=any(not guardrail.readings for guardrail in progress.guardrails),
        is_handover_open=any(item in HANDOVER_ITEMS for item in closing.handover_open),
    )


def suggest_verdict(
    facts: ClosingFacts, on: date, target_on: date | None = None, settings: Settings = DEFAULT_SETTINGS
) -> Suggestion:
    """The suggested verdict of a closing on a day: the first condition that holds decides."""
    confirm_by = on + timedelta(days=settings.confirm_days)
    if not facts.is_delivered:
        return Suggestion("stop", "It is not delivered; a new charter may follow.", ("reason",))
    if facts.metric == "past":
        message = "The metric is past its stop line."
        return Suggestion("stop", message, ("reason", "decommission"))
    if facts.is_outside_twice:
        message = "A guardrail is outside its limit twice in a row."
        return Suggestion("stop", message, ("reason", "decommission"))
    if facts.metric == "not_measured" or facts.is_unread:
        gap = (
            "The metric has no reading since it is live"
            if facts.metric == "not_measured"
            else "A guardrail was never read"
        )
        return Suggestion(
            None, f"{gap}: close again by {format_date(confirm_by)}.", ("decide_by",), confirm_by
        )
    if facts.is_handover_open:
        days = settings.decide_working_days
        decide_by = add_working_days(on, days)
        message = f"The handover is not done: decide within {days} working days, by {format_date(decide_by)}."
        return Suggestion(None, message, ("decide_by",), decide_by)
    if facts.is_outside:
        message = "Operate, to be confirmed at the first monthly review: a guardrail is outside its limit."
        return Suggestion("operate", message, ("confirm_by",), confirm_by)
    if facts.metric == "between":
        day = f" on {format_date(target_on)}" if target_on else ""
        message = f"Operate, to be confirmed{day}: the metric is between its stop line and its target."
        return Suggestion("operate", message, ("confirm_by",), target_on)
    return Suggestion("operate", "Operate: the target is reached and every guardrail is inside its limit.")


def closing_title(closing: Closing, progress: Progress) -> str:
    """The heading of a closed sprint. A stop is a result, and names the stop line that was agreed."""
    if closing.verdict == "operate":
        return "Closed: operating"
    metric, result = progress.charter.success_metric, last_result(progress.readings)
    agreed = ""
    if metric.stop_line is not None and result is not None and metric_state(metric, result.value) == "past":
        agreed = f", as agreed at stop line {format_figure(metric.stop_line)}"
    week = f" in week {progress.week}" if progress.week else ""
    return f"Closed: stopped{week}{agreed}"


def add_working_days(day: date, count: int) -> date:
    """The date `count` working days, Monday to Friday, after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def is_overruled(suggestion: Suggestion, closing: Closing) -> bool:
    """Whether it is operated although a stop is suggested. That needs a reason, printed beside the suggestion."""
    return suggestion.verdict == "stop" and closing.verdict == "operate"


def missing_in_closing(suggestion: Suggestion, closing: Closing) -> list[Problem]:
    """The fields that are asked for with the suggested verdict and are missing; the closing loads without them.

    Only a problem of code "overrules" keeps the closing from being accepted: the missing reason to operate against
    a suggested stop.
    """
    problems: list[Problem] = []
    if is_overruled(suggestion, closing):
        if is_blank(closing.reason):
            message = (
                f"reason is missing: why is it operated, though a stop is suggested? {suggestion.message}"
            )
            problems.append(Problem("overrules", message))
        return problems
    if suggestion.verdict is not None and suggestion.verdict != closing.verdict:
        return problems  # the sponsor may always stop instead of operating
    latest = suggestion.latest_date
    for field in suggestion.requested_fields:
        value = getattr(closing, field)
        if is_blank(value):
            limit = f", {format_date(latest)} at the latest" if latest else ""
            problems.append(Problem("asked", f"{field} is asked for{limit}. {suggestion.message}"))
        elif isinstance(value, date) and latest is not None and value > latest:
            message = (
                f"{field} is {format_date(value)}, later than {format_date(latest)}. {suggestion.message}"
            )
            problems.append(Problem("asked", message))
    return problems
