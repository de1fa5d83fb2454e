"""Dates in words."""

from __future__ import annotations

from datetime import date, timedelta

from sprintkit.text.dates import (
    MONTH_NAMES,
    WEEKDAY_NAMES,
    format_date,
    format_day,
    format_full_date,
    format_short_date,
)

FRIDAY = date(2026, 3, 6)


def test_a_date_is_written_in_four_forms() -> None:
    assert format_date(FRIDAY) == "6 March 2026"
    assert format_full_date(FRIDAY) == "Friday 6 March 2026"
    assert format_short_date(FRIDAY) == "Fri 6 Mar 2026"
    assert format_day(FRIDAY) == "Fri 6 Mar"


def test_a_day_may_be_given_as_an_iso_text() -> None:
    assert format_day("2026-03-06") == "Fri 6 Mar"


def test_every_month_and_weekday_has_its_english_name() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert all(format_date(day) == f"{day.day} {day:%B} {day.year}" for day in days)
    assert all(
        WEEKDAY_NAMES[day.weekday()] == f"{day:%A}" and MONTH_NAMES[day.month - 1] == f"{day:%B}"
        for day in days
    )
