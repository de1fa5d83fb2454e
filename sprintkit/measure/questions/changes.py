"""Whether a field means something else from some month on: other values, another scale, another way of writing."""

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
"""Between the first and the second half of each side: what drifts is no change on a day."""


class Change(NamedTuple):
    """From when on a field is another one."""

    month: int
    """Index of the first month after the change."""
    distance: float
    rows: int


def find_change(months: Sequence[Mapping[int, int]]) -> Change | None:
    """The month from which a field is another one; None without one.

    `months` has for each month in turn how many rows hold each class of values.
    """
    best: Change | None = None
    for month in range(MIN_MONTHS, len(months) - MIN_MONTHS + 1):
        before, after = _added(months[:month]), _added(months[month:])
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
    return _distance(_added(months[:middle]), _added(months[middle:]))


def _added(months: Sequence[Mapping[int, int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for month in months:
        counts.update(month)
    return counts


def _distance(one: Counter[int], other: Counter[int]) -> float:
    """The total variation distance of two distributions, 0 to 1."""
    if not one.total() or not other.total():
        return 1.0
    return (
        sum(abs(one[key] / one.total() - other[key] / other.total()) for key in one.keys() | other.keys()) / 2
    )
