"""The moment of a decision, where the day may be given and differ from the clock's."""

from __future__ import annotations

from datetime import date, datetime


def moment_on(day: date, now: datetime) -> datetime:
    """The time of `now`, which has a zone, on the day that counts as today."""
    return now if now.date() == day else datetime.combine(day, now.time()).astimezone()
