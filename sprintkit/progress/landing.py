"""Describes when a sprint lands, the same way everywhere: in a week of the sprint, or some time after its deadline."""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple

from sprintkit.text.numbers import format_halves
from sprintkit.text.phrases import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

MAX_WEEKS_SHOWN = 52
"""A landing more weeks after the deadline is shown without a figure, which would pretend a precision it lacks."""

_NEVER: Final = Pattern("lands_never", "never")
_IN_WEEK: Final = Pattern("lands_in_week", "in week {week}")
_AFTER_DEADLINE: Final = Pattern("lands_after_deadline", "{delay} after the deadline")
_OVER_A_YEAR: Final = Pattern("delay_year", "over a year")
_ONE_DAY: Final = Pattern("delay_day", "{n} day")
_MANY_DAYS: Final = Pattern("delay_days", "{n} days")
_HALF_A_WEEK: Final = Pattern("delay_half_week", "half a week")
_ONE_WEEK_LATE: Final = Pattern("delay_week", "{n} week")
_MANY_WEEKS_LATE: Final = Pattern("delay_weeks", "{n} weeks")
LandingUnit = Literal["week", "days_late", "weeks_late", "year_late", "never"]


class Landing(NamedTuple):
    """When a sprint lands, in the steps in which it is shown."""

    unit: LandingUnit
    number: int = 0
    """The week of the sprint, or days or half weeks after its deadline."""

    @property
    def is_late(self) -> bool:
        """Whether it lands after the deadline, or never."""
        return self.unit != "week"

    @property
    def amount(self) -> str:
        """The number as shown: `5`, `1½`; empty if there is none."""
        if self.unit in ("year_late", "never"):
            return ""
        return format_halves(self.number) if self.unit == "weeks_late" else str(self.number)


def landing_at(moment: float | Fraction | None, weeks: int) -> Landing:
    """The landing at `moment`, in weeks from the start (None for never), in a sprint of `weeks` weeks.

    A week of the sprint ends with its check-in, so the moments 4.2 and 5 are both in week 5.
    """
    if moment is None:
        return Landing("never")
    excess = moment - weeks
    if excess <= 0:
        return Landing("week", max(1, math.ceil(moment)))
    if excess > MAX_WEEKS_SHOWN:
        return Landing("year_late")
    half_weeks = math.floor(excess * 2 + 0.5)
    return Landing("weeks_late", half_weeks) if half_weeks else Landing("days_late", math.ceil(excess * 7))


def expected_landing(
    kind: float | Fraction | None, pace: float | Fraction | None, as_of_week: int | None, weeks: int | None
) -> Landing | None:
    """The landing to show where there is room for only one: at the pace so far; in week 1, if nothing slips.

    None if there is no forecast.
    """
    if kind is None or not as_of_week or weeks is None:
        return None
    return landing_at(kind if pace is None and as_of_week == 1 else pace, weeks)


def describe_landing(landing: Landing) -> str:
    """`in week 5`, `1½ weeks after the deadline`, `2 days after the deadline` or `never`."""
    if landing.unit == "never":
        return _NEVER()
    if landing.unit == "week":
        return _IN_WEEK(week=landing.amount)
    return _AFTER_DEADLINE(delay=_describe_delay(landing))


def describe_landing_briefly(landing: Landing) -> str:
    """For a column: `week 5`, `1½ weeks late`, `never`."""
    if landing.is_late:
        return "never" if landing.unit == "never" else f"{_describe_delay(landing)} late"
    return f"week {landing.amount}"


def describe_shift(weeks: float | Fraction) -> str:
    """The size of a change of the landing, whatever its direction: `1½ weeks`, `2 days`."""
    return _describe_delay(landing_at(weeks if weeks > 0 else -weeks, 0))


def _describe_delay(landing: Landing) -> str:
    if landing.unit == "year_late":
        return _OVER_A_YEAR()
    if landing.unit == "days_late":
        return (_ONE_DAY if landing.number == 1 else _MANY_DAYS)(n=landing.amount)
    if landing.number == 1:
        return _HALF_A_WEEK()
    return (_ONE_WEEK_LATE if landing.number == 2 else _MANY_WEEKS_LATE)(n=landing.amount)
