"""Blockers by category: how many were opened and closed, how long they were open, and how early they came up."""

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
        """How many are still open."""
        return self.opened - self.closed


def count_by_category(blockers: Iterable[Blocker], week: int) -> tuple[BlockerCounts, ...]:
    """The blockers by category, in the order in which categories first occur; open ones count up to `week`."""
    groups: dict[BlockerCategory, list[Blocker]] = {}
    for blocker in blockers:
        groups.setdefault(blocker.category, []).append(blocker)
    return tuple(
        BlockerCounts(
            category,
            opened=len(group),
            closed=sum(not blocker.is_open for blocker in group),
            mean_weeks_open=sum(blocker.weeks_open(week) for blocker in group) / len(group),
        )
        for category, group in groups.items()
    )


def early_share(blockers: Iterable[Blocker], last_early_week: int) -> float | None:
    """The share of blockers, 0 to 1, that were opened by a week; None if there are none."""
    opened_weeks = [blocker.opened_week for blocker in blockers]
    if not opened_weeks:
        return None
    return sum(week <= last_early_week for week in opened_weeks) / len(opened_weeks)
