"""The team's votes on whether the sprint lands in time. A vote is never a forecast, only a reason to ask why."""

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
    """The median; for an even number of votes, the lower of the two in the middle, so that it is an actual vote."""
    previous_low_median: int | None
    """The low median of the previous check-in."""


def summarise_votes(entries: Sequence[CheckIn]) -> VoteSummary | None:
    """The votes of the last of `entries`; None if it has none. Votes outside 1 to 5 do not count."""
    if not entries or not (votes := _valid_votes(entries[-1])):
        return None
    previous_votes = _valid_votes(entries[-2]) if len(entries) > 1 else ()
    return VoteSummary(
        entries[-1].week,
        votes,
        statistics.median_low(votes),
        statistics.median_low(previous_votes) if previous_votes else None,
    )


def _valid_votes(entry: CheckIn) -> tuple[int, ...]:
    return tuple(vote for vote in entry.votes if vote in VOTE_RANGE)
