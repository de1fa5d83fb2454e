"""Operate or stop: the verdict that the records suggest, and what is asked beside it."""

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

Wanted = Literal["reason", "decommission", "decide_by", "confirm_by"]


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
    """A verdict, why, and what is to be filled in with it."""

    verdict: Literal["operate", "stop"] | None
    words: str
    wanted: tuple[Wanted, ...] = ()
    by: date | None = None
    """The day that confirm_by or decide_by names at the latest; for a target it is that day itself."""


def closing_facts(progress: Progress, closing: Closing) -> ClosingFacts:
    """What the records and a closing say. `progress` is that of the day of the closing."""
    found = last_result(progress.readings)
    return ClosingFacts(
        is_delivered=progress.is_complete
        and bool(closing.acceptance_met)
        and all(closing.acceptance_met)
        and not closing.readiness_open,
        metric=metric_state(progress.charter.success_metric, found.value if found else None),
        is_outside_twice=any(one.is_outside_twice for one in progress.guardrails),
        is_outside=any(one.is_outside for one in progress.guardrails),
        is_unread=any(not one.readings for one in progress.guardrails),
        is_handover_open=any(item in HANDOVER_ITEMS for item in closing.handover_open),
    )


def suggest_verdict(
    end: ClosingFacts, on: date, target_on: date | None = None, settings: Settings = DEFAULT_SETTINGS
) -> Suggestion:
    """The suggested verdict of a closing on a day: the first of the rows that holds."""
    soon = on + timedelta(days=settings.confirm_days)
    if not end.is_delivered:
        return Suggestion("stop", "It is not delivered; a new charter may follow.", ("reason",))
    if end.metric == "past" or end.is_outside_twice:
        why = (
            "The metric is past its stop line"
            if end.metric == "past"
            else "A guardrail is outside twice running"
        )
        return Suggestion("stop", f"{why}.", ("reason", "decommission"))
    if end.metric == "not_measured" or end.is_unread:
        what = (
            "The metric has no reading since it is live"
            if end.metric == "not_measured"
            else "A guardrail was never read"
        )
        return Suggestion(None, f"{what}: close again by {format_date(soon)}.", ("decide_by",), soon)
    if end.is_handover_open:
        days = settings.decide_working_days
        decide = add_working_days(on, days)
        return Suggestion(
            None,
            f"The handover is not done: decide within {days} working days, by {format_date(decide)}.",
            ("decide_by",),
            decide,
        )
    if end.is_outside:
        words = "Operate, to be confirmed at the first monthly review: a guardrail is outside its limit."
        return Suggestion("operate", words, ("confirm_by",), soon)
    if end.metric == "between":
        day = f" on {format_date(target_on)}" if target_on else ""
        words = f"Operate, to be confirmed{day}: the metric is between its stop line and its target."
        return Suggestion("operate", words, ("confirm_by",), target_on)
    return Suggestion("operate", "Operate: the target is reached and every guardrail is inside its limit.")


def closing_title(closing: Closing, progress: Progress) -> str:
    """What a closed sprint is called: a stop is a result and says at which line it was agreed."""
    if closing.verdict == "operate":
        return "Closed: operating"
    line, found = progress.charter.success_metric.stop_line, last_result(progress.readings)
    past = found is not None and metric_state(progress.charter.success_metric, found.value) == "past"
    agreed = f", as agreed at stop line {format_figure(line)}" if past and line is not None else ""
    week = f" in week {progress.week}" if progress.week else ""
    return f"Closed: stopped{week}{agreed}"


def add_working_days(day: date, count: int) -> date:
    """The day that lies `count` working days, Monday to Friday, after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def is_overruled(suggestion: Suggestion, closing: Closing) -> bool:
    """Whether it is operated against a suggested stop; that wants a reason, and is printed beside the suggestion."""
    return suggestion.verdict == "stop" and closing.verdict == "operate"


def missing_in_closing(suggestion: Suggestion, closing: Closing) -> list[Problem]:
    """What a closing has not filled in, though it is asked with the suggested verdict; none of it hinders loading.

    A problem of code "overrules" is one without which the closing is not taken: the reason to operate it against a
    suggested stop.
    """
    problems = []
    if is_overruled(suggestion, closing):
        if is_blank(closing.reason):
            told = f"reason is missing: why is it operated, though a stop is suggested? {suggestion.words}"
            problems.append(Problem("overrules", told))
        return problems
    if suggestion.verdict is not None and suggestion.verdict != closing.verdict:
        return problems  # a stop instead of operating is always open to the sponsor
    for name in suggestion.wanted:
        given = getattr(closing, name)
        if is_blank(given):
            by = f", {format_date(suggestion.by)} at the latest" if suggestion.by else ""
            problems.append(Problem("asked", f"{name} is asked for{by}. {suggestion.words}"))
        elif isinstance(given, date) and suggestion.by is not None and given > suggestion.by:
            told = (
                f"{name} is {format_date(given)}, later than {format_date(suggestion.by)}. {suggestion.words}"
            )
            problems.append(Problem("asked", told))
    return problems
