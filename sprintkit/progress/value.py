"""The value calculator: as entered, sober, and where it breaks even.

The figures per month are those of `sprintkit.charter.monthly_value`. Sober counts less of what is hoped for and more of
what is paid: costs are corrected up and benefits down before a decision, as HM Treasury's Green Book advises
against optimism bias; by how much is a setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from sprintkit.charter.model import Charter
from sprintkit.charter.monthly_value import MonthlyValue, ValueInputs, monthly_value
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings

Column = Literal["as_entered", "sober", "break_even"]

TITLES: Final[dict[Column, str]] = {
    "as_entered": "as entered",
    "sober": "sober",
    "break_even": "break-even",
}
PAYS: Final = "pays even without automation"
CANNOT: Final = "cannot pay"
NO_USE: Final = "none: checking takes as long as doing"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The automatic share at which a month pays for itself: a number between 0 and 1, else words."""

    share: float | None
    words: str | None


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """One column."""

    column: Column
    inputs: ValueInputs
    worth: MonthlyValue | None
    """None in the break-even column where there is no such share."""
    break_even: BreakEven

    def as_dict(self) -> dict[str, Any]:
        """The figures rounded to two decimals, minutes per case to three; what never comes is None."""
        found, share = self.worth, self.break_even.share

        def rounded(value: float | None, digits: int = 2) -> float | None:
            return None if value is None else round(value, digits) + 0.0

        return {
            "column": self.column,
            "minutes_per_case": rounded(found.minutes_per_case if found else None, 3),
            "hours_before": rounded(found.hours_before if found else None),
            "hours_after": rounded(found.hours_after if found else None),
            "hours_freed": rounded(found.freed if found else None),
            "gross": rounded(found.gross if found else None),
            "run": rounded(found.run if found else None),
            "net": rounded(found.net if found else None),
            "payback_months": rounded(found.payback_months if found else None),
            "first_year": rounded(found.first_year if found else None),
            "break_even_share_pct": rounded(None if share is None else 100 * share),
            "break_even": self.break_even.words,
        }


def compute_value_columns(
    figures: ValueInputs, settings: Settings = DEFAULT_SETTINGS
) -> tuple[ValueColumn, ValueColumn, ValueColumn]:
    """The three columns: as entered, sober, break-even. Money per month, shares 0 to 1, times in hours."""
    return (
        ValueColumn("as_entered", figures, monthly_value(figures), break_even(figures)),
        _sober(figures, settings),
        _break_even_column(figures),
    )


def _sober(figures: ValueInputs, settings: Settings) -> ValueColumn:
    cautious = figures._replace(
        automation=figures.automation * settings.sober_share,
        realised=figures.realised * settings.sober_share,
        operations=figures.operations * settings.sober_cost,
        owner_rate=figures.owner_rate * settings.sober_cost,
        sprint_cost=figures.sprint_cost * settings.sober_cost,
    )
    return ValueColumn("sober", cautious, monthly_value(cautious), break_even(cautious))


def _break_even_column(figures: ValueInputs) -> ValueColumn:
    found = break_even(figures)
    if found.share is None:
        return ValueColumn("break_even", figures, None, found)
    there = figures._replace(automation=found.share)
    exact = monthly_value(there)._replace(net=0.0, payback_months=None, first_year=-figures.sprint_cost)
    return ValueColumn("break_even", there, exact._replace(gross=exact.run), found)


def break_even(figures: ValueInputs) -> BreakEven:
    """The automatic share at which net is 0: (run*60/(V*u*L*h) - m + s + e*r) / (s - q*k)."""
    f = figures
    saved_per_share = f.assist_minutes - f.check_share * f.check_minutes
    if saved_per_share <= 0:
        return BreakEven(None, NO_USE)
    run = f.operations + f.owner_hours * f.owner_rate
    money_per_minute = f.volume * f.usage * f.loaded_rate * f.realised / 60
    if money_per_minute <= 0:
        return BreakEven(None, CANNOT)
    needed = run / money_per_minute - f.minutes + f.assist_minutes + f.error_share * f.rework_minutes
    share = needed / saved_per_share
    if share <= 0:
        return BreakEven(None, PAYS)
    return BreakEven(None, CANNOT) if share > 1 else BreakEven(share, None)


def missing_inputs(charter: Charter) -> list[str]:
    """The paths of the figures that the calculator needs and the charter does not have."""
    use_case, entered, budget = charter.use_case, charter.value, charter.budget
    needed = {
        "use_case.volume_per_month": use_case.volume_per_month,
        "use_case.minutes_per_case": use_case.minutes_per_case,
        "owner.hours_per_week": charter.owner.hours_per_week,
        "budget.sprint_cost": budget.sprint_cost,
        "budget.operations_per_month": budget.operations_per_month,
        **{f"value.{name}": getattr(entered, name) for name in type(entered).model_fields},
    }
    return [path for path, figure in needed.items() if figure is None]
