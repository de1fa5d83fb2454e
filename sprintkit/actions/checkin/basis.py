"""The basis of a check-in: the plan, and what earlier weeks left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_followed_sprint
from sprintkit.actions.sprint_view import compute_progress
from sprintkit.charter.choices import PROMISES
from sprintkit.charter.model import Charter
from sprintkit.progress.data_checks import ProbedSource, probed_sources
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.progress.progress import Progress
from sprintkit.progress.weeks import Weeks
from sprintkit.records.checkin import CheckIn
from sprintkit.records.probe import Probe
from sprintkit.records.progress_log import Blocker


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInBasis:
    """What a check-in form starts from."""

    week: int
    """The week of `on`; 0 before the start."""
    on: date
    due_on: date | None
    """The week's check-in day."""
    writer: str
    """The key of the person who usually writes the check-in; empty if nobody is named."""
    charter: Charter
    """In force in that week."""
    progress: Progress
    """The sprint without this check-in."""
    milestones: tuple[MilestoneState, ...]
    """Not accepted yet; those due by this week come first."""
    blockers: tuple[Blocker, ...]
    """Still open, in the order they were opened."""
    promises: tuple[str, ...]
    """Production promises that no check-in records as kept."""
    next_blocker_id: str
    """An id that no blocker has used."""
    probed: tuple[ProbedSource, ...]
    """Each source with what was measured in it up to that day."""
    existing_entry: CheckIn | None
    """The check-in that the week already has; then only a correction is accepted."""


def load_basis(context: WorkspaceContext, slug: str, on: date | None = None) -> CheckInBasis:
    """The basis of the check-in for the week of `on` (default: today).

    Raises RefusedError if there is no charter, InputError.
    """
    sprint = load_followed_sprint(context, slug)
    day = on or context.today
    progress = compute_progress(context, sprint, day)
    charter = sprint.charter_in(sprint.week_of(day), day)
    calendar = Weeks.from_charter(charter)
    week = sprint.week_of(day) or 0
    entries = sprint.entries()
    kept_promises = {promise.item for entry in entries for promise in entry.ready}
    blocker_ids = {blocker.id for entry in entries for blocker in entry.opened}
    open_milestones = [milestone for milestone in progress.milestones if milestone.accepted is None]
    open_milestones.sort(key=lambda milestone: (milestone.milestone.due_week or 0) > week)
    return CheckInBasis(
        week=week,
        on=day,
        due_on=calendar.checkin_on(week) if calendar and week else None,
        writer=charter.timeline.checkin_by or "",
        charter=charter,
        progress=progress,
        milestones=tuple(open_milestones),
        blockers=tuple(blocker for blocker in progress.blockers if blocker.is_open),
        promises=tuple(promise.item for promise in PROMISES if promise.item not in kept_promises),
        next_blocker_id=next(
            blocker_id for number in range(1, 10_000) if (blocker_id := f"B{number}") not in blocker_ids
        ),
        probed=tuple(probed_sources(sprint.records_of(Probe), day)),
        existing_entry=next((entry for entry in entries if entry.week == week), None),
    )
