"""The weeks of a sprint, counted from its first day, and the months of operating after it.

A month is a text such as `2026-04`; months sort as texts.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from sprintkit.charter.choices import WEEKDAYS, Weekday

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def week_number(start: date, day: date) -> int:
    """The week of `day`: 1 from the start on, 0 or less before it."""
    return 1 + (day - start).days // 7


def checkin_date(start: date, week: int, weekday: Weekday) -> date:
    """The check-in day of a week: the one with this weekday among the week's seven days."""
    first = start + timedelta(days=7 * (week - 1))
    return first + timedelta(days=(WEEKDAYS.index(weekday) - first.weekday()) % 7)


def is_month(text: str) -> bool:
    """Whether a text is a month such as `2026-04`."""
    return _MONTH.fullmatch(text) is not None and not text.startswith("0000")


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day.year:04}-{day.month:02}"


def first_day(month: str) -> date:
    """The first day of a month; the last possible date for a month after the end of the calendar."""
    year, _, number = month.partition("-")
    return date.max if int(year) > date.max.year else date(int(year), int(number), 1)


def month_after(month: str, count: int = 1) -> str:
    """The month `count` months later, or earlier if it is negative."""
    number = _month_number(month) + count
    return f"{number // 12:04}-{number % 12 + 1:02}"


def months_between(first: str, last: str) -> int:
    """How many months `last` is after `first`; negative if it is before."""
    return _month_number(last) - _month_number(first)


def _month_number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1
