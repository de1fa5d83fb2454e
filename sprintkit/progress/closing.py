"""Operate or stop: the verdict that the records suggest, and the fields that it requires."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import SuccessMetric
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import Problem
from sprintkit.progress.progress import Progress
from sprintkit.progress.readings import (
    GuardrailState,
    MetricState,
    is_outside_limits,
    last_result,
    metric_state,
    side_of_line,
)
from sprintkit.progress.weeks import Weeks
from sprintkit.records.closing import HANDOVER_ITEMS, Closing
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date
from sprintkit.text.phrases import Figure, Pattern, Slot, count_phrase

RequestedField = Literal["reason", "decommission", "decide_by", "confirm_by"]
WorstGuardrail = Literal["inside", "outside", "twice", "not_read"]
"""The worst state of any guardrail, worst first: `twice` (outside in its last two readings), `not_read`, `outside`, `inside`."""

_NOT_ACCEPTED: Final = Pattern("gap_milestones", "not accepted: {ids}")
_NO_POINTS: Final = Pattern("gap_no_points", "there are no points to earn")
_CLAIM_UNANSWERED: Final = Pattern("gap_claim", "{n} claim not answered")
_CLAIMS_UNANSWERED: Final = Pattern("gap_claims", "{n} claims not answered")
_CLAIMS_NOT_MET: Final = Pattern("gap_claims_not_met", "claims not met: {numbers}")
_PROMISES_OPEN: Final = Pattern("gap_promises", "promises open: {n}")
_GAPS: Final = Pattern("gaps", "{gap}; {others}")
_NOT_DELIVERED: Final = Pattern("suggest_not_delivered", "It is not delivered; a new charter may follow.")
_NOT_DELIVERED_FOR: Final = Pattern(
    "suggest_not_delivered_for", "It is not delivered ({gaps}); a new charter may follow."
)
_PAST_STOP_LINE: Final = Pattern("suggest_past_stop_line", "The metric is past its stop line.")
_NOT_CONFIRMED: Final = Pattern(
    "suggest_not_confirmed",
    "Operating was not confirmed: the target is not reached after one more quarter.",
)
_OUTSIDE_TWICE: Final = Pattern("suggest_outside_twice", "A guardrail is outside its limit twice in a row.")
_METRIC_UNREAD: Final = Pattern(
    "suggest_metric_unread", "The metric has no reading since it is live: close again by {day}."
)
_GUARDRAIL_UNREAD: Final = Pattern(
    "suggest_guardrail_unread", "A guardrail was never read: close again by {day}."
)
_HANDOVER_OPEN: Final = Pattern(
    "suggest_handover_open", "The handover is not done: decide within {days} working days, by {day}."
)
_OPERATE_OUTSIDE: Final = Pattern(
    "suggest_operate_outside",
    "Operate, to be confirmed at the first monthly review: a guardrail is outside its limit.",
)
_OPERATE_BETWEEN: Final = Pattern(
    "suggest_operate_between",
    "Operate, to be confirmed: the metric is between its stop line and its target.",
)
_OPERATE_BETWEEN_BY: Final = Pattern(
    "suggest_operate_between_by",
    "Operate, to be confirmed by {day}: the metric is between its stop line and its target.",
)
_OPERATE: Final = Pattern(
    "suggest_operate", "Operate: the target is reached and every guardrail is inside its limit."
)
_NOT_READ: Final = Pattern("reading_none", "not read since it is live.")
_READ: Final = Pattern("reading", "{reading}.")
_READ_REACHED: Final = Pattern("reading_reached", "{reading}: the target of {target} is reached.")
_READ_PAST: Final = Pattern("reading_past", "{reading}, {side} the stop line of {line}.")
_READ_BETWEEN: Final = Pattern(
    "reading_between", "{reading}, between the stop line of {line} and the target of {target}."
)
_CLOSED_OPERATING: Final = Pattern("closed_operating", "Closed: operating")
_CLOSED_STOPPED: Final = Pattern("closed_stopped", "Closed: stopped")
_CLOSED_STOPPED_IN: Final = Pattern("closed_stopped_in", "Closed: stopped in week {week}")
_CLOSED_AGREED: Final = Pattern("closed_agreed", "Closed: stopped, as agreed at stop line {line}")
_CLOSED_AGREED_IN: Final = Pattern(
    "closed_agreed_in", "Closed: stopped in week {week}, as agreed at stop line {line}"
)
_OPERATED: Final = Pattern("operated", "Operated by its owner.")
_OPERATED_UNTIL: Final = Pattern("operated_until", "Operated by its owner, to be confirmed by {day}.")
_OPERATED_FOR_NOW: Final = Pattern(
    "operated_for_now", "Operated by its owner for now, to be decided by {day}."
)
_STOPPED: Final = Pattern("stopped", "Stopped.")
_STOPPED_IN: Final = Pattern("stopped_in", "Stopped in week {week}.")
_STOPPED_PAST: Final = Pattern("stopped_past", "Stopped: {value} is {side} the stop line of {line}.")
_STOPPED_PAST_IN: Final = Pattern(
    "stopped_past_in", "Stopped in week {week}: {value} is {side} the stop line of {line}."
)
_STOPPED_AGREED: Final = Pattern(
    "stopped_agreed", "Stopped, as agreed: {value} is {side} the stop line of {line}."
)
_STOPPED_AGREED_IN: Final = Pattern(
    "stopped_agreed_in", "Stopped in week {week}, as agreed: {value} is {side} the stop line of {line}."
)


class ClosingFacts(NamedTuple):
    """The facts that the suggestion follows from, as of the day of the closing."""

    is_delivered: bool
    metric: MetricState
    is_outside_twice: bool = False
    """A guardrail is outside its limit in its last two readings."""
    is_outside: bool = False
    """A guardrail is outside its limit in its last reading."""
    is_unread: bool = False
    """A guardrail has not been read in any check-in."""
    is_handover_open: bool = False
    value: float | None = None
    """The last reading of the metric since the system went live."""
    is_unconfirmed: bool = False
    """It was operated, and its target was still not reached after the extra quarter."""
    gaps: tuple[str, ...] = ()
    """What is missing for it to count as delivered, one phrase each."""

    @property
    def guardrail(self) -> WorstGuardrail:
        """The worst state of any guardrail; `inside` if there is none."""
        if self.is_outside_twice:
            return "twice"
        if self.is_unread:
            return "not_read"
        return "outside" if self.is_outside else "inside"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested verdict, the reason for it, and the fields that it requires."""

    verdict: Literal["operate", "stop"] | None
    """None for neither yet: the sprint has to be closed again later."""
    message: str
    requested_fields: tuple[RequestedField, ...] = ()
    latest_date: date | None = None
    """The latest date for confirm_by or decide_by."""


