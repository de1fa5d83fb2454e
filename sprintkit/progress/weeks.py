"""The weeks of a sprint and its check-in days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from sprintkit.charter.choices import WEEKDAYS, Weekday
from sprintkit.charter.model import Charter
from sprintkit.charter.prefill import default_deadline as friday_of
from sprintkit.records import calendar


@dataclass(frozen=True, slots=True)
class Weeks:
    """Start, length and rhythm of a sprint."""

    start: date
    count: int
    deadline: date | None
    checkin_day: Weekday

    @classmethod
    def of(cls, charter: Charter) -> Weeks | None:
        """The weeks of a charter; None where it has no start or no length."""
        timeline = charter.timeline
        if timeline.start is None or timeline.weeks is None or timeline.weeks < 1:
            return None
        deadline = timeline.deadline or friday_of(timeline.start, timeline.weeks)
        return cls(timeline.start, timeline.weeks, deadline, timeline.checkin_day or "fri")

    def week_of(self, day: date) -> int:
        """The week of a day; 0 before the start."""
        return max(0, calendar.week_number(self.start, day))

    def checkin_on(self, week: int) -> date:
        """The check-in day of a week."""
        return calendar.checkin_date(self.start, week, self.checkin_day)

    def has_passed(self, week: int, day: date) -> bool:
        """Whether the check-in day of a week lies before `day`; on the day itself it has not passed yet."""
        offset = 7 * (week - 1) + (WEEKDAYS.index(self.checkin_day) - self.start.weekday()) % 7
        return (day - self.start).days > offset

    def is_over(self, day: date) -> bool:
        """Whether `day` is after the deadline."""
        return self.deadline is not None and day > self.deadline

    def early(self, part: float) -> int:
        """The last week of the first `part` of the sprint; the week in which it ends is counted whole."""
        return math.ceil(part * self.count)
