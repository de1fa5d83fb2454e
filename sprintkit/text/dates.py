"""Formats dates for people. The English month and weekday names are defined only here."""

from __future__ import annotations

from datetime import date

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In the order of `date.weekday()`."""


def format_date(day: date) -> str:
    """`6 March 2026`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def format_full_date(day: date) -> str:
    """`Friday 6 March 2026`."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {format_date(day)}"


def format_short_date(day: date) -> str:
    """`Fri 6 Mar 2026`."""
    return f"{format_day(day)} {day.year:04}"


def format_day(day: date | str) -> str:
    """`Fri 6 Mar`. A string must be an ISO date."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return f"{WEEKDAY_NAMES[day.weekday()][:3]} {day.day} {MONTH_NAMES[day.month - 1][:3]}"


def format_month(month: str) -> str:
    """`April 2026` for the month `2026-04`; anything else stays as it is."""
    year, _, number = month.partition("-")
    is_month = number.isdecimal() and 1 <= int(number) <= len(MONTH_NAMES)
    return f"{MONTH_NAMES[int(number) - 1]} {year}" if is_month else month
