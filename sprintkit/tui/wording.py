"""How the app shows the current week, the days left and the points, and the colours and symbols of states."""

from __future__ import annotations

from typing import Final

from sprintkit.text.dates import format_day
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
DECISION_MARKERS: Final = {
    "approved": ("✓", "$success"),
    "rejected": ("✗", "bold $error"),
    "waiting": ("○", "bold $primary"),
    "stale": ("!", "bold $warning"),
}
"""Symbol and style by the state of a signatory's decision."""
WEIGHT_STYLES: Final = {"plain": "", "strong": "bold", "warning": "bold $warning"}
"""The style of a `Sentence` by its weight."""


def week_label(week: int | None, weeks: int | None) -> str:
    """Return `week 4 of 6`, or just `6 weeks` before the start and after the end; empty without dates."""
    if week is None or weeks is None:
        return ""
    if not 1 <= week <= weeks:
        return format_count(weeks, "week")
    return f"week {week} of {weeks}"


def days_label(start: str | None, week: int | None, left: int | None) -> str:
    """Return `14 days left`, `last day` or `3 days over`; `starts 16 Feb` before the ISO date `start`."""
    if left is None:
        return ""
    if start is not None and week == 0:
        return f"starts {format_day(start).partition(' ')[2]}"
    if left == 0:
        return "last day"
    if left < 0:
        return f"{format_count(-left, 'day')} over"
    return f"{format_count(left, 'day')} left"


def points_bar(earned: float, planned: float, width: int) -> str:
    """Return a bar of `width` cells: earned points solid, planned but not earned dashed, the rest of 100 dotted."""
    earned_cells = min(width, round(earned * width / 100))
    planned_cells = min(width, max(earned_cells, round(planned * width / 100)))
    return "━" * earned_cells + "╌" * (planned_cells - earned_cells) + "·" * (width - planned_cells)
