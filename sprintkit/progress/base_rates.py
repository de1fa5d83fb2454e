"""Base rates of blockers in closed sprints: how often each category occurred, in which week, and for how long.

A few sprints say little, so each share is shrunk towards the article's figure, which counts as much as
`ARTICLE_SPRINTS` sprints, and is given with its 80 % interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, lgamma, log, log1p
from statistics import median
from typing import Final, NamedTuple

from sprintkit.charter.choices import choice_label
from sprintkit.progress.readiness import WEIGHTS
from sprintkit.records.checkin import BlockerCategory
from sprintkit.text.numbers import format_count, format_rounded

LEAST_SPRINTS: Final = 3
"""With fewer closed sprints, nothing is claimed."""
ARTICLE_SPRINTS: Final = 4
"""The weight of the article's figure, in sprints."""
TAIL: Final = 0.1
"""The probability below an interval, and the probability above it."""
_SMALLEST: Final = 1e-300
"""Replaces a zero in a denominator."""
_PRECISION: Final = 1e-15
_MAX_TERMS: Final = 10_000


class PastBlocker(NamedTuple):
    """A blocker of a closed sprint."""

    category: BlockerCategory
    opened_week: int
    days_open: int
    """Until the blocker or the sprint was closed."""


class BaseRate(NamedTuple):
    """How often and when blockers of one category occurred in closed sprints."""

    category: BlockerCategory
    sprints: int
    """All closed sprints."""
    affected: int
    """Those of them that had such a blocker."""
    share: float
    """The expected share of sprints, 0 to 1: the mean of the distribution."""
    low: float
    """The lower end of the 80 % interval: 10 % of the probability is below it."""
    high: float
    """The upper end of the 80 % interval: 10 % of the probability is above it."""
    article_share: float
    """The article's figure, 0 to 1."""
    week: float | None
    """The median week of the first one in an affected sprint; None if no sprint had one."""
    days_open: float | None
    """The median number of days that one was open; None if no sprint had one."""


def compute_base_rates(sprints: Iterable[Sequence[PastBlocker]]) -> tuple[BaseRate, ...]:
    """The base rate of every category that the article has a figure for, given the blockers of each closed sprint.

    Empty if there are fewer than `LEAST_SPRINTS`.
    """
    portfolio = list(sprints)
    if len(portfolio) < LEAST_SPRINTS:
        return ()
    return tuple(
        _base_rate(category, percent / 100, portfolio)  # type: ignore[arg-type]  # areas are categories
        for category, percent in WEIGHTS.items()
    )


def _base_rate(
    category: BlockerCategory, article_share: float, portfolio: Sequence[Sequence[PastBlocker]]
) -> BaseRate:
    by_sprint = [[blocker for blocker in blockers if blocker.category == category] for blockers in portfolio]
    affected = [blockers for blockers in by_sprint if blockers]
    count, hits = len(portfolio), len(affected)
    a = ARTICLE_SPRINTS * article_share + hits
    b = ARTICLE_SPRINTS * (1 - article_share) + count - hits
    first_weeks = [min(blocker.opened_week for blocker in blockers) for blockers in affected]
    days = [blocker.days_open for blockers in affected for blocker in blockers]
    return BaseRate(
        category=category,
        sprints=count,
        affected=hits,
        share=a / (a + b),
        low=beta_quantile(TAIL, a, b),
        high=beta_quantile(1 - TAIL, a, b),
        article_share=article_share,
        week=median(first_weeks) if first_weeks else None,
        days_open=median(days) if days else None,
    )


def describe_base_rates(rates: Sequence[BaseRate], closed: int) -> str:
    """The most frequent kind of blocker, in a sentence; with too few closed sprints, that nothing is claimed yet."""
    if not rates:
        there = "there is none" if not closed else f"there {'is' if closed == 1 else 'are'} {closed}"
        return f"Nothing is claimed yet: it takes {LEAST_SPRINTS} closed sprints, and {there}."
    first = max(rates, key=lambda rate: rate.share)
    if first.week is None or first.days_open is None:
        return f"None of the {closed} closed sprints had a blocker of these kinds."
    kind, days = choice_label(first.category), format_count(first.days_open, "day")
    return (
        f"{kind[:1].upper()}{kind[1:]} blocks us most: {first.affected} of {first.sprints} closed sprints had such a blocker, "
        f"first in week {format_rounded(first.week)}, and one stayed open for {days} (medians). "
        f"Expect it in {format_share(first.share)} of sprints to come (80% interval: {format_share(first.low)} to "
        f"{format_share(first.high)})."
    )


def format_share(share: float) -> str:
    """A share such as `62%`; one that would merely round to 100 is `over 99%`."""
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The quantile of the distribution Beta(a, b), for positive `a` and `b`.

    It is found by bisection, since the distribution function is monotonic.
    """
    low, high = 0.0, 1.0
    while high - low > _PRECISION:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_distribution(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_distribution(x: float, a: float, b: float) -> float:
    """The probability that a variable with the distribution Beta(a, b) is at most `x`: I_x(a, b).

    The continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, evaluated by Lentz's method. It
    converges fast for x < (a + 1) / (a + b + 2); above that, I_x(a, b) = 1 - I_(1 - x)(b, a) is used.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_distribution(1 - x, b, a)
    factor = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return factor / _continued_fraction(x, a, b)


def _continued_fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + ...)) with the coefficients 8.17.23, by Lentz's method."""
    value, numerator, denominator = 1.0, 1.0, 0.0
    for term in range(1, _MAX_TERMS):
        half = term // 2
        if term % 2:
            coefficient = -(a + half) * (a + b + half) * x / ((a + term - 1) * (a + term))
        else:
            coefficient = half * (b - half) * x / ((a + term - 1) * (a + term))
        denominator = 1 / (1 + coefficient * denominator or _SMALLEST)
        numerator = 1 + coefficient / numerator or _SMALLEST
        change = numerator * denominator
        value *= change
        if abs(change - 1) < _PRECISION:
            break
    return value
