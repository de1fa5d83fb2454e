"""Detects a month from which a field means something else: other values, another scale, another notation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

MIN_MONTHS: Final = 2
"""On each side of a change."""
MIN_SIDE_ROWS: Final = 200
MIN_DISTANCE: Final = 0.5
"""Share of rows that would have to change for one side to look like the other (total variation distance)."""
MAX_OWN_DISTANCE: Final = 0.25
"""Between the first and the second half of each side: a gradual drift is not a change from one month to the next."""


class Change(NamedTuple):
    """When and how much the meaning of a field changed."""

    month: int
    """Index of the first month after the change."""
    distance: float
    rows: int


def find_change(months: Sequence[Mapping[int, int]]) -> Change | None:
    """The month in which the meaning of a field changed; None if it did not.

    `months` holds, for each month in order, the number of rows by class of values.
    """
    best: Change | None = None
    for month in range(MIN_MONTHS, len(months) - MIN_MONTHS + 1):
        before, after = _total(months[:month]), _total(months[month:])
        rows = before.total() + after.total()
        if min(before.total(), after.total()) < MIN_SIDE_ROWS:
            continue
        distance = _distance(before, after)
        if distance >= MIN_DISTANCE and (best is None or distance > best.distance):
            best = Change(month, distance, rows)
    if best is None:
        return None
    sides = months[: best.month], months[best.month :]
    return best if all(_own_distance(side) <= MAX_OWN_DISTANCE for side in sides) else None


def _own_distance(months: Sequence[Mapping[int, int]]) -> float:
    middle = len(months) // 2
    return _distance(_total(months[:middle]), _total(months[middle:]))


def _total(months: Sequence[Mapping[int, int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for month in months:
        counts.update(month)
    return counts


def _distance(left: Counter[int], right: Counter[int]) -> float:
    """The total variation distance of two distributions, 0 to 1."""
    if not left.total() or not right.total():
        return 1.0
    differences = (
        abs(left[key] / left.total() - right[key] / right.total()) for key in left.keys() | right.keys()
    )
    return sum(differences) / 2
