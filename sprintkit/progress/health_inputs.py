"""Everything that the health of a sprint depends on, collected for one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sprintkit.charter.model import Charter
from sprintkit.charter.settings import Settings
from sprintkit.progress.forecast import Forecast, compute_forecast
from sprintkit.progress.points import Plan
from sprintkit.progress.readings import GuardrailState, Reading
from sprintkit.progress.votes import VoteSummary
from sprintkit.progress.weeks import Weeks
from sprintkit.records.checkin import CheckIn
from sprintkit.records.progress_log import Acceptance, Blocker


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthInputs:
    """A sprint on a day."""

    day: date
    week: int
    """The week of the day."""
    as_of_week: int
    """The week of the last check-in; 0 if there is none."""
    charter: Charter
    """In force in `as_of_week`."""
    weeks: Weeks
    plan: Plan
    entries: tuple[CheckIn, ...]
    accepted: Mapping[str, Acceptance]
    earned: Fraction
    forecast: Forecast | None
    """None before the first check-in, and if the plan has no points."""
    blockers: Mapping[str, Blocker]
    guardrails: tuple[GuardrailState, ...]
    readings: tuple[Reading, ...]
    votes: VoteSummary | None
    settings: Settings
    closed_on: date | None = None
    """The day of the closing; no check-in is due from then on."""
    is_open: bool = False
    """The last entry is still being written, so that missing values can be added to it."""

    @property
    def is_complete(self) -> bool:
        """Whether all points are earned."""
        return self.plan.is_complete(self.earned)

    @property
    def half_week(self) -> int:
        """The last week of the first half, which includes a week in the middle."""
        return self.weeks.last_early_week(self.settings.first_half)

    @property
    def open_blockers(self) -> list[Blocker]:
        """The open blockers, by id."""
        open_blockers = (blocker for blocker in self.blockers.values() if blocker.is_open)
        return sorted(open_blockers, key=lambda blocker: blocker.id)

    @property
    def next_checkin_week(self) -> int:
        """The week of the next check-in, or of the one that is being written."""
        return self.as_of_week if self.is_open else max(self.week, self.as_of_week + 1)

    @property
    def last_due_week(self) -> int:
        """The last week whose check-in day has passed; after the closing, no check-in is due."""
        is_closed = self.closed_on is not None and self.closed_on <= self.day
        return self.weeks.last_due_week(self.closed_on if is_closed and self.closed_on else self.day)

    @property
    def missed_checkins(self) -> int:
        """The number of weeks since the last check-in whose check-in is due."""
        return max(0, self.last_due_week - self.as_of_week)

    def has_entry(self, week: int) -> bool:
        """Whether a week has a check-in."""
        return any(entry.week == week for entry in self.entries)

    def person_name(self, key: str) -> str:
        """The name of a person, or the key if there is none."""
        person = self.charter.people.get(key)
        return (person.name if person else None) or key

    def milestones_to_clear(self, holds: Callable[[Forecast, int], bool]) -> list[str]:
        """The milestones, earliest due first, whose acceptance at the next check-in would make `holds` false."""
        week = self.next_checkin_week
        accepted = {milestone_id: acceptance.week for milestone_id, acceptance in self.accepted.items()}
        to_accept: list[str] = []
        for milestone in sorted(self.plan.milestones, key=lambda milestone: milestone.due_week):
            if milestone.id in accepted:
                continue
            accepted[milestone.id] = week
            to_accept.append(milestone.id)
            if not holds(compute_forecast(self.plan, accepted, week, self.weeks.count), week):
                break
        return to_accept
