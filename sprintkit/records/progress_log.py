"""The result of all check-ins: the accepted milestones, and the history of every blocker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter, Milestone
from sprintkit.records.checkin import (
    AcceptedMilestone,
    BlockerCategory,
    CheckIn,
    MilestoneSlip,
    UpdatedBlocker,
)

CharterAt = Callable[[int], Charter]
"""The charter in force in a week."""


class Acceptance(NamedTuple):
    """An acceptance that counts and was not taken back."""

    id: str
    """The id of the milestone."""
    week: int
    on: date
    accepted: AcceptedMilestone

    @property
    def live_since(self) -> date | None:
        """The day from which it is live, if the acceptance says so."""
        return self.accepted.live_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A blocker from the week it was opened to the week it was closed, with its latest holder and due week."""

    id: str
    category: BlockerCategory
    title: str
    holder: str
    due_week: int
    stops: tuple[str, ...]
    opened_week: int
    opened_on: date
    closed_week: int | None = None
    closed_on: date | None = None
    how: str | None = None
    updates: tuple[tuple[int, UpdatedBlocker], ...] = ()
    """Week and content of every change of holder or due week."""

    @property
    def is_open(self) -> bool:
        """Whether it is not closed yet."""
        return self.closed_week is None

    def weeks_open(self, week: int) -> int:
        """The number of weeks from opening to closing, or to `week` if it is open."""
        return max(0, (self.closed_week if self.closed_week is not None else week) - self.opened_week)


def ordered_entries(entries: Iterable[CheckIn]) -> list[CheckIn]:
    """The entries by week, one for each week from week 1 on; of two for one week, the one dated first counts."""
    first: dict[int, CheckIn] = {}
    for entry in sorted(entries, key=lambda entry: (entry.week, entry.on, entry.model_dump_json())):
        if entry.week >= 1:
            first.setdefault(entry.week, entry)
    return list(first.values())


def milestones_by_id(charter: Charter) -> dict[str, Milestone]:
    """The milestones by id, in the order of the charter; of two with the same id, the first."""
    milestones: dict[str, Milestone] = {}
    for milestone in charter.plan.milestones:
        if milestone.id is not None and not is_blank(milestone.id):
            milestones.setdefault(milestone.id, milestone)
    return milestones


def verifier(milestone: Milestone, charter: Charter) -> str | None:
    """Who may accept a milestone: its verifier, or the owner if none is named."""
    return milestone.verifier if not is_blank(milestone.verifier) else charter.owner.person


def has_right_to_accept(accepted: AcceptedMilestone, milestone: Milestone, charter: Charter) -> bool:
    """Whether the right person accepts: the verifier, or the owner's deputy in their place and with a reason."""
    required_person = verifier(milestone, charter)
    if required_person is None or is_blank(accepted.by):
        return False
    if accepted.by == required_person:
        return True
    is_deputy = accepted.by == charter.owner.deputy and accepted.instead_of == required_person
    return is_deputy and not is_blank(accepted.reason)


def is_valid_acceptance(accepted: AcceptedMilestone, charter: Charter) -> bool:
    """Whether an acceptance counts under the charter in force in the week of its entry."""
    milestone = milestones_by_id(charter).get(accepted.id)
    if milestone is None or is_blank(accepted.evidence):
        return False
    return has_right_to_accept(accepted, milestone, charter)


def accepted_milestones(entries: Iterable[CheckIn], charter_at: CharterAt) -> dict[str, Acceptance]:
    """The acceptances that hold after `entries`, by milestone id.

    Within an entry, reopening comes before accepting. A milestone that is accepted again keeps its first week.
    """
    acceptances: dict[str, Acceptance] = {}
    for entry in ordered_entries(entries):
        for reopened in entry.reopened:
            acceptances.pop(reopened.id, None)
        for accepted in entry.accepted:
            if accepted.id not in acceptances and is_valid_acceptance(accepted, charter_at(entry.week)):
                acceptances[accepted.id] = Acceptance(accepted.id, entry.week, entry.on, accepted)
    return acceptances


def latest_slips(entries: Iterable[CheckIn]) -> dict[str, tuple[int, MilestoneSlip]]:
    """The last slip of each milestone by its id, with the week of its entry."""
    return {slip.id: (entry.week, slip) for entry in ordered_entries(entries) for slip in entry.slips}


def first_live_date(acceptances: Iterable[Acceptance]) -> date | None:
    """The earliest day from which an acceptance says it is live."""
    days = (acceptance.live_since for acceptance in acceptances)
    return min((day for day in days if day is not None), default=None)


def has_result(entries: Iterable[CheckIn], acceptances: Iterable[Acceptance]) -> bool:
    """Whether the metric has a reading that starts after the system went live."""
    live_since = first_live_date(acceptances)
    return live_since is not None and any(
        entry.metric is not None and entry.metric.from_ >= live_since for entry in entries
    )


def blockers_by_id(entries: Iterable[CheckIn]) -> dict[str, Blocker]:
    """Every blocker by id, in the order in which they were opened. Within an entry: opened, updated, closed.

    An id that is opened a second time remains the first blocker. A blocker that is closed remains closed.
    """
    blockers: dict[str, Blocker] = {}
    for entry in ordered_entries(entries):
        for opened in entry.opened:
            blockers.setdefault(
                opened.id,
                Blocker(
                    id=opened.id,
                    category=opened.category,
                    title=opened.title,
                    holder=opened.holder,
                    due_week=opened.due_week,
                    stops=tuple(opened.stops),
                    opened_week=entry.week,
                    opened_on=entry.on,
                ),
            )
        for updated in entry.updated:
            if (blocker := blockers.get(updated.id)) and blocker.is_open:
                blockers[updated.id] = replace(
                    blocker,
                    holder=blocker.holder if is_blank(updated.holder) else updated.holder or "",
                    due_week=blocker.due_week if updated.due_week is None else updated.due_week,
                    updates=(*blocker.updates, (entry.week, updated)),
                )
        for closed in entry.closed:
            if (blocker := blockers.get(closed.id)) and blocker.is_open:
                blockers[closed.id] = replace(
                    blocker, closed_week=entry.week, closed_on=entry.on, how=closed.how
                )
    return blockers
