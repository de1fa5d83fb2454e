"""The time of a decision, whose day may be set with `--today`."""

from __future__ import annotations

from datetime import date, datetime


def moment_on(day: date, now: datetime) -> datetime:
    """The time of `now`, which has a zone, on the day that counts as today."""
    return now if now.date() == day else datetime.combine(day, now.time()).astimezone()