def closing_facts(
    progress: Progress, closing: Closing | None, reviews: Iterable[Review] = ()
) -> ClosingFacts:
    """The facts in the records and a closing; `progress` counts what was recorded up to its day.

    Without a closing, everything counts as met and nothing as open. A later closing also counts the readings of monthly
    reviews of months that ended before its day.
    """
    month = f"{progress.day if closing is None else closing.on:%Y-%m}"
    read_later = sorted(
        (review for review in reviews if review.month < month), key=lambda review: review.month
    )
    result = last_result(progress.readings)
    value = read_later[-1].metric if read_later else result.value if result else None
    outside = [_outside_flags(guardrail, read_later) for guardrail in progress.guardrails]
    gaps = _delivery_gaps(progress, closing)
    return ClosingFacts(
        is_delivered=not gaps,
        metric=metric_state(progress.current_charter.success_metric, value),
        is_outside_twice=any(len(flags) > 1 and all(flags[-2:]) for flags in outside),
        is_outside=any(flags[-1:] == [True] for flags in outside),
        is_unread=any(not flags for flags in outside),
        is_handover_open=closing is not None
        and any(item in HANDOVER_ITEMS for item in closing.handover_open),
        value=value,
        gaps=gaps,
    )


def _outside_flags(guardrail: GuardrailState, reviews: Iterable[Review]) -> list[bool]:
    """For each reading of a guardrail, in order: whether it is outside its limit."""
    flags = [reading.is_outside for reading in guardrail.readings]
    for review in reviews:
        value = review.guardrails.get(guardrail.id)
        if value is not None:
            flags.append(is_outside_limits(value, guardrail.at_most, guardrail.at_least))
    return flags


