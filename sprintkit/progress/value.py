"""The three columns of the value calculator: as entered, cautious, and break-even.

The monthly figures are those of `sprintkit.charter.monthly_value`. The cautious column counts less of the expected
benefits and more of the costs, since HM Treasury's Green Book advises correcting for optimism bias before a decision.
The factors are settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from sprintkit.charter.monthly_value import MonthlyValue, ValueInputs, monthly_value
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.text.numbers import format_rounded

Column = Literal["as_entered", "cautious", "break_even"]

ALWAYS_PAYS: Final = "pays even without automation"
NEVER_PAYS: Final = "cannot pay"
SAVES_NO_TIME: Final = "none: checking takes as long as doing"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The automatic share at which a month pays for itself: `share`, 0 to 1, or `words` if there is none."""

    share: float | None
    words: str | None

    @property
    def text(self) -> str:
        """`pays once 37.99% of the cases are automatic`, or the words."""
        if self.share is None:
            return self.words or ""
        return f"pays once {format_rounded(100 * self.share)}% of the cases are automatic"


class ColumnFigures(TypedDict):
    """The figures of one column, rounded; a figure that does not exist is None."""

    minutes_per_routed_case: float | None
    """To three decimals."""
    hours_before: float | None
    hours_after: float | None
    hours_freed: float | None
    gross: float | None
    run: float | None
    net: float | None
    payback_months: float | None
    first_year: float | None
    break_even_share: float | None
    """From 0 to 1, to four decimals."""
    break_even_text: str


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """One column of the calculator."""

    column: Column
    inputs: ValueInputs
    result: MonthlyValue | None
    """None in the break-even column if there is no such share."""
    break_even: BreakEven

    def figures(self) -> ColumnFigures:
        """Its figures, rounded to two decimals unless `ColumnFigures` says otherwise."""
        result = self.result

        def rounded(name: str, digits: int = 2) -> float | None:
            value = getattr(result, name, None)
            return None if value is None else round_figure(value, digits)

        share = self.break_even.share
        return {
            "minutes_per_routed_case": rounded("minutes_per_case", 3),
            "hours_before": rounded("hours_before"),
            "hours_after": rounded("hours_after"),
            "hours_freed": rounded("freed"),
            "gross": rounded("gross"),
            "run": rounded("run"),
            "net": rounded("net"),
            "payback_months": rounded("payback_months"),
            "first_year": rounded("first_year"),
            "break_even_share": None if share is None else round_figure(share, 4),
            "break_even_text": self.break_even.text,
        }


def round_figure(value: float, digits: int = 2) -> float:
    """A figure rounded for people, never -0."""
    return round(value, digits) + 0.0


def compute_value_columns(
    inputs: ValueInputs, settings: Settings = DEFAULT_SETTINGS
) -> tuple[ValueColumn, ValueColumn, ValueColumn]:
    """The three columns: as entered, cautious, break-even."""
    return (
        ValueColumn("as_entered", inputs, monthly_value(inputs), break_even(inputs)),
        _cautious_column(inputs, settings),
        _break_even_column(inputs),
    )


def _cautious_column(inputs: ValueInputs, settings: Settings) -> ValueColumn:
    cautious = inputs._replace(
        automation=inputs.automation * settings.sober_share,
        realised=inputs.realised * settings.sober_share,
        operations=inputs.operations * settings.sober_cost,
        owner_rate=inputs.owner_rate * settings.sober_cost,
        sprint_cost=inputs.sprint_cost * settings.sober_cost,
    )
    return ValueColumn("cautious", cautious, monthly_value(cautious), break_even(cautious))


def _break_even_column(inputs: ValueInputs) -> ValueColumn:
    point = break_even(inputs)
    if point.share is None:
        return ValueColumn("break_even", inputs, None, point)
    inputs = inputs._replace(automation=point.share)
    # At break-even net is 0 by definition; the computed figures may miss it by a rounding error.
    computed = monthly_value(inputs)
    exact = computed._replace(
        gross=computed.run, net=0.0, payback_months=None, first_year=-inputs.sprint_cost
    )
    return ValueColumn("break_even", inputs, exact, point)


def break_even(inputs: ValueInputs) -> BreakEven:
    """The automatic share at which net is 0: (run*60/(V*u*L*h) - m + s + e*r) / (s - q*k).

    V is the volume, u the usage, L the loaded rate, h the realised share, m the minutes before; the other letters
    are those of `sprintkit.charter.monthly_value`.
    """
    minutes_saved_per_share = inputs.assist_minutes - inputs.check_share * inputs.check_minutes
    if minutes_saved_per_share <= 0:
        return BreakEven(None, SAVES_NO_TIME)
    run_cost = inputs.operations + inputs.owner_hours * inputs.owner_rate
    money_per_minute = inputs.volume * inputs.usage * inputs.loaded_rate * inputs.realised / 60
    if money_per_minute <= 0:
        return BreakEven(None, NEVER_PAYS)
    rework_minutes = inputs.error_share * inputs.rework_minutes
    minutes_needed = run_cost / money_per_minute - inputs.minutes + inputs.assist_minutes + rework_minutes
    share = minutes_needed / minutes_saved_per_share
    if share <= 0:
        return BreakEven(None, ALWAYS_PAYS)
    return BreakEven(None, NEVER_PAYS) if share > 1 else BreakEven(share, None)
