"""Base rates of blockers, computed from a house's own closed sprints."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from sprintkit.progress.base_rates import PastBlocker, beta_distribution, beta_quantile, compute_base_rates


@pytest.mark.parametrize(
    ("a", "b", "quantile"),
    [
        (1, 1, lambda q: q),  # uniform
        (3.4, 1, lambda q: q ** (1 / 3.4)),  # x^a
        (0.6, 1, lambda q: q ** (1 / 0.6)),
        (1, 5, lambda q: 1 - (1 - q) ** (1 / 5)),  # 1 - (1 - x)^b
        (0.5, 0.5, lambda q: math.sin(math.pi * q / 2) ** 2),  # the arcsine distribution
        (2, 2, lambda q: 0.5 - math.sin(math.asin(1 - 2 * q) / 3)),  # the root of 3x² - 2x³ = q
    ],
)
@pytest.mark.parametrize("q", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_quantiles_are_those_of_distributions_with_a_closed_form(
    a: float, b: float, quantile: Callable[[float], float], q: float
) -> None:
    assert beta_quantile(q, a, b) == pytest.approx(quantile(q), abs=1e-12)


@pytest.mark.parametrize(
    ("x", "a", "b"), [(0.7, 3, 4), (0.05, 1, 20), (0.98, 22, 2), (0.5, 500, 700), (0.4, 10, 12)]
)
def test_with_whole_parameters_the_distribution_is_a_sum_of_binomial_terms(x: float, a: int, b: int) -> None:
    n = a + b - 1
    terms = [
        math.exp(
            math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
            + j * math.log(x) + (n - j) * math.log1p(-x)
        )
        for j in range(a, n + 1)
    ]  # fmt: skip
    assert beta_distribution(x, a, b) == pytest.approx(math.fsum(terms), rel=1e-9, abs=1e-12)


PORTFOLIOS = [
    # Of n closed sprints k had such a blocker. The article's p: data 0.85, process 0.70, ownership 0.55, metric 0.40,
    # last mile 0.625. So a = 4p + k and b = 4(1 - p) + n - k; the share is a / (a + b), and the interval holds 80 %.
    (3, "data", 3,         (3.4 + 3, 0.6 + 0),     (91.4, 77.8, 99.7)),
    (3, "data", 1,         (3.4 + 1, 0.6 + 2),     (62.9, 39.3, 84.6)),
    (3, "process", 2,      (2.8 + 2, 1.2 + 1),     (68.6, 45.6, 88.8)),
    (3, "ownership", 0,    (2.2 + 0, 1.8 + 3),     (31.4, 11.2, 54.4)),
    (3, "metric", 1,       (1.6 + 1, 2.4 + 2),     (37.1, 15.4, 60.7)),
    (3, "last_mile", 3,    (2.5 + 3, 1.5 + 0),     (78.6, 58.0, 95.0)),
    (8, "data", 6,         (3.4 + 6, 0.6 + 2),     (78.3, 62.5, 91.9)),
    (8, "process", 5,      (2.8 + 5, 1.2 + 3),     (65.0, 47.1, 81.7)),
    (8, "ownership", 3,    (2.2 + 3, 1.8 + 5),     (43.3, 25.6, 61.6)),
    (8, "metric", 0,       (1.6 + 0, 2.4 + 8),     (13.3, 3.1, 26.4)),
    (8, "last_mile", 8,    (2.5 + 8, 1.5 + 0),     (87.5, 74.7, 97.3)),
    (20, "data", 19,       (3.4 + 19, 0.6 + 1),    (93.3, 86.5, 98.5)),
    (20, "process", 11,    (2.8 + 11, 1.2 + 9),    (57.5, 44.5, 70.2)),
    (20, "ownership", 7,   (2.2 + 7, 1.8 + 13),    (38.3, 25.9, 51.2)),
    (20, "metric", 2,      (1.6 + 2, 2.4 + 18),    (15.0, 6.6, 24.7)),
    (20, "last_mile", 14,  (2.5 + 14, 1.5 + 6),    (68.8, 56.4, 80.4)),
]  # fmt: skip
"""n, category, k, how a and b are computed; then, in percent, the share and both ends of its interval."""


def _portfolio(size: int, category: str, affected: int) -> list[list[PastBlocker]]:
    """The blockers of `size` closed sprints: an unrelated one in each, one of the category in the first `affected`."""
    unrelated = PastBlocker("other", 1, 3)
    return [
        [unrelated, PastBlocker(category, 2, 10)] if index < affected else [unrelated]  # type: ignore[arg-type]
        for index in range(size)
    ]


@pytest.mark.parametrize(("size", "category", "affected", "parameters", "percents"), PORTFOLIOS)
def test_a_share_lies_between_the_articles_figure_and_your_own(
    size: int,
    category: str,
    affected: int,
    parameters: tuple[float, float],
    percents: tuple[float, float, float],
) -> None:
    rates = compute_base_rates(_portfolio(size, category, affected))
    (rate,) = [rate for rate in rates if rate.category == category]
    assert (rate.sprints, rate.affected) == (size, affected)
    assert tuple(round(share * 100, 1) for share in (rate.share, rate.low, rate.high)) == percents
    a, b = parameters
    assert rate.share == pytest.approx(a / (a + b))
    # Check the interval independently: 80 % of the distribution lies between its ends.
    assert _integrate_beta_density(rate.low, rate.high, a, b) == pytest.approx(0.8, abs=1e-6)


def _integrate_beta_density(low: float, high: float, a: float, b: float, steps: int = 2000) -> float:
    """The integral of the density of Beta(a, b) from `low` to `high`, by Simpson's rule."""
    constant = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    width = (high - low) / steps

    def density(x: float) -> float:
        return math.exp(constant + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))

    inner = sum((4 if step % 2 else 2) * density(low + step * width) for step in range(1, steps))
    return (density(low) + inner + density(high)) * width / 3


@pytest.mark.parametrize("size", [0, 1, 2])
def test_fewer_than_three_closed_sprints_give_no_base_rates(size: int) -> None:
    assert compute_base_rates(_portfolio(size, "data", size)) == ()


def test_every_category_with_a_figure_in_the_article_is_listed_even_without_a_case() -> None:
    rates = compute_base_rates([[], [], []])
    assert [(rate.category, rate.affected, rate.week, rate.days_open) for rate in rates] == [
        (category, 0, None, None) for category in ("data", "process", "ownership", "metric", "last_mile")
    ]


def test_the_week_is_the_median_of_first_weeks_and_days_open_that_of_all_blockers() -> None:
    portfolio = [
        [PastBlocker("data", 3, 21), PastBlocker("data", 1, 7), PastBlocker("metric", 5, 0)],
        [PastBlocker("data", 2, 4)],
        [PastBlocker("data", 6, 12), PastBlocker("data", 6, 2)],
        [],
    ]
    data = compute_base_rates(portfolio)[0]
    # First weeks 1, 2, 6: the median is 2. Days 2, 4, 7, 12, 21: the median is 7.
    assert (data.affected, data.week, data.days_open) == (3, 2, 7)
