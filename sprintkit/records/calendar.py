"""Weeks of a sprint, counted from its first day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sprintkit.charter.choices import DAYS, Day

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def week_of(start: date, day: date) -> int:
    """The week of `day`: 1 from the start on, 0 and less before it."""
    return 1 + (day - start).days // 7


def day_in_words(day: date) -> str:
    """A day as people read it: 6 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def checkin_on(start: date, week: int, weekday: Day) -> date:
    """The check-in day of a week: the day of that name among the seven that the week has."""
    first = start + timedelta(days=7 * (week - 1))
    return first + timedelta(days=(DAYS.index(weekday) - first.weekday()) % 7)
