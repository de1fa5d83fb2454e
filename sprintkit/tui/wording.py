"""How the app writes weeks, days left and points, and the colour of each tone."""

from __future__ import annotations

from typing import Final

from sprintkit.text.numbers import format_count

TONE_COLORS: Final = {
    "good": "$success",
    "warn": "$warning",
    "bad": "$error",
    "accent": "$accent",
    "plain": "$foreground",
    "dim": "$faint",
}
"""The theme's colour for the tone of a `StatusStyle`."""


def week(row_week: int | None, weeks: int | None) -> str:
    """`week 4 of 6`; before the start and after the end how many there are."""
    if row_week is None or weeks is None:
        return ""
    if not 1 <= row_week <= weeks:
        return format_count(weeks, "week")
    return f"week {row_week} of {weeks}"


def days(left: int | None) -> str:
    """`14 days left`, `last day`, `3 days over`."""
    if left is None:
        return ""
    if left == 0:
        return "last day"
    if left < 0:
        return f"{format_count(-left, 'day')} over"
    return f"{format_count(left, 'day')} left"


def bar(earned: float, planned: float, width: int) -> str:
    """Earned points as a full line, what the plan has more as a dashed one, the rest to 100 dotted."""
    full = min(width, round(earned * width / 100))
    to_plan = min(width, max(full, round(planned * width / 100)))
    return "━" * full + "╌" * (to_plan - full) + "·" * (width - to_plan)
