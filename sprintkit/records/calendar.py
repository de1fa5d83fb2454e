"""Weeks of a sprint, counted from its first day."""

from __future__ import annotations

from datetime import date, timedelta

from sprintkit.charter.choices import WEEKDAYS, Weekday


def week_of(start: date, day: date) -> int:
    """The week of `day`: 1 from the start on, 0 and less before it."""
    return 1 + (day - start).days // 7


def checkin_on(start: date, week: int, weekday: Weekday) -> date:
    """The check-in day of a week: the day of that name among the seven that the week has."""
    first = start + timedelta(days=7 * (week - 1))
    return first + timedelta(days=(WEEKDAYS.index(weekday) - first.weekday()) % 7)
