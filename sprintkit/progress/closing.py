"""Operate or stop: the verdict that the records suggest, and the fields that are asked for with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

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
)
from sprintkit.progress.weeks import Weeks
from sprintkit.records.closing import HANDOVER_ITEMS, Closing
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_count, format_figure

RequestedField = Literal["reason", "decommission", "decide_by", "confirm_by"]
GuardrailStanding = Literal["inside", "outside", "twice", "not_read"]
"""The worst state of any guardrail, worst first: `twice` (outside in its last two readings), `not_read`, `outside`, `inside`."""


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
    value: float | None = None
    """The last reading of the metric since it is live."""
    is_unconfirmed: bool = False
    """It was operated, and its target was not reached when that was to be confirmed, one more quarter later."""
    gaps: tuple[str, ...] = ()
    """What is missing for it to be delivered, a phrase each."""

    @property
    def guardrail(self) -> GuardrailStanding:
        """Where the guardrails stand; `inside` if there is none."""
        if self.is_outside_twice:
            return "twice"
        if self.is_unread:
            return "not_read"
        return "outside" if self.is_outside else "inside"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested verdict, the reason for it, and the fields that are asked for with it."""

    verdict: Literal["operate", "stop"] | None
    """None: neither yet; close again later."""
    message: str
    requested_fields: tuple[RequestedField, ...] = ()
    latest_date: date | None = None
    """The latest date for confirm_by or decide_by."""


def closing_facts(
    progress: Progress, closing: Closing | None, reviews: Iterable[Review] = ()
) -> ClosingFacts:
    """The facts in the records and a closing; `progress` counts what was recorded up to its day.

    Without a closing they are those of one with everything met and nothing open. A closing that follows another one
    also counts what the monthly reviews read in months that ended before its day.
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
        metric=metric_state(progress.charter.success_metric, value),
        is_outside_twice=any(len(flags) > 1 and all(flags[-2:]) for flags in outside),
        is_outside=any(flags[-1:] == [True] for flags in outside),
        is_unread=any(not flags for flags in outside),
        is_handover_open=closing is not None
        and any(item in HANDOVER_ITEMS for item in closing.handover_open),
        value=value,
        gaps=gaps,
    )


def _outside_flags(guardrail: GuardrailState, reviews: Iterable[Review]) -> list[bool]:
    """Whether each reading of a guardrail is outside its limit, the last one last."""
    flags = [reading.is_outside for reading in guardrail.readings]
    for review in reviews:
        value = review.guardrails.get(guardrail.id)
        if value is not None:
            flags.append(is_outside_limits(value, guardrail.at_most, guardrail.at_least))
    return flags


def _delivery_gaps(progress: Progress, closing: Closing | None) -> tuple[str, ...]:
    gaps = []
    if not progress.is_complete:
        ids = [state.id for state in progress.milestones if state.accepted is None]
        gaps.append(f"not accepted: {', '.join(ids)}" if ids else "there are no points to earn")
    if closing is None:
        return tuple(gaps)
    unanswered = max(1, len(progress.charter.deliverable.acceptance)) - len(closing.acceptance_met)
    if unanswered > 0:
        gaps.append(f"{format_count(unanswered, 'claim')} not answered")
    if not all(closing.acceptance_met):
        numbers = [str(number) for number, is_met in enumerate(closing.acceptance_met, 1) if not is_met]
        gaps.append(f"claims not met: {', '.join(numbers)}")
    if closing.readiness_open:
        gaps.append(f"promises open: {len(closing.readiness_open)}")
    return tuple(gaps)


def suggest_verdict(
    facts: ClosingFacts, on: date, target_on: date | None = None, settings: Settings = DEFAULT_SETTINGS
) -> Suggestion:
    """The suggested verdict of a closing on a day: the first condition that holds decides."""
    confirm_by = on + timedelta(days=settings.confirm_days)
    if not facts.is_delivered:
        gaps = f" ({'; '.join(facts.gaps)})" if facts.gaps else ""
        return Suggestion("stop", f"It is not delivered{gaps}; a new charter may follow.", ("reason",))
    if facts.metric == "past":
        message = "The metric is past its stop line."
        return Suggestion("stop", message, ("reason", "decommission"))
    if facts.is_unconfirmed:
        message = "Operating was not confirmed: the target is not reached after one more quarter."
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
        latest = confirm_by if target_on is not None and target_on < on else target_on
        day = f" by {format_date(latest)}" if latest else ""
        message = f"Operate, to be confirmed{day}: the metric is between its stop line and its target."
        return Suggestion("operate", message, ("confirm_by",), latest)
    return Suggestion("operate", "Operate: the target is reached and every guardrail is inside its limit.")


def describe_reading(metric: SuccessMetric, facts: ClosingFacts) -> str:
    """The last reading of the metric against its lines, in a sentence."""
    if facts.value is None:
        return "not read since it is live."
    reading = format_figure(facts.value, metric.unit)
    if facts.metric == "reached" and metric.target is not None:
        return f"{reading}: the target of {format_figure(metric.target)} is reached."
    if facts.metric == "past" and metric.stop_line is not None:
        return f"{reading}, past the stop line of {format_figure(metric.stop_line)}."
    lines = [
        f"the {label} of {format_figure(line)}"
        for label, line in (("stop line", metric.stop_line), ("target", metric.target))
        if line is not None
    ]
    return f"{reading}, between {' and '.join(lines)}." if len(lines) == 2 else f"{reading}."


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


def closing_sentence(closing: Closing, progress: Progress, facts: ClosingFacts) -> str:
    """What was decided at the end, in a sentence: a stop with the same respect as a success.

    `progress` counts what was recorded up to the closing.
    """
    metric, weeks = progress.charter.success_metric, Weeks.from_charter(progress.charter)
    if closing.verdict == "operate":
        until = ""
        if closing.decide_by is not None:
            until = f" for now, to be decided by {format_date(closing.decide_by)}"
        elif closing.confirm_by is not None:
            until = f", to be confirmed by {format_date(closing.confirm_by)}"
        return f"Operated by its owner{until}."
    number = weeks.week_of(closing.on) if weeks else 0
    week = f" in week {number}" if number > 0 else ""
    if facts.metric == "past" and facts.value is not None and metric.stop_line is not None:
        value, stop_line = format_figure(facts.value), format_figure(metric.stop_line)
        return f"Stopped{week}, as agreed: {value} is past the stop line of {stop_line}."
    return f"Stopped{week}."


def add_working_days(day: date, count: int) -> date:
    """The date `count` working days, Monday to Friday, after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def is_overruled(suggestion: Suggestion, closing: Closing) -> bool:
    """Whether it is operated although a stop is suggested. That needs a reason, printed beside the suggestion."""
    return suggestion.verdict == "stop" and closing.verdict == "operate"


def asked_fields(suggestion: Suggestion, verdict: str) -> tuple[RequestedField, ...]:
    """The fields that a closing with `verdict` is refused without.

    To operate against a suggested stop wants a reason. The sponsor may always stop instead, and is then asked nothing.
    """
    if suggestion.verdict == "stop" and verdict == "operate":
        return ("reason",)
    if suggestion.verdict != "stop" and verdict == "stop":
        return ()
    return suggestion.requested_fields


def find_missing_or_late(suggestion: Suggestion, closing: Closing) -> list[Problem]:
    """The fields that are asked for with the verdict and are missing or too late; the closing loads without them.

    The code is "overrules" for the missing reason to operate against a suggested stop, else "asked".
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
    for field in asked_fields(suggestion, closing.verdict):
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
