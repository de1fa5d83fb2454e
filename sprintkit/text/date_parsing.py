"""Parses dates as people type them. Anything ambiguous counts as no date."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sprintkit.text.dates import MONTH_NAMES, WEEKDAY_NAMES
from sprintkit.text.value_parsing import MAX_DIGITS, with_ascii_digits

_FIRST_WORD: Final = re.compile(r"\s*([^\W\d_]{3,9})\.?,?\s+")


def parse_date(text: str) -> date | None:
    """The date in `text`; None if it is not one, or could be two.

    Reads 2026-02-16, 16 Feb 2026, Feb 16 2026, 16.2.2026 and 16/2/2026. A weekday may be added, but must be
    right.
    """
    plain = with_ascii_digits(text).strip().casefold()
    words = re.findall(r"[^\W\d_]+|\d+", plain)
    letters = [word for word in words if not word.isdigit()]
    digits = [word for word in words if word.isdigit()]
    if re.sub(r"[\w\s.,/-]", "", plain) or len(digits) not in (2, 3):
        return None
    if max(map(len, digits)) > MAX_DIGITS:
        return None
    months = [
        month for word in letters for month, name in enumerate(MONTH_NAMES, 1) if _abbreviates(word, name)
    ]
    weekdays = [
        index for word in letters for index, name in enumerate(WEEKDAY_NAMES) if _abbreviates(word, name)
    ]
    others = [word for word in letters if word not in ("the", "of", "st", "nd", "rd", "th")]
    if len(months) > 1 or len(weekdays) > 1 or len(others) != len(months) + len(weekdays):
        return None
    day = _date_of_parts(plain, digits, months)
    return None if day and weekdays and day.weekday() != weekdays[0] else day


def parse_date_near(
    text: str, around: date | None, earliest: date | None = None, latest: date | None = None
) -> date | None:
    """The date in `text`; None if it is not one.

    A date without a year is the one nearest to `around` that lies between `earliest` and `latest`; without `around`,
    the year is required.
    """
    day = parse_date(text)
    if day is not None or around is None:
        return day
    plain = text.rstrip(" .")
    years = range(around.year - 1, around.year + 2)
    days = [day for year in years if (day := parse_date(f"{without_weekday(plain)} {year}")) is not None]
    allowed = [
        day for day in days if (earliest is None or day >= earliest) and (latest is None or day <= latest)
    ]
    nearest = min(allowed, key=lambda day: abs(day - around), default=None)
    return parse_date(f"{plain} {nearest.year}") if nearest else None  # again, to check the weekday


def without_weekday(text: str) -> str:
    """`text` without a weekday at its beginning."""
    word = _FIRST_WORD.match(text)
    if word is None or not any(_abbreviates(word[1].casefold(), name) for name in WEEKDAY_NAMES):
        return text
    return text[word.end() :]


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date with these parts; None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _abbreviates(word: str, name: str) -> bool:
    return (len(word) >= 3 and name.casefold().startswith(word)) or (word == "sept" and name == "September")


def _date_of_parts(plain: str, digits: list[str], months: list[int]) -> date | None:
    if months:
        if len(digits) != 2:
            return None
        year, day = digits if len(digits[0]) == 4 else reversed(digits)
        return date_or_none(int(year), months[0], int(day)) if len(str(int(year))) == 4 else None
    if len(digits) != 3:
        return None
    first, second, third = map(int, digits)
    if len(digits[0]) == 4:
        return date_or_none(first, second, third)
    if len(digits[2]) != 4:
        return None
    if "/" in plain and first != second and first <= 12 and second <= 12:
        return None  # 2/3 is the 2nd of March for some, the 3rd of February for others
    if "/" in plain and first <= 12 < second:
        return date_or_none(third, first, second)
    return date_or_none(third, second, first)
