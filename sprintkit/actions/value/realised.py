"""The value realised in the months of operating, next to what was promised for the same number of months."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sprintkit.actions.value.figures import FigureSet
from sprintkit.charter.monthly_value import MAX_FIGURE, monthly_value
from sprintkit.progress.realised_value import realised_value
from sprintkit.progress.value import round_figure
from sprintkit.records.review import Review
from sprintkit.text.dates import format_month


class RealisedMonthData(TypedDict):
    """One reviewed month."""

    month: str
    cases: int
    automatic_share_pct: float
    overrides_pct: float
    cost_actual: float
    hours_freed: float
    gross: float
    run: float
    net: float


class RealisedData(TypedDict):
    """The value of the reviewed months, next to the promise."""

    months: list[RealisedMonthData]
    """In order; months with impossible figures are left out."""
    net: float
    """The sum of these months."""
    promised_net: float
    """The promise for the same number of months."""
    sprint_cost: float
    """The cost stated in the closing."""


def find_realised(figures: FigureSet, today: date) -> tuple[RealisedData | None, tuple[str, ...]]:
    """The value of the months up to today, and notes on unusable reviews. None if the sprint is not operated."""
    sprint, promised = figures.sprint, figures.inputs
    stored_closing = None if sprint is None else sprint.closing_on(today)
    if sprint is None or promised is None or stored_closing is None:
        return None, ()
    closing = stored_closing.record
    until = today.isoformat()[:7]
    reviews = [stored.record for stored in sprint.records_of(Review) if stored.record.month <= until]
    if closing.verdict == "stop" and not reviews:
        return None, ()
    notes = [
        f"{problem.path}: {problem.message}"
        for problem in sprint.problems
        if problem.path is not None and "/reviews/" in problem.path
    ]
    months: list[RealisedMonthData] = []
    net = 0.0
    for review in sorted(reviews, key=lambda review: review.month):
        if not _is_usable(review):
            month = format_month(review.month)
            notes.append(f"The review of {month} has figures that cannot be true, so it is left out.")
            continue
        value = realised_value(promised, review)
        net += value.net
        months.append(
            {
                "month": review.month,
                "cases": review.cases,
                "automatic_share_pct": review.automatic_share_pct,
                "overrides_pct": review.overrides_pct,
                "cost_actual": review.cost_actual,
                "hours_freed": round_figure(value.freed),
                "gross": round_figure(value.gross),
                "run": round_figure(value.run),
                "net": round_figure(value.net),
            }
        )
    return {
        "months": months,
        "net": round_figure(net),
        "promised_net": round_figure(monthly_value(promised).net * len(months)),
        "sprint_cost": closing.cost_actual,
    }, tuple(notes)


def _is_usable(review: Review) -> bool:
    """Whether the figures of a review are possible."""
    shares = (review.automatic_share_pct, review.overrides_pct)
    amounts = (review.cases, review.cost_actual)
    return all(0 <= share <= 100 for share in shares) and all(0 <= amount <= MAX_FIGURE for amount in amounts)
