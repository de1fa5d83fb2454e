"""Proposes a cut that clears a health reason: which milestones go, and which get their points.

The milestones that are due last are removed, one more at a time, until the reason no longer holds. Milestones that are
accepted, go live or are the handover are never cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from sprintkit.charter.model import Milestone
from sprintkit.progress.health import Reason
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.progress.progress import Progress

LATE_REASONS: Final = ("H1", "S1")
"""Reasons about the forecast: cutting any milestone helps."""
BLOCKER_REASONS: Final = ("H4", "H5", "S3", "S4")
"""Reasons about a blocker: cutting what it stops lets the team close it."""
_NEVER_CUT: Final = ("live", "handover")

Points = int | float
Weights = Mapping[str, Points]
"""Points by milestone id."""


class Cut(NamedTuple):
    """The milestones to remove, and the new points of those that stay."""

    reason: Reason
    """The health reason that it addresses."""
    removed: tuple[str, ...]
    """Ids, in the order of the charter."""
    weights: Weights
    """The points of the milestones whose points change."""
    from_week: int
    clears: bool
    """Whether the cut removes the reason."""


TryCut = Callable[[Sequence[str], Weights], Progress | None]
"""Returns the progress without some milestones and with other points; None if no amendment may make that cut."""


def propose_cut(progress: Progress, try_cut: TryCut, code: str | None = None) -> Cut | None:
    """The cut for the first reason that a cut can clear, or for the reason `code`; None if nothing can be cut.

    The last milestone that is not accepted is never cut: it takes the points of the others. If no amendment may remove
    a milestone, the next one goes instead.
    """
    for reason in progress.reasons:
        if code not in (None, reason.code):
            continue
        cut = _cut_for(reason, progress, try_cut)
        if cut is not None:
            return cut
    return None


def _cut_for(reason: Reason, progress: Progress, try_cut: TryCut) -> Cut | None:
    chosen: set[str] = set()
    cut = None
    for candidate in _candidates(reason, progress):
        removed = tuple(state.id for state in progress.milestones if state.id in {*chosen, candidate})
        weights = share_points(progress.milestones, removed)
        if weights is None:
            break
        after = try_cut(removed, weights)
        if after is None:
            continue
        chosen.add(candidate)
        is_clear = (reason.code, reason.about) not in [(other.code, other.about) for other in after.reasons]
        cut = Cut(reason, removed, weights, progress.as_of_week or 1, is_clear)
        if reason.code in LATE_REASONS and is_clear:
            return cut
    return cut if reason.code in BLOCKER_REASONS else None


def _candidates(reason: Reason, progress: Progress) -> list[str]:
    """Ids of the milestones that may be cut for a reason, those due last first."""
    if progress.as_of_week is None or progress.has_fallen_short:
        return []
    open_states = [
        state
        for state in progress.milestones
        if state.accepted is None and state.milestone.category not in _NEVER_CUT
    ]
    if reason.code in BLOCKER_REASONS:
        stops = {
            stop for blocker in progress.blockers if blocker.id == reason.about for stop in blocker.stops
        }
        open_states = [state for state in open_states if state.id in stops]
    elif reason.code not in LATE_REASONS:
        return []
    last_week = progress.weeks or 1
    due_weeks = [(_due_week(state.milestone, last_week), index) for index, state in enumerate(open_states)]
    return [open_states[index].id for _, index in sorted(due_weeks, reverse=True)]


def _due_week(milestone: Milestone, last_week: int) -> int:
    return last_week if milestone.due_week is None else milestone.due_week


def share_points(milestones: Sequence[MilestoneState], removed: Sequence[str]) -> Weights | None:
    """The new points of the open milestones that stay, after the points of the removed ones are shared out.

    Each gets a share by its own points, in whole units, by largest remainders. None if no open milestone stays.
    """
    stay = [state for state in milestones if state.accepted is None and state.id not in removed]
    if not stay:
        return None
    own = {state.id: Fraction(str(state.milestone.weight or 0)) for state in stay}
    freed = sum(
        (Fraction(str(state.milestone.weight or 0)) for state in milestones if state.id in removed),
        Fraction(0),
    )
    shares = _apportion(freed, list(own.values()))
    return {
        milestone_id: _as_points(points + share)
        for (milestone_id, points), share in zip(own.items(), shares, strict=True)
        if share
    }


def _apportion(amount: Fraction, claims: Sequence[Fraction]) -> list[Fraction]:
    """Divide `amount` in whole units in proportion to `claims`, by largest remainders; equally if all claims are 0.

    The first claim wins a tie.
    """
    unit = Fraction(1)
    while amount % unit:
        unit /= 10
    total = sum(claims, Fraction(0))
    exact = [amount * claim / total if total else amount / len(claims) for claim in claims]
    floors = [share // unit * unit for share in exact]
    units_left = int((amount - sum(floors, Fraction(0))) / unit)
    by_remainder = sorted(range(len(claims)), key=lambda index: (floors[index] - exact[index], index))
    for index in by_remainder[:units_left]:
        floors[index] += unit
    return floors


def _as_points(points: Fraction) -> Points:
    return int(points) if points.denominator == 1 else float(points)