def _delivery_gaps(progress: Progress, closing: Closing | None) -> tuple[str, ...]:
    gaps: list[str] = []
    if not progress.is_complete:
        ids = [state.id for state in progress.milestones if state.accepted is None]
        gaps.append(_NOT_ACCEPTED(ids=", ".join(ids)) if ids else _NO_POINTS())
    if closing is None:
        return tuple(gaps)
    unanswered = max(1, len(progress.current_charter.deliverable.acceptance)) - len(closing.acceptance_met)
    if unanswered > 0:
        gaps.append(count_phrase(unanswered, _CLAIM_UNANSWERED, _CLAIMS_UNANSWERED))
    if not all(closing.acceptance_met):
        numbers = [str(number) for number, is_met in enumerate(closing.acceptance_met, 1) if not is_met]
        gaps.append(_CLAIMS_NOT_MET(numbers=", ".join(numbers)))
    if closing.readiness_open:
        gaps.append(_PROMISES_OPEN(n=len(closing.readiness_open)))
    return tuple(gaps)


def suggest_verdict(
    facts: ClosingFacts, on: date, target_on: date | None = None, settings: Settings = DEFAULT_SETTINGS
) -> Suggestion:
    """The suggested verdict of a closing on a day: the first condition that holds decides."""
    confirm_by = on + timedelta(days=settings.confirm_days)
    if not facts.is_delivered:
        if not facts.gaps:
            return Suggestion("stop", _NOT_DELIVERED(), ("reason",))
        gaps = facts.gaps[-1]
        for gap in reversed(facts.gaps[:-1]):
            gaps = _GAPS(gap=gap, others=gaps)
        return Suggestion("stop", _NOT_DELIVERED_FOR(gaps=gaps), ("reason",))
    if facts.metric == "past":
        return Suggestion("stop", _PAST_STOP_LINE(), ("reason", "decommission"))
    if facts.is_unconfirmed:
        return Suggestion("stop", _NOT_CONFIRMED(), ("reason", "decommission"))
    if facts.is_outside_twice:
        return Suggestion("stop", _OUTSIDE_TWICE(), ("reason", "decommission"))
    if facts.metric == "not_measured" or facts.is_unread:
        pattern = _METRIC_UNREAD if facts.metric == "not_measured" else _GUARDRAIL_UNREAD
        return Suggestion(None, pattern(day=confirm_by), ("decide_by",), confirm_by)
    if facts.is_handover_open:
        days = settings.decide_working_days
        decide_by = add_working_days(on, days)
        return Suggestion(None, _HANDOVER_OPEN(days=str(days), day=decide_by), ("decide_by",), decide_by)
    if facts.is_outside:
        return Suggestion("operate", _OPERATE_OUTSIDE(), ("confirm_by",), confirm_by)
    if facts.metric == "between":
        latest = confirm_by if target_on is not None and target_on < on else target_on
        message = _OPERATE_BETWEEN_BY(day=latest) if latest else _OPERATE_BETWEEN()
        return Suggestion("operate", message, ("confirm_by",), latest)
    return Suggestion("operate", _OPERATE())


def describe_reading(metric: SuccessMetric, facts: ClosingFacts) -> str:
    """The last reading of the metric against its lines, in a sentence."""
    if facts.value is None:
        return _NOT_READ()
    reading, target, stop_line = Figure(facts.value, metric.unit), metric.target, metric.stop_line
    if facts.metric == "reached" and target is not None:
        return _READ_REACHED(reading=reading, target=Figure(target))
    if facts.metric == "past" and stop_line is not None:
        side = side_of_line(facts.value, stop_line)
        return _READ_PAST(reading=reading, side=side, line=Figure(stop_line))
    if stop_line is None or target is None:
        return _READ(reading=reading)
    return _READ_BETWEEN(reading=reading, line=Figure(stop_line), target=Figure(target))


