"""Detects a field that mixes two meanings a known factor apart: annual and monthly, with and without tax, two units.

Three methods, the most reliable first: rows of the same key; a split by a category; two humps of all values. The
bands around 12 and the depth of the valley between two humps were measured on synthetic revenues of many spreads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

FACTORS: Final = (12.0, 100.0, 1000.0, 1.2)
"""Annual or monthly; hundredths; thousands; a tax of 20 %."""
KEY_TOLERANCE: Final = {12.0: 0.2, 100.0: 0.2, 1000.0: 0.2, 1.2: 0.01}
"""How far the ratio of two rows of one key may be from a factor, as a share of the factor."""
MIN_KEYS: Final = 30
MIN_KEY_SHARE: Final = 0.1
MIN_TIMES_NEIGHBOUR: Final = 3.0
"""The band around a factor must hold this many times as many keys as each of the bands beside it."""
CATEGORY_TOLERANCE: Final = 0.15
MIN_CATEGORY_ROWS: Final = 100
MAX_GROUP_SPREAD: Final = 0.15
"""Between the medians of the categories of one group, as a natural logarithm."""
MAX_SPREAD_RATIO: Final = 1.5
"""Between the spreads of two groups: groups that differ only by a factor have the same spread."""
HUMP_TOLERANCE: Final = 0.22
MIN_HUMP_ROWS: Final = 4_000
MAX_VALLEY: Final = 0.85
"""The lowest point between two humps, as a share of the lower hump."""
MIN_HUMP_SHARE: Final = 0.02
MIN_HUMP_VALUES: Final = 200
"""Different values; with fewer, single values stand out as humps."""
BIN_WIDTH: Final = 0.05
"""The width of the histogram's bins, as a natural logarithm."""
_SMOOTHING_BINS: Final = 4
_MIN_DEVIATIONS: Final = 5.0


class KeyBands(NamedTuple):
    """Keys with several rows, by the ratio of their greatest to their least value."""

    inside: int
    """In the band around a factor."""
    below: int
    """In the band of the same width below it."""
    above: int
    """In the band of the same width above it."""


class Category(NamedTuple):
    """The positive values of one category, as natural logarithms."""

    rows: int
    lower_quartile: float
    median: float
    upper_quartile: float


def key_band(factor: float) -> tuple[float, float, float, float]:
    """The ends of the bands below, around and above a factor, as natural logarithms."""
    low, high = math.log(factor * (1 - KEY_TOLERANCE[factor])), math.log(factor * (1 + KEY_TOLERANCE[factor]))
    return low - (high - low), low, high, high + (high - low)


def shows_factor_by_key(keys: int, bands: KeyBands) -> bool:
    """Whether rows of the same key are a factor apart far more often than by chance."""
    return (
        keys >= MIN_KEYS
        and bands.inside >= MIN_KEY_SHARE * keys
        and bands.inside >= MIN_TIMES_NEIGHBOUR * max(bands.below, bands.above)
    )


def find_factor_by_category(categories: Sequence[Category]) -> float | None:
    """The factor between two groups of categories that have the same spread; None if there is none."""
    large = sorted(
        (category for category in categories if category.rows >= MIN_CATEGORY_ROWS),
        key=lambda category: category.median,
    )
    if len(large) < 2:
        return None
    cut = max(range(1, len(large)), key=lambda index: large[index].median - large[index - 1].median)
    low, high = large[:cut], large[cut:]
    if any(group[-1].median - group[0].median > _allowed_spread(group) for group in (low, high)):
        return None
    spreads = [
        median(category.upper_quartile - category.lower_quartile for category in group)
        for group in (low, high)
    ]
    if min(spreads) <= 0 or max(spreads) > MAX_SPREAD_RATIO * min(spreads):
        return None
    distance = median(category.median for category in high) - median(category.median for category in low)
    return _nearest_factor(distance, CATEGORY_TOLERANCE)


def _allowed_spread(group: Sequence[Category]) -> float:
    """How far apart the medians of one group may be: further if few rows make a median uncertain."""
    return max(
        MAX_GROUP_SPREAD,
        max(
            4 * (category.upper_quartile - category.lower_quartile) / math.sqrt(category.rows)
            for category in group
        ),
    )


def can_show_humps(rows: int, distinct: int) -> bool:
    """Whether a field has enough numbers, and enough different ones, to look for humps in its histogram."""
    return rows >= MIN_HUMP_ROWS and distinct >= MIN_HUMP_VALUES


def find_factor_by_humps(histogram: Mapping[int, int], distinct: int) -> float | None:
    """The factor between the two highest humps of a histogram; None if there is none.

    `histogram` holds the rows by natural logarithm, in bins of `BIN_WIDTH`.
    """
    rows = sum(histogram.values())
    if not can_show_humps(rows, distinct):
        return None
    first, last = min(histogram) - 3 * _SMOOTHING_BINS, max(histogram) + 3 * _SMOOTHING_BINS
    if last - first > 2_000:
        return None
    smooth = _smoothed([histogram.get(index, 0) for index in range(first, last + 1)])
    peaks = [
        index for index in range(1, len(smooth) - 1) if smooth[index - 1] < smooth[index] >= smooth[index + 1]
    ]
    for peak in sorted(peaks, key=lambda index: -smooth[index])[1:]:
        highest = max(peaks, key=lambda index: smooth[index])
        valley = min(smooth[min(peak, highest) : max(peak, highest) + 1])
        if _stands_out(smooth[peak], valley):
            share = sum(smooth[max(0, peak - 12) : peak + 13]) / rows
            distance = abs(peak - highest) * BIN_WIDTH
            return _nearest_factor(distance, HUMP_TOLERANCE) if share >= MIN_HUMP_SHARE else None
    return None


def _stands_out(peak: float, valley: float) -> bool:
    """Whether the valley is deep enough, and deeper than chance alone would make it."""
    rows_in_window = 2 * math.sqrt(math.pi) * _SMOOTHING_BINS
    deviation = math.sqrt(max(peak, 1.0) / rows_in_window)
    return valley <= MAX_VALLEY * peak and peak - valley >= _MIN_DEVIATIONS * deviation


def _smoothed(counts: Sequence[int]) -> list[float]:
    reach = 3 * _SMOOTHING_BINS
    weights = [math.exp(-((offset / _SMOOTHING_BINS) ** 2) / 2) for offset in range(-reach, reach + 1)]
    total = sum(weights)
    padded = [0] * reach + list(counts) + [0] * reach
    return [
        sum(weight * padded[index + offset] for offset, weight in enumerate(weights)) / total
        for index in range(len(counts))
    ]


def _nearest_factor(distance: float, tolerance: float) -> float | None:
    """The factor nearest to a difference of logarithms; a tax of 20 % is too small to tell from chance this way."""
    for factor in FACTORS:
        if factor > 2 and abs(distance - math.log(factor)) <= math.log(1 + tolerance):
            return factor
    return None
