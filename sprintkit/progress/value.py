"""The value calculator: as entered, cautious, and where it breaks even.

The figures per month are those of `sprintkit.charter.monthly_value`. The cautious column counts less of the expected
benefits and more of the costs: HM Treasury's Green Book advises to correct costs up and benefits down before a
decision, against optimism bias. By how much is a setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from sprintkit.charter.model import Charter
from sprintkit.charter.monthly_value import MonthlyValue, ValueInputs, monthly_value
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings

Column = Literal["as_entered", "cautious", "break_even"]

ALWAYS_PAYS: Final = "pays even without automation"
NEVER_PAYS: Final = "cannot pay"
SAVES_NO_TIME: Final = "none: checking takes as long as doing"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The automatic share at which a month pays for itself: `share`, 0 to 1, or `words` if there is none."""

    share: float | None
    words: str | None


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """One column of the calculator."""

    column: Column
    inputs: ValueInputs
    result: MonthlyValue | None
    """None in the break-even column if there is no such share."""
    break_even: BreakEven

    def as_dict(self) -> dict[str, Any]:
        """The figures rounded to two decimals, minutes per case to three; what never happens is None."""
        result, share = self.result, self.break_even.share

        def rounded(value: float | None, digits: int = 2) -> float | None:
            return None if value is None else round(value, digits) + 0.0

        return {
            "column": self.column,
            "minutes_per_case": rounded(result.minutes_per_case if result else None, 3),
            "hours_before": rounded(result.hours_before if result else None),
            "hours_after": rounded(result.hours_after if result else None),
            "hours_freed": rounded(result.freed if result else None),
            "gross": rounded(result.gross if result else None),
            "run": rounded(result.run if result else None),
            "net": rounded(result.net if result else None),
            "payback_months": rounded(result.payback_months if result else None),
            "first_year": rounded(result.first_year if result else None),
            "break_even_share_pct": rounded(None if share is None else 100 * share),
            "break_even": self.break_even.words,
        }


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


def missing_inputs(charter: Charter) -> list[str]:
    """The paths of the figures that the calculator needs and the charter does not have."""
    use_case, value, budget = charter.use_case, charter.value, charter.budget
    required = {
        "use_case.volume_per_month": use_case.volume_per_month,
        "use_case.minutes_per_case": use_case.minutes_per_case,
        "owner.hours_per_week": charter.owner.hours_per_week,
        "budget.sprint_cost": budget.sprint_cost,
        "budget.operations_per_month": budget.operations_per_month,
        **{f"value.{name}": getattr(value, name) for name in type(value).model_fields},
    }
    return [path for path, figure in required.items() if figure is None]
