"""The weeks of a sprint, counted from its first day."""

from __future__ import annotations

from datetime import date, timedelta

from sprintkit.charter.choices import WEEKDAYS, Weekday


def week_number(start: date, day: date) -> int:
    """The week of `day`: 1 from the start on, 0 or less before it."""
    return 1 + (day - start).days // 7


def checkin_date(start: date, week: int, weekday: Weekday) -> date:
    """The check-in day of a week: the one with this weekday among the week's seven days."""
    first = start + timedelta(days=7 * (week - 1))
    return first + timedelta(days=(WEEKDAYS.index(weekday) - first.weekday()) % 7)
