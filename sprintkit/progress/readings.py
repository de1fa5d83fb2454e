"""Readings of the success metric and of its guardrails, against the agreed lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from sprintkit.charter.choices import Direction
from sprintkit.charter.model import Charter, SuccessMetric
from sprintkit.charter.prefill import infer_direction
from sprintkit.records.checkin import CheckIn
from sprintkit.text.phrases import Figure, Pattern

MetricState = Literal["reached", "between", "past", "not_measured"]

_AT_MOST: Final = Pattern("limit_at_most", "at most {value}")
_AT_LEAST: Final = Pattern("limit_at_least", "at least {value}")
_BOTH_LIMITS: Final = Pattern("limit_both", "{most} and {least}")
_NO_LIMIT: Final = Pattern("limit_none", "no limit")
_ABOVE: Final = Pattern("side_above", "above")
_BELOW: Final = Pattern("side_below", "below")
_NOT_COMPARABLE: Final = Pattern(
    "metric_not_comparable",
    "The reading of week {week} is not comparable: another recipe measured the baseline.",
)


class Reading(NamedTuple):
    """One reading of the metric."""

    week: int
    value: float
    from_: date
    to: date
    is_result: bool
    """Whether the system was live all the time; an earlier reading re-checks the baseline."""
    is_comparable: bool = True
    """Whether it is not known to be measured with another recipe than the baseline."""


class GuardrailReading(NamedTuple):
    """One reading of a guardrail."""

    week: int
    value: float
    is_outside: bool


@dataclass(frozen=True, slots=True)
class GuardrailState:
    """A guardrail with its readings; not every week has a reading."""

    id: str
    name: str
    at_most: float | None
    at_least: float | None
    readings: tuple[GuardrailReading, ...]

    @property
    def limit(self) -> str:
        """The limit in words."""
        return limit_in_words(self.at_most, self.at_least)

    @property
    def is_outside(self) -> bool:
        """Whether the last reading is outside the limit."""
        return bool(self.readings) and self.readings[-1].is_outside

    @property
    def is_outside_twice(self) -> bool:
        """Whether the last two readings are outside the limit."""
        return len(self.readings) > 1 and all(reading.is_outside for reading in self.readings[-2:])


def guardrail_states(charter: Charter, entries: Iterable[CheckIn]) -> tuple[GuardrailState, ...]:
    """The guardrails with their readings, in the order of the charter."""
    checkins = list(entries)
    return tuple(
        GuardrailState(
            id=guardrail.id,
            name=guardrail.name or guardrail.id,
            at_most=guardrail.at_most,
            at_least=guardrail.at_least,
            readings=tuple(
                GuardrailReading(
                    entry.week, value, is_outside_limits(value, guardrail.at_most, guardrail.at_least)
                )
                for entry in checkins
                if (value := entry.guardrails.get(guardrail.id)) is not None
            ),
        )
        for guardrail in charter.success_metric.guardrails
        if guardrail.id
    )


def limit_in_words(at_most: float | None, at_least: float | None) -> str:
    """`at most 6`, `at least 20`, both, or `no limit`."""
    most = "" if at_most is None else _AT_MOST(value=Figure(at_most))
    least = "" if at_least is None else _AT_LEAST(value=Figure(at_least))
    return _BOTH_LIMITS(most=most, least=least) if most and least else most or least or _NO_LIMIT()


def is_outside_limits(value: float, at_most: float | None, at_least: float | None) -> bool:
    """Whether a value is above the most, or below the least, that a guardrail allows."""
    return (at_most is not None and value > at_most) or (at_least is not None and value < at_least)


def metric_readings(
    entries: Iterable[CheckIn], live_since: date | None, baseline_recipe: str | None = None
) -> tuple[Reading, ...]:
    """The readings of the metric, by week; `baseline_recipe` is the digest of the recipe that measured the baseline."""
    return tuple(
        Reading(
            week=entry.week,
            value=entry.metric.value,
            from_=entry.metric.from_,
            to=entry.metric.to,
            is_result=live_since is not None and entry.metric.from_ >= live_since,
            is_comparable=is_same_recipe(entry.metric.recipe_digest, baseline_recipe),
        )
        for entry in entries
        if entry.metric is not None
    )


def is_same_recipe(recipe: str | None, baseline_recipe: str | None) -> bool:
    """Whether two figures may be compared: their recipes are the same, or one was typed and has none."""
    return not recipe or not baseline_recipe or recipe == baseline_recipe


def describe_incomparable(readings: Iterable[Reading]) -> str:
    """A sentence that the last reading is not comparable with the baseline; empty if it is."""
    last = next(reversed(tuple(readings)), None)
    return "" if last is None or last.is_comparable else _NOT_COMPARABLE(week=last.week)


def last_result(readings: Iterable[Reading]) -> Reading | None:
    """The last reading since going live; None if there is none."""
    return next((reading for reading in reversed(tuple(readings)) if reading.is_result), None)


def metric_state(metric: SuccessMetric, value: float | None) -> MetricState:
    """Whether a value has reached the target, is past the stop line, or is between them; on the stop line is between."""
    if value is None:
        return "not_measured"
    if metric.target is not None and _is_at_least_as_good(value, metric.target, metric_direction(metric)):
        return "reached"
    return "past" if is_past_stop_line(metric, value) else "between"


def is_past_stop_line(metric: SuccessMetric, value: float) -> bool:
    """Whether a value is worse than the stop line."""
    stop_line = metric.stop_line
    return stop_line is not None and not _is_at_least_as_good(value, stop_line, metric_direction(metric))


def side_of_line(value: float, line: float) -> str:
    """The side of a line that a value is on: `above` or `below`."""
    return _ABOVE() if value > line else _BELOW()


def is_worse_than(metric: SuccessMetric, value: float, line: float) -> bool:
    """Whether a value is on the wrong side of a line; on the line it is not."""
    return not _is_at_least_as_good(value, line, metric_direction(metric))


def metric_direction(metric: SuccessMetric) -> Direction:
    """Whether more or less is better; if the charter does not say, from baseline to target."""
    if metric.direction is not None:
        return metric.direction
    return "increase" if infer_direction(metric.baseline, metric.target) == "increase" else "decrease"


def _is_at_least_as_good(value: float, line: float, direction: Direction) -> bool:
    return value >= line if direction == "increase" else value <= line
