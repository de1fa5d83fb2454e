"""The monthly value of the work that a system takes over.

A case that goes through the system takes a*q*k + (1-a)*s + e*r minutes: a share `a` of the cases runs automatically,
and of those a share `q` is sampled at `k` minutes each; the others take `s` minutes each; a share `e` of all comes out
wrong and takes `r` minutes each to fix. Cases that do not go through it (1 - usage) take as long as before.

The value is the freed hours that are put to use (the realised share), at the loaded rate, minus the cost of operations
and of the owner's hours. A month has 52/12 weeks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from sprintkit.charter.model import Charter

WEEKS_PER_MONTH: Final = 52 / 12
MAX_FIGURE: Final = 1e12
"""The largest figure allowed, so that no product of figures overflows a float."""


class ValueInputs(NamedTuple):
    """The inputs of the calculation. Shares are 0 to 1; rates are money per hour."""

    volume: float
    """Cases per month."""
    minutes: float
    """Minutes per case before."""
    usage: float
    automation: float
    check_share: float
    check_minutes: float
    assist_minutes: float
    error_share: float
    rework_minutes: float
    loaded_rate: float
    realised: float
    operations: float
    """Cost per month."""
    owner_hours: float
    """Hours per month."""
    owner_rate: float
    sprint_cost: float


class MonthlyValue(NamedTuple):
    """The value per month, not rounded."""

    minutes_per_case: float
    """Minutes for a case that goes through the system."""
    hours_before: float
    hours_after: float
    freed: float
    """Hours freed."""
    gross: float
    run: float
    """Cost of running it."""
    net: float
    payback_months: float | None
    """None if it never pays back."""
    first_year: float
    """Net value of twelve months, minus the cost of the sprint."""


FigureUnit = Literal["a month", "minutes", "%", "hours a week", "money a month", "money an hour", "money"]


class ValueFigure(NamedTuple):
    """One figure that the calculator asks for, in the unit that the charter uses."""

    name: str
    """Its field in `ValueInputs`."""
    path: str
    """Its path in the charter."""
    label: str
    unit: FigureUnit

    @property
    def key(self) -> str:
        """The last key of its path. No two figures share one."""
        return self.path.rpartition(".")[2]

    def convert(self, figure: float) -> float:
        """Convert a figure from the charter's unit to that of `ValueInputs`."""
        if self.unit == "%":
            return figure / 100
        return figure * WEEKS_PER_MONTH if self.unit == "hours a week" else float(figure)

    def convert_back(self, value: float) -> float:
        """Convert a value of `ValueInputs` to the charter's unit."""
        if self.unit == "%":
            return value * 100
        return value / WEEKS_PER_MONTH if self.unit == "hours a week" else value

    def fault(self, figure: float) -> str | None:
        """What is required of a figure that is out of range (`must be between 0 and 100`); None if it is in range."""
        if self.unit == "%":
            return None if 0 <= figure <= 100 else "must be between 0 and 100"
        if self.name in _ABOVE_ZERO and figure <= 0:
            return "must be more than 0"
        if not 0 <= figure <= MAX_FIGURE:
            return "must be 0 or more" if figure < 0 else f"must be at most {MAX_FIGURE:,.0f}"
        return None


_ABOVE_ZERO: Final = ("volume", "minutes")
VALUE_FIGURES: Final = (
    ValueFigure("volume", "use_case.volume_per_month", "Cases", "a month"),
    ValueFigure("minutes", "use_case.minutes_per_case", "Time a case takes today", "minutes"),
    ValueFigure("usage", "value.usage_share_pct", "Cases that go through it", "%"),
    ValueFigure("automation", "value.automation_share_pct", "Done without a person", "%"),
    ValueFigure("check_share", "value.check_share_pct", "Automatic ones checked", "%"),
    ValueFigure("check_minutes", "value.check_minutes", "Time to check one", "minutes"),
    ValueFigure("assist_minutes", "value.assist_minutes", "Time for an assisted case", "minutes"),
    ValueFigure("error_share", "value.error_share_pct", "Cases that come out wrong", "%"),
    ValueFigure("rework_minutes", "value.rework_minutes", "Time to put one right", "minutes"),
    ValueFigure("loaded_rate", "value.loaded_rate", "An hour of these people", "money an hour"),
    ValueFigure("realised", "value.realised_share_pct", "Freed time put to use", "%"),
    ValueFigure("operations", "budget.operations_per_month", "Running the system", "money a month"),
    ValueFigure("owner_hours", "owner.hours_per_week", "The owner's time", "hours a week"),
    ValueFigure("owner_rate", "value.owner_rate", "An hour of the owner", "money an hour"),
    ValueFigure("sprint_cost", "budget.sprint_cost", "The sprint", "money"),
)
"""Every figure of the calculator, in the order of `ValueInputs`."""


def charter_figures(charter: Charter) -> dict[str, float]:
    """The figures that a charter gives, by path and in the charter's units."""
    figures: dict[str, float] = {}
    for figure in VALUE_FIGURES:
        table, _, key = figure.path.partition(".")
        value = getattr(getattr(charter, table), key)
        if value is not None:
            figures[figure.path] = value
    return figures


def inputs_from(figures: Mapping[str, float]) -> ValueInputs | None:
    """The inputs built from figures by path; None if one is missing or too large to compute with."""
    try:
        return ValueInputs(*(figure.convert(figures[figure.path]) for figure in VALUE_FIGURES))
    except (KeyError, OverflowError):  # a whole number may be larger than any float
        return None


def value_inputs(charter: Charter) -> ValueInputs | None:
    """The inputs that a charter gives; None if one is missing or too large to compute with."""
    return inputs_from(charter_figures(charter))


def monthly_value(figures: ValueInputs) -> MonthlyValue:
    """The value per month, by the formula above."""
    f = figures
    per_case = (
        f.automation * f.check_share * f.check_minutes
        + (1 - f.automation) * f.assist_minutes
        + f.error_share * f.rework_minutes
    )
    before = f.volume * f.minutes / 60
    after = f.volume * ((1 - f.usage) * f.minutes + f.usage * per_case) / 60
    gross = (before - after) * f.loaded_rate * f.realised
    run = f.operations + f.owner_hours * f.owner_rate
    net = gross - run
    payback = f.sprint_cost / net if net > 0 else math.inf
    return MonthlyValue(
        minutes_per_case=per_case,
        hours_before=before,
        hours_after=after,
        freed=before - after,
        gross=gross,
        run=run,
        net=net,
        payback_months=payback if math.isfinite(payback) else None,
        first_year=12 * net - f.sprint_cost,
    )
