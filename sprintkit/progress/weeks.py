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

    def has_passed(self, week: int, day: date) -> bool:
        """Whether the check-in day of a week is before `day`. On the day itself it has not passed yet."""
        # Counted in days, because the date of a far week may be beyond the calendar.
        offset = 7 * (week - 1) + (WEEKDAYS.index(self.checkin_day) - self.start.weekday()) % 7
        return (day - self.start).days > offset

    def is_over(self, day: date) -> bool:
        """Whether `day` is after the deadline."""
        return self.deadline is not None and day > self.deadline

    def last_early_week(self, share: float) -> int:
        """The last week of the first `share` (0 to 1) of the sprint; the week in which it ends counts."""
        return math.ceil(share * self.count)
