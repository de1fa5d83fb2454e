"""Everything that health is judged by, gathered for one day."""

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
    """A sprint on a day. `week` is that of the day, `as_of_week` that of the last check-in, 0 where there is none."""

    day: date
    week: int
    as_of_week: int
    charter: Charter
    """In force in `as_of_week`."""
    weeks: Weeks
    plan: Plan
    entries: tuple[CheckIn, ...]
    accepted: Mapping[str, Acceptance]
    earned: Fraction
    forecast: Forecast | None
    """None before the first check-in, and without any points."""
    blockers: Mapping[str, Blocker]
    guardrails: tuple[GuardrailState, ...]
    readings: tuple[Reading, ...]
    votes: VoteSummary | None
    settings: Settings
    is_open: bool = False
    """The last entry is still being written, so that what is missing can be put into it."""

    @property
    def is_complete(self) -> bool:
        """Whether all points are earned."""
        return self.plan.is_complete(self.earned)

    @property
    def half(self) -> int:
        """The last week of the first half, the middle one included."""
        return self.weeks.early(self.settings.first_half)

    @property
    def open_blockers(self) -> list[Blocker]:
        """What is in the way, by id."""
        return sorted((one for one in self.blockers.values() if one.is_open), key=lambda one: one.id)

    @property
    def next_checkin_week(self) -> int:
        """The week whose check-in can be written next; the one that is being written, while it is."""
        return self.as_of_week if self.is_open else max(self.week, self.as_of_week + 1)

    def has_entry(self, week: int) -> bool:
        """Whether a week has a check-in."""
        return any(entry.week == week for entry in self.entries)

    def has_passed(self, week: int) -> bool:
        """Whether the check-in day of a week lies before the day."""
        return self.weeks.has_passed(week, self.day)

    def person(self, key: str) -> str:
        """The name of a person, or the key where there is none."""
        entry = self.charter.people.get(key)
        return (entry.name if entry else None) or key

    def what_clears(self, holds: Callable[[Forecast, int], bool]) -> list[str]:
        """The milestones, earliest due first, whose acceptance at the next check-in would make `holds` untrue."""
        week = self.next_checkin_week
        done = {name: standing.week for name, standing in self.accepted.items()}
        cleared: list[str] = []
        for one in sorted(self.plan.milestones, key=lambda one: one.due_week):
            if one.id in done:
                continue
            done[one.id] = week
            cleared.append(one.id)
            if not holds(compute_forecast(self.plan, done, week, self.weeks.count), week):
                break
        return cleared
