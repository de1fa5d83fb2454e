"""One sprint in the list, as lines: two where there is room beside each other, three where there is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.cells import cell_len

from sprintkit.actions.status.attention import (
    CLOSED_STATES,
    GROUPS,
    HEALTH_MEANS,
    OPEN_STATES,
    Attention,
    day,
)
from sprintkit.tui import wording
from sprintkit.tui.text import column, fit, wrapped
from sprintkit.tui.widgets.sprint_list import Entry, Lines, Part

Row = Mapping[str, Any]

WIDE: Final = 104
"""Columns from which a row has two lines."""
MARK: Final = 17
"""Columns for sign and word of the state, a gap included: "partly signed" is the longest."""
WIDEST: Final = 164
"""Columns that a row takes at the most: an eye loses its line on the way over more."""


def entry(row: Row, standing: Attention, width: int, *, apart: bool) -> Entry:
    """The entry of a sprint; `apart`: with an empty line after it."""
    height = 2 if width >= WIDE else 3
    make = _wide if width >= WIDE else _narrow
    return Entry(row["slug"], height + (1 if apart else 0), lambda inner: make(row, standing, inner))


def heading(group: int, count: int, *, apart: bool) -> Entry:
    """The line above a group of sprints; `apart`: with an empty one before it."""

    def lines(width: int) -> Lines:
        title = [(f" {GROUPS[group]}", "bold"), (f"  {count}", "$faint")]
        return [[], title] if apart else [title]

    return Entry(None, 2 if apart else 1, lines)


def said(sentence: str) -> Entry:
    """What stands in place of sprints where none is shown."""
    return Entry(None, 1, lambda width: [[(fit(f" {sentence}", width), "$faint")]])


def _wide(row: Row, standing: Attention, width: int) -> Lines:
    width = min(width, WIDEST)
    mark = wording.status_style(row["state"], row.get("health"))
    bar_width = 20 if width >= 150 else 10
    week_width, points_width, days_width = 13, bar_width + 12, 14
    left = width - MARK
    title_width = left - week_width - points_width - days_width
    first: list[Part] = [
        (f" {mark.sign} ", mark.style),
        (column(mark.word, MARK - 3), f"bold {mark.style}"),
        (column(row.get("title") or row["slug"], title_width - 2) + "  ", "bold"),
        (column(wording.week(row.get("week"), row.get("weeks")), week_width), ""),
        *_points(row, points_width, bar_width),
        (column(wording.days(standing.days_left), days_width, right=True), _urgency(standing)),
    ]
    why, owner = _why(row, standing), fit(row.get("owner") or "", left // 4)
    most = left * 2 // 5 - cell_len(owner) - 3
    spare = left - cell_len(why) - cell_len(owner) - 5
    coming = fit(_next(row), min(most, max(spare, cell_len(_coming(row)[0]) + 1)))
    aside = " · ".join(part for part in (coming, owner) if part)
    why_width = left - cell_len(aside) - 2
    second: list[Part] = [
        (" " * MARK, ""),
        (column(why, why_width) + "  ", "" if standing.needs else "$faint"),
        (aside, "$faint"),
    ]
    return [first, second]


def _narrow(row: Row, standing: Attention, width: int) -> Lines:
    mark = wording.status_style(row["state"], row.get("health"))
    week = wording.week(row.get("week"), row.get("weeks"))
    days = wording.days(standing.days_left)
    right = 13
    title_width = width - MARK - right - 1
    first: list[Part] = [
        (f" {mark.sign} ", mark.style),
        (column(mark.word, MARK - 3), f"bold {mark.style}"),
        (column(row.get("title") or row["slug"], title_width - 1) + " ", "bold"),
        (column(week, right, right=True), ""),
    ]
    third = " · ".join(part for part in (_points_text(row), _next(row)) if part)
    owner = row.get("owner") or ""
    why = wrapped(_why(row, standing), title_width - 1) if not third and not owner else [_why(row, standing)]
    style = "" if standing.needs else "$faint"
    second: list[Part] = [
        (" " * MARK, ""),
        (column(why[0], title_width - 1) + " ", style),
        (column(days, right, right=True), _urgency(standing)),
    ]
    if len(why) > 1:
        return [first, second, [(" " * MARK, ""), (fit(" ".join(why[1:]), width - MARK), style)]]
    owner_width = min(20, width // 4)
    last: list[Part] = [
        (" " * MARK, ""),
        (column(third, width - MARK - owner_width - 2) + "  ", "$faint"),
        (column(owner, owner_width, right=True), "$faint"),
    ]
    return [first, second, last]


def _why(row: Row, standing: Attention) -> str:
    """What the sprint needs; where it needs nothing, what its state says; and whether it runs unsigned."""
    parts = list(standing.needs)
    signatures = row.get("signatures") or {}
    if row["state"] in OPEN_STATES and signatures.get("given", 0) < signatures.get("required", 0):
        parts.append("Partly signed" if signatures["given"] else "Unsigned")
    if not standing.needs:
        parts.append(_otherwise(row))
    return " · ".join(parts)


def _otherwise(row: Row) -> str:
    """What the state says where nothing is needed."""
    state = row["state"]
    if state == "scoping":
        return "No charter yet"
    if state in ("chartered", "partly_signed", "signed"):
        signatures = row.get("signatures") or {}
        return f"{signatures.get('given', 0)} of {signatures.get('required', 0)} signatures"
    if state == "running":
        means, due = HEALTH_MEANS[row.get("health")], row.get("checkin_due")
        if row.get("health") is None and due:
            return f"The first check-in is on {day(due)}"
        return means[:1].upper() + means[1:]
    if row.get("last_checkin"):
        return f"Last check-in on {day(row['last_checkin'])} {row['last_checkin'][:4]}"
    return ""


def _next(row: Row) -> str:
    return " ".join(part for part in _coming(row) if part)


def _coming(row: Row) -> tuple[str, str]:
    """What comes next: what of it always stays, and the rest."""
    if row["state"] == "scoping":
        return f"{row.get('answered') or 0} of {row.get('questions') or 0} questions answered", ""
    one = row.get("next")
    if not one or row["state"] in CLOSED_STATES:
        return "", ""
    return f"next {one['id']}", one["title"] or ""


def _points_text(row: Row) -> str:
    if row.get("earned") is None or row.get("planned") is None or (row.get("week") or 0) < 1:
        return ""
    earned = f"{wording.number(row['earned'])} points"
    return earned if _is_over(row) else f"{earned}, plan {wording.number(row['planned'])}"


def _points(row: Row, width: int, bar_width: int) -> list[Part]:
    text = _points_text(row)
    if not text:
        return [(" " * width, "")]
    bar = wording.bar(row["earned"], 100 if _is_over(row) else row["planned"], bar_width)
    said = wording.number(row["earned"])
    said += " points" if _is_over(row) else f" of {wording.number(row['planned'])}"
    return [(f"{bar} ", "$primary"), (column(said, width - bar_width - 1), "")]


def _is_over(row: Row) -> bool:
    """Whether everything is planned by now, whatever was by the last check-in."""
    return row["state"] == "due" or row["state"] in CLOSED_STATES


def _urgency(standing: Attention) -> str:
    left = standing.days_left
    if left is not None and left <= 7:
        return "bold $warning" if left >= 0 else "bold $error"
    return "$faint"
