"""What the work is worth that a system takes over, per month.

A case that goes through it costs a*q*k + (1-a)*s + e*r minutes: a share a runs automatically, of which a share q
is sampled at k minutes; the rest takes s minutes each; a share e comes out wrong and takes r minutes to mend.
The rest of the cases (1 - usage) takes as long as today. Freed hours count at the loaded rate, as far as they are
put to use (realised), less operations and the owner's hours (52/12 weeks a month).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from sprintkit.charter.model import Charter

WEEKS_PER_MONTH: Final = 52 / 12


class ValueInputs(NamedTuple):
    """What the value is computed from. Shares are 0 to 1, times minutes, money per month or per hour."""

    volume: float
    minutes: float
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
    owner_hours: float
    """Per month."""
    owner_rate: float
    sprint_cost: float


class MonthlyValue(NamedTuple):
    """The value per month; hours and money are not rounded."""

    minutes_per_case: float
    hours_before: float
    hours_after: float
    freed: float
    gross: float
    run: float
    net: float
    payback_months: float | None
    """None where it never pays back."""
    first_year: float


def value_inputs(charter: Charter) -> ValueInputs | None:
    """The figures a charter gives; None while one is missing, or larger than any number."""
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
    except OverflowError:  # a count that no number holds
        return None


def monthly_value(figures: ValueInputs) -> MonthlyValue:
    """The value per month of the work taken over."""
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
