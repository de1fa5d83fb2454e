"""The weeks of a sprint and its check-in days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from sprintkit.charter.choices import WEEKDAYS, Weekday
from sprintkit.charter.model import Charter
from sprintkit.charter.prefill import default_deadline
from sprintkit.records.calendar import checkin_date, week_number


@dataclass(frozen=True, slots=True)
class Weeks:
    """Start, length and check-in day of a sprint."""

    start: date
    count: int
    deadline: date | None
    checkin_day: Weekday

    @classmethod
    def from_charter(cls, charter: Charter) -> Weeks | None:
        """The weeks of a charter; None if it has no start or no length."""
        timeline = charter.timeline
        if timeline.start is None or timeline.weeks is None or timeline.weeks < 1:
            return None
        deadline = timeline.deadline or default_deadline(timeline.start, timeline.weeks)
        return cls(timeline.start, timeline.weeks, deadline, timeline.checkin_day or "fri")

    def week_of(self, day: date) -> int:
        """The week of a day; 0 before the start."""
        return max(0, week_number(self.start, day))

    def checkin_on(self, week: int) -> date:
        """The check-in day of a week."""
        return checkin_date(self.start, week, self.checkin_day)

    def last_due_week(self, day: date) -> int:
        """The last week, `count` at most, whose check-in day is before `day`; 0 if there is none."""
        first_offset = (WEEKDAYS.index(self.checkin_day) - self.start.weekday()) % 7
        passed_days = (day - self.start).days - first_offset
        return min(self.count, max(0, -(-passed_days // 7)))

    def is_over(self, day: date) -> bool:
        """Whether `day` is after the deadline."""
        return self.deadline is not None and day > self.deadline

    def last_early_week(self, share: float) -> int:
        """The last week of the first `share` (0 to 1) of the sprint, including the week in which that share ends."""
        return math.ceil(share * self.count)
