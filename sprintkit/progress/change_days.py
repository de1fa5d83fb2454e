"""The days on which a sprint's row in listings may change although no file does.

Between two such days a listing can reuse a computed row. Everything that depends on the day compares it with a date in
the sprint's files, with the weeks of its plan, or, while it operates, with the months; `tests/actions/test_kept_rows`
compares every reused row with one that is computed on its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sprintkit.charter.choices import WEEKDAYS
from sprintkit.charter.settings import Settings
from sprintkit.progress.month_flags import review_missing_from
from sprintkit.progress.weeks import Weeks
from sprintkit.records.calendar import first_day, month_after, month_of

ONE_DAY = timedelta(days=1)


class DayDependence(NamedTuple):
    """Everything in a sprint that is compared with the day."""

    dates: frozenset[date]
    """Every date in its files."""
    weekdays: frozenset[int]
    """The weekdays (0 is Monday) on which one of its weeks begins, or a check-in becomes overdue."""
    has_months: bool
    """Whether it is or was operated."""
    settings: Settings


def find_day_dependence(
    documents: Iterable[Mapping[str, Any]], weeks: Iterable[Weeks], *, has_months: bool, settings: Settings
) -> DayDependence:
    """Everything in a sprint with these files, and with plans of these weeks, that is compared with the day."""
    dates = frozenset(day for document in documents for day in _dates_in(document))
    weekdays: set[int] = set()
    for plan in weeks:
        checkin_day = WEEKDAYS.index(plan.checkin_day)
        weekdays |= {plan.start.weekday(), (checkin_day + 1) % 7}
    return DayDependence(dates, frozenset(weekdays), has_months, settings)


def next_change_day(dependence: DayDependence, day: date, latest: date) -> date:
    """The first day after `day`, `latest` at most, on which something may change."""
    candidates = [latest]
    for day_in_files in dependence.dates:
        candidates += [day_in_files, day_in_files + ONE_DAY] if day_in_files < date.max else [day_in_files]
    if dependence.weekdays:
        candidates += [
            day + timedelta(days=days)
            for days in range(1, min(7, (latest - day).days) + 1)
            if (day + timedelta(days=days)).weekday() in dependence.weekdays
        ]
    if dependence.has_months:
        for step in range(-1, 2):
            month = month_after(month_of(day), step)
            flagged_from = review_missing_from(month, dependence.settings)
            candidates += [first_day(month), flagged_from]
    return min(candidate for candidate in candidates if day < candidate <= latest)


def _dates_in(value: object) -> Iterator[date]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _dates_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _dates_in(part)
    elif isinstance(value, datetime):
        yield value.date()  # in another time zone it may be the day before or after
        yield from (value.date() - ONE_DAY, value.date() + ONE_DAY)
    elif isinstance(value, date):
        yield value
