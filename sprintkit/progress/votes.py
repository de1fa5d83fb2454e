"""How sure the room is, beside what its records say. A vote is never a forecast, only a reason to ask why."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from sprintkit.records.checkin import VOTE_RANGE, CheckIn


@dataclass(frozen=True, slots=True)
class VoteSummary:
    """The votes of one check-in."""

    week: int
    votes: tuple[int, ...]
    low_median: int
    """Of an even count the lower one of the two in the middle, so that it is a vote somebody gave."""
    before: int | None
    """Low median of the check-in before it."""


def summarise_votes(entries: Sequence[CheckIn]) -> VoteSummary | None:
    """The votes of the last of `entries`; None where it has none. Votes outside 1 to 5 do not count."""
    if not entries or not (given := _given(entries[-1])):
        return None
    earlier = _given(entries[-2]) if len(entries) > 1 else ()
    return VoteSummary(
        entries[-1].week,
        given,
        statistics.median_low(given),
        statistics.median_low(earlier) if earlier else None,
    )


def _given(entry: CheckIn) -> tuple[int, ...]:
    return tuple(vote for vote in entry.votes if vote in VOTE_RANGE)
