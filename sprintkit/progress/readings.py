"""Readings of the success metric and of its guardrails, against the lines that were agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from sprintkit.charter.choices import Direction
from sprintkit.charter.model import Charter, SuccessMetric
from sprintkit.charter.prefill import infer_direction
from sprintkit.records.checkin import CheckIn

MetricState = Literal["reached", "between", "past", "not_measured"]


class Reading(NamedTuple):
    """One reading of the metric."""

    week: int
    value: float
    from_: date
    to: date
    is_result: bool
    """Whether all of it was read with the system live; before that it re-checks the baseline."""


class GuardrailReading(NamedTuple):
    """One reading of a guardrail."""

    week: int
    value: float
    is_outside: bool


@dataclass(frozen=True, slots=True)
class GuardrailState:
    """A guardrail with its own readings, whatever weeks they are of."""

    id: str
    name: str
    at_most: float | None
    at_least: float | None
    readings: tuple[GuardrailReading, ...]

    @property
    def limit(self) -> str:
        """The limit in words."""
        parts = [
            f"at most {self.at_most:.10g}" if self.at_most is not None else "",
            f"at least {self.at_least:.10g}" if self.at_least is not None else "",
        ]
        return " and ".join(part for part in parts if part) or "no limit"

    @property
    def is_outside(self) -> bool:
        """Whether the last reading lies outside the limit."""
        return bool(self.readings) and self.readings[-1].is_outside

    @property
    def is_outside_twice(self) -> bool:
        """Whether the last two readings lie outside the limit."""
        return len(self.readings) > 1 and all(one.is_outside for one in self.readings[-2:])


def guardrail_states(charter: Charter, entries: Iterable[CheckIn]) -> tuple[GuardrailState, ...]:
    """Every guardrail of the charter with its readings, in the order of the charter."""
    taken = list(entries)
    return tuple(
        GuardrailState(
            one.id,
            one.name or one.id,
            one.at_most,
            one.at_least,
            tuple(
                GuardrailReading(entry.week, value, _outside(value, one.at_most, one.at_least))
                for entry in taken
                if (value := entry.guardrails.get(one.id)) is not None
            ),
        )
        for one in charter.success_metric.guardrails
        if one.id
    )


def _outside(value: float, at_most: float | None, at_least: float | None) -> bool:
    return (at_most is not None and value > at_most) or (at_least is not None and value < at_least)


def metric_readings(entries: Iterable[CheckIn], live_since: date | None) -> tuple[Reading, ...]:
    """The readings of the metric, by week."""
    return tuple(
        Reading(
            entry.week,
            entry.metric.value,
            entry.metric.from_,
            entry.metric.to,
            live_since is not None and entry.metric.from_ >= live_since,
        )
        for entry in entries
        if entry.metric is not None
    )


def last_result(taken: Iterable[Reading]) -> Reading | None:
    """The last reading since it is live."""
    return next((one for one in reversed(tuple(taken)) if one.is_result), None)


def metric_state(metric: SuccessMetric, value: float | None) -> MetricState:
    """Where a value stands: target reached, past the stop line, between the two (the stop line itself included)."""
    if value is None:
        return "not_measured"
    if metric.target is not None and _at_least_as_good(value, metric.target, metric_direction(metric)):
        return "reached"
    return "past" if is_past_stop_line(metric, value) else "between"


def is_past_stop_line(metric: SuccessMetric, value: float) -> bool:
    """Whether a value is past the stop line."""
    line = metric.stop_line
    return line is not None and not _at_least_as_good(value, line, metric_direction(metric))


def metric_direction(metric: SuccessMetric) -> Direction:
    """Whether more or less is better; where nobody says it, from baseline to target."""
    if metric.direction is not None:
        return metric.direction
    return "increase" if infer_direction(metric.baseline, metric.target) == "increase" else "decrease"


def _at_least_as_good(value: float, line: float, towards: Direction) -> bool:
    return value >= line if towards == "increase" else value <= line
