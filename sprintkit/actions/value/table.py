"""The calculator's texts: rows of three columns, the break-even and the formulas in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sprintkit.actions.value.figures import currency_unit
from sprintkit.actions.value.realised import RealisedData
from sprintkit.actions.value.value import ValueData
from sprintkit.progress.value import ColumnFigures
from sprintkit.text.dates import format_month
from sprintkit.text.numbers import format_count, format_figure, format_rounded, format_thousands

COLUMN_NAMES: Final = ("As entered", "Cautious", "Break-even")
NOTHING: Final = "–"
"""The cell of a column that has no such figure."""


class TableRow(NamedTuple):
    """One figure in the three columns."""

    label: str
    unit: str
    cells: tuple[str, str, str]


def input_rows(data: ValueData) -> list[TableRow]:
    """The figures that the value is computed from."""
    return [
        TableRow(
            row["label"],
            row["unit"],
            (_as_typed(row["as_entered"]), _as_typed(row["cautious"]), _as_typed(row["break_even"])),
        )
        for row in data["inputs"]
    ]


def result_rows(data: ValueData) -> list[TableRow]:
    """The computed figures; all cells are empty while an input is missing."""
    money = currency_unit(data["currency"] or "")
    texts = [_result_texts(data[column]) for column in ("as_entered", "cautious", "break_even")]
    labels = (
        ("A case that goes through it", "minutes"),
        ("Hours before", "a month"),
        ("Hours after", "a month"),
        ("Hours freed", "a month"),
        ("Gross value", f"{money} a month"),
        ("Cost of running", f"{money} a month"),
        ("Net value", f"{money} a month"),
        ("Payback", "months"),
        ("First year, after the sprint", money),
    )
    return [
        TableRow(label, unit, cells)
        for (label, unit), cells in zip(labels, zip(*texts, strict=True), strict=True)
    ]


def _result_texts(figures: ColumnFigures | None) -> list[str]:
    """The figures of one column as texts, in the order of the rows."""
    if figures is None or figures["minutes_per_routed_case"] is None:
        return [NOTHING] * 9
    payback = figures["payback_months"]
    return [
        f"{figures['minutes_per_routed_case']:,.2f}",
        *(_hours(figures[key]) for key in ("hours_before", "hours_after", "hours_freed")),
        *(_money(figures[key]) for key in ("gross", "run", "net")),
        "never" if payback is None else f"{payback:,.1f}",
        _money(figures["first_year"]),
    ]


def break_even_lines(data: ValueData) -> Iterator[tuple[str, str]]:
    """The automatic share from which a month pays for itself, in words, after the name of each column."""
    for name, figures in zip(COLUMN_NAMES, (data["as_entered"], data["cautious"]), strict=False):
        if figures is not None:
            yield name, figures["break_even_text"]


def formula_lines(data: ValueData) -> list[tuple[str, str]]:
    """How each figure is computed, in words: its label and its formula."""
    factors = data["cautious_factors"]
    benefit, cost = format_rounded(factors["benefit"]), format_rounded(factors["cost"])
    return [
        (
            "A case",
            "the time to check one of the automatic cases that are checked, a person's time for every other case, "
            "and the time to put right each one that comes out wrong",
        ),
        ("Hours freed", "cases that go through it × (time today − time then)"),
        ("Gross", "hours freed × the share that is put to use × an hour of these people"),
        ("Running", "the system's month + the owner's hours a week × 52/12 × an hour of the owner"),
        ("Net", "gross − running"),
        ("Payback", "the sprint ÷ net; the first year is 12 × net − the sprint"),
        (
            "Cautious",
            f"benefits down, costs up: the automatic share and the share put to use × {benefit}, "
            f"the sprint and running it × {cost}",
        ),
        ("Break-even", "the automatic share at which net is 0"),
    ]


def month_rows(realised: RealisedData) -> list[list[str]]:
    """The reviewed months with their own figures, below a row of headings; cells padded to columns."""
    rows = [["Month", "cases", "automatic", "overruled", "cost", "hours freed", "net value"]]
    for month in realised["months"]:
        rows.append(
            [
                format_month(month["month"]),
                f"{month['cases']:,}",
                format_figure(month["automatic_share_pct"], "%"),
                format_figure(month["overrides_pct"], "%"),
                _money(month["cost_actual"]),
                _hours(month["hours_freed"]),
                _money(month["net"]),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        [cell.ljust(width) if index == 0 else cell.rjust(width + 1) for index, (cell, width) in cells]
        for cells in (enumerate(zip(row, widths, strict=True)) for row in (rows if rows[1:] else ()))
    ]


def months_summary(realised: RealisedData) -> str:
    """The total of the reviewed months next to the promise, and which figures were measured."""
    if not realised["months"]:
        return "No month has a review yet, so nobody knows."
    return (
        f"Net value of {format_count(len(realised['months']), 'month')}: {_money(realised['net'])}; promised: "
        f"{_money(realised['promised_net'])}. The sprint cost {_money(realised['sprint_cost'])}. Cases, automatic "
        "share, overruled results and cost are those of the month; the rest is as promised."
    )


def _as_typed(figure: float | None) -> str:
    return NOTHING if figure is None else format_thousands(round(figure, 2))


def _hours(hours: float | None) -> str:
    return NOTHING if hours is None else f"{round(hours, 1) + 0.0:,.1f}"


def _money(amount: float | None) -> str:
    return NOTHING if amount is None else f"{round(amount):,}"
