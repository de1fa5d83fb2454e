"""The monthly value of the work that a system takes over.

A case that goes through the system takes a*q*k + (1-a)*s + e*r minutes: a share `a` of the cases runs automatically,
and of those a share `q` is sampled at `k` minutes each; the others take `s` minutes each; a share `e` of all comes out
wrong and takes `r` minutes each to fix. Cases that do not go through it (1 - usage) take as long as before.

The value is the freed hours that are put to use (the realised share), at the loaded rate, minus the cost of operations
and of the owner's hours. A month has 52/12 weeks.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from sprintkit.charter.model import Charter

WEEKS_PER_MONTH: Final = 52 / 12


class ValueInputs(NamedTuple):
    """What the value is computed from. Shares are 0 to 1; rates are money per hour."""

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
    """Minutes of a case that goes through the system."""
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


def value_inputs(charter: Charter) -> ValueInputs | None:
    """The figures of a charter; None while one is missing or too large to compute with."""
    use_case, value, budget = charter.use_case, charter.value, charter.budget
    hours = charter.owner.hours_per_week
    given = {
        "volume": use_case.volume_per_month,
        "minutes": use_case.minutes_per_case,
        "usage": _share(value.usage_share_pct),
        "automation": _share(value.automation_share_pct),
        "check_share": _share(value.check_share_pct),
        "check_minutes": value.check_minutes,
        "assist_minutes": value.assist_minutes,
        "error_share": _share(value.error_share_pct),
        "rework_minutes": value.rework_minutes,
        "loaded_rate": value.loaded_rate,
        "realised": _share(value.realised_share_pct),
        "operations": budget.operations_per_month,
        "owner_hours": None if hours is None else hours * WEEKS_PER_MONTH,
        "owner_rate": value.owner_rate,
        "sprint_cost": budget.sprint_cost,
    }
    known = {name: figure for name, figure in given.items() if figure is not None}
    try:
        return (
            ValueInputs(**{name: float(figure) for name, figure in known.items()})
            if len(known) == len(given)
            else None
        )
    except OverflowError:  # a whole number larger than any float
        return None


def monthly_value(figures: ValueInputs) -> MonthlyValue:
    """The value per month that follows from `figures`."""
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


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100
