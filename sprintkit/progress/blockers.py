"""Blockers by category: how many surfaced, how many are closed, how long they were open, how early they came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sprintkit.records.checkin import BlockerCategory
from sprintkit.records.progress_log import Blocker


class BlockerCounts(NamedTuple):
    """The blockers of one category."""

    category: BlockerCategory
    opened: int
    closed: int
    mean_weeks_open: float

    @property
    def open(self) -> int:
        """How many are still in the way."""
        return self.opened - self.closed


def count_by_category(blockers: Iterable[Blocker], week: int) -> tuple[BlockerCounts, ...]:
    """The blockers by category, in the order the categories surfaced; those still open count up to `week`."""
    groups: dict[BlockerCategory, list[Blocker]] = {}
    for blocker in blockers:
        groups.setdefault(blocker.category, []).append(blocker)
    return tuple(
        BlockerCounts(
            category,
            len(group),
            sum(not one.is_open for one in group),
            sum(one.weeks_open(week) for one in group) / len(group),
        )
        for category, group in groups.items()
    )


def early_share(blockers: Iterable[Blocker], last_early_week: int) -> float | None:
    """The share of all blockers that surfaced by a week; None while there are none."""
    surfaced = [blocker.opened_week for blocker in blockers]
    if not surfaced:
        return None
    return sum(week <= last_early_week for week in surfaced) / len(surfaced)