def closing_title(closing: Closing, progress: Progress) -> str:
    """The heading of a closed sprint. A stop is a result, and names the stop line if it was agreed for that day."""
    if closing.verdict == "operate":
        return _CLOSED_OPERATING()
    metric, result = progress.current_charter.success_metric, last_result(progress.readings)
    week, line = progress.week, metric.stop_line
    is_past = result is not None and metric_state(metric, result.value) == "past"
    if line is not None and is_past and _is_agreed_day(closing, progress):
        return _CLOSED_AGREED_IN(week=week, line=Figure(line)) if week else _CLOSED_AGREED(line=Figure(line))
    return _CLOSED_STOPPED_IN(week=week) if week else _CLOSED_STOPPED()


def _is_agreed_day(closing: Closing, progress: Progress) -> bool:
    """Whether the stop line applied on the day of the closing: from the deadline, or from the target's day, on."""
    weeks, target_on = Weeks.from_charter(progress.charter), progress.charter.success_metric.target_on
    days = [day for day in (weeks.deadline if weeks else None, target_on) if day is not None]
    return bool(days) and closing.on >= min(days)


def closing_sentence(closing: Closing, progress: Progress, facts: ClosingFacts) -> str:
    """The decision at the end in a sentence, which treats a stop with the same respect as a success.

    `progress` counts what was recorded up to the closing.
    """
    metric, weeks = progress.current_charter.success_metric, Weeks.from_charter(progress.current_charter)
    if closing.verdict == "operate":
        if closing.decide_by is not None:
            return _OPERATED_FOR_NOW(day=closing.decide_by)
        return _OPERATED() if closing.confirm_by is None else _OPERATED_UNTIL(day=closing.confirm_by)
    week = weeks.week_of(closing.on) if weeks else 0
    if facts.metric == "past" and facts.value is not None and metric.stop_line is not None:
        is_agreed = _is_agreed_day(closing, progress)
        slots: dict[str, Slot] = {
            "value": Figure(facts.value),
            "side": side_of_line(facts.value, metric.stop_line),
            "line": Figure(metric.stop_line),
        }
        if week > 0:
            return (_STOPPED_AGREED_IN if is_agreed else _STOPPED_PAST_IN)(week=week, **slots)
        return (_STOPPED_AGREED if is_agreed else _STOPPED_PAST)(**slots)
    return _STOPPED_IN(week=week) if week > 0 else _STOPPED()


def add_working_days(day: date, count: int) -> date:
    """The date `count` working days, Monday to Friday, after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def is_overruled(suggestion: Suggestion, closing: Closing) -> bool:
    """Whether the verdict is to operate although a stop is suggested. That requires a reason, which is printed."""
    return suggestion.verdict == "stop" and closing.verdict == "operate"


def required_fields(suggestion: Suggestion, verdict: str) -> tuple[RequestedField, ...]:
    """The fields that a closing with `verdict` requires.

    Operating against a suggested stop requires a reason. The sponsor may always stop instead, without any field.
    """
    if suggestion.verdict == "stop" and verdict == "operate":
        return ("reason",)
    if suggestion.verdict != "stop" and verdict == "stop":
        return ()
    return suggestion.requested_fields


def find_missing_or_late(suggestion: Suggestion, closing: Closing) -> list[Problem]:
    """Problems of the fields that the verdict requires: missing, or too late. A closing can be loaded without them.

    The code is "overrules" for a missing reason to operate against a suggested stop, else "asked".
    """
    problems: list[Problem] = []
    if is_overruled(suggestion, closing):
        if is_blank(closing.reason):
            message = (
                f"reason is missing: why is it operated, though a stop is suggested? {suggestion.message}"
            )
            problems.append(Problem("overrules", message))
        return problems
    latest = suggestion.latest_date
    for field in required_fields(suggestion, closing.verdict):
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
