"""What the check-ins add up to: the acceptances that stand, and every blocker's story."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter, Milestone
from sprintkit.records.checkin import Accepted, BlockerCategory, CheckIn, Updated

CharterAt = Callable[[int], Charter]
"""The charter in force in a week."""


class Acceptance(NamedTuple):
    """An acceptance that counts and was not taken back."""

    id: str
    week: int
    on: date
    accepted: Accepted

    @property
    def live_since(self) -> date | None:
        """Since when it is live, where the acceptance says so."""
        return self.accepted.live_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A blocker from the week it surfaced to the week it was closed; holder and due week as last said."""

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
    updates: tuple[tuple[int, Updated], ...] = ()
    """Week and content of everything that changed its holder or due week."""

    @property
    def is_open(self) -> bool:
        """Whether it is still in the way."""
        return self.closed_week is None

    def weeks_open(self, week: int) -> int:
        """Weeks from the one it surfaced in to the one it was closed in, or to `week` while it is open."""
        return max(0, (self.closed_week if self.closed_week is not None else week) - self.opened_week)


def in_order(entries: Iterable[CheckIn]) -> list[CheckIn]:
    """The entries by week, one a week from week 1 on; of two for one week the one dated first counts."""
    first: dict[int, CheckIn] = {}
    for entry in sorted(entries, key=lambda entry: (entry.week, entry.on, entry.model_dump_json())):
        if entry.week >= 1:
            first.setdefault(entry.week, entry)
    return list(first.values())


def milestones(charter: Charter) -> dict[str, Milestone]:
    """The milestones by id, in the order of the charter; of two with one id the first."""
    found: dict[str, Milestone] = {}
    for milestone in charter.plan.milestones:
        if milestone.id is not None and not is_blank(milestone.id):
            found.setdefault(milestone.id, milestone)
    return found


def verifier(milestone: Milestone, charter: Charter) -> str | None:
    """Who may accept a milestone: its verifier, or the owner where none is named."""
    return milestone.verifier if not is_blank(milestone.verifier) else charter.owner.person


def accepts(accepted: Accepted, milestone: Milestone, charter: Charter) -> bool:
    """Whether it is said by somebody who may: the verifier, or the owner's deputy for them and with a reason."""
    named = verifier(milestone, charter)
    if named is None or is_blank(accepted.by):
        return False
    if accepted.by == named:
        return True
    stands_in = accepted.by == charter.owner.deputy and accepted.instead_of == named
    return stands_in and not is_blank(accepted.reason)


def counts(accepted: Accepted, charter: Charter) -> bool:
    """Whether an acceptance counts under the charter in force in the week of its entry."""
    milestone = milestones(charter).get(accepted.id)
    return milestone is not None and not is_blank(accepted.evidence) and accepts(accepted, milestone, charter)


def accepted_milestones(entries: Iterable[CheckIn], charter_at: CharterAt) -> dict[str, Acceptance]:
    """The acceptances that stand after `entries`, by milestone id.

    Within one entry reopening comes before accepting. A milestone accepted again while it stands keeps its first
    week.
    """
    stand: dict[str, Acceptance] = {}
    for entry in in_order(entries):
        for reopened in entry.reopened:
            stand.pop(reopened.id, None)
        for accepted in entry.accepted:
            if accepted.id not in stand and counts(accepted, charter_at(entry.week)):
                stand[accepted.id] = Acceptance(accepted.id, entry.week, entry.on, accepted)
    return stand


def live_since(stand: Iterable[Acceptance]) -> date | None:
    """The earliest day from which an acceptance that stands says it is live."""
    return min((one.live_since for one in stand if one.live_since is not None), default=None)


def blockers(entries: Iterable[CheckIn]) -> dict[str, Blocker]:
    """Every blocker by id, in the order they surfaced. Within one entry: opened, updated, closed.

    An id that is opened a second time stays the first blocker; one that is closed stays closed.
    """
    found: dict[str, Blocker] = {}
    for entry in in_order(entries):
        for opened in entry.opened:
            found.setdefault(
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
            if (blocker := found.get(updated.id)) and blocker.is_open:
                found[updated.id] = replace(
                    blocker,
                    holder=blocker.holder if is_blank(updated.holder) else updated.holder or "",
                    due_week=blocker.due_week if updated.due_week is None else updated.due_week,
                    updates=(*blocker.updates, (entry.week, updated)),
                )
        for closed in entry.closed:
            if (blocker := found.get(closed.id)) and blocker.is_open:
                found[closed.id] = replace(
                    blocker, closed_week=entry.week, closed_on=entry.on, how=closed.how
                )
    return found
