"""How states and health are shown: a sign, a word and a colour, so that each alone is enough."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from sprintkit.actions.status.attention import HEALTHS, STATES, day


class StatusStyle(NamedTuple):
    """A sign of one cell, a word, and the name of a colour of the theme."""

    sign: str
    word: str
    style: str


HEALTH: Final = {
    "on_track": StatusStyle("●", HEALTHS["on_track"], "$success"),
    "at_risk": StatusStyle("▲", HEALTHS["at_risk"], "$warning"),
    "off_track": StatusStyle("■", HEALTHS["off_track"], "$error"),
    None: StatusStyle("○", "no data yet", "$faint"),
}

STATE: Final = {
    "broken": StatusStyle("✗", STATES["broken"], "$error"),
    "scoping": StatusStyle("◌", STATES["scoping"], "$accent"),
    "chartered": StatusStyle("◇", STATES["chartered"], "$accent"),
    "partly_signed": StatusStyle("◈", STATES["partly_signed"], "$accent"),
    "signed": StatusStyle("◆", STATES["signed"], "$accent"),
    "running": StatusStyle("○", STATES["running"], "$foreground"),
    "due": StatusStyle("◆", STATES["due"], "$warning"),
    "operating": StatusStyle("✓", STATES["operating"], "$success"),
    "stopped": StatusStyle("□", STATES["stopped"], "$faint"),
}


def status_style(state: str, health: str | None) -> StatusStyle:
    """What to show for a sprint: its health while it runs, else its state."""
    return HEALTH[health] if state == "running" else STATE[state]


def week(row_week: int | None, weeks: int | None) -> str:
    """`week 4 of 6`; before the start and after the end how many there are."""
    if row_week is None or weeks is None:
        return ""
    if not 1 <= row_week <= weeks:
        return f"{weeks} week{'s' if weeks != 1 else ''}"
    return f"week {row_week} of {weeks}"


def days(left: int | None) -> str:
    """`14 days left`, `last day`, `3 days over`."""
    if left is None:
        return ""
    if left == 0:
        return "last day"
    if left < 0:
        return f"{-left} day{'s' if left != -1 else ''} over"
    return f"{left} day{'s' if left != 1 else ''} left"


def bar(earned: float, planned: float, width: int) -> str:
    """Earned points as a full line, what the plan has more as a dashed one, the rest to 100 dotted."""
    full = min(width, round(earned * width / 100))
    to_plan = min(width, max(full, round(planned * width / 100)))
    return "━" * full + "╌" * (to_plan - full) + "·" * (width - to_plan)


def number(value: float | None) -> str:
    """A figure without needless decimals."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def day_in_words(value: date) -> str:
    """`Fri 27 Mar 2026`."""
    return f"{day(value)} {value.year}"
