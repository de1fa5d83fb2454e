"""One sprint in the list, as lines: two where there is room beside each other, three where there is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.cells import cell_len

from sprintkit.actions.status.attention import CLOSED_STATES, GROUPS, OPEN_STATES, Attention
from sprintkit.text.labels import HEALTH_MEANINGS
from sprintkit.text.dates import format_day
from sprintkit.tui import wording
from sprintkit.text.labels import status_style
from sprintkit.text.numbers import format_rounded
from sprintkit.tui.text import column, fit, wrapped
from sprintkit.tui.widgets.sprint_list import SprintListEntry, Lines, StyledText

StatusRow = Mapping[str, Any]

TWO_LINE_WIDTH: Final = 104
"""Columns from which a row has two lines."""
STATUS_WIDTH: Final = 17
"""Columns for sign and word of the state, a gap included: "partly signed" is the longest."""
MAX_WIDTH: Final = 164
"""Columns that a row takes at the most: an eye loses its line on the way over more."""


def sprint_entry(row: StatusRow, standing: Attention, width: int, *, apart: bool) -> SprintListEntry:
    """The entry of a sprint; `apart`: with an empty line after it."""
    height = 2 if width >= TWO_LINE_WIDTH else 3
    make = _two_lines if width >= TWO_LINE_WIDTH else _three_lines
    return SprintListEntry(row["slug"], height + (1 if apart else 0), lambda inner: make(row, standing, inner))


def group_heading(group: int, count: int, *, apart: bool) -> SprintListEntry:
    """The line above a group of sprints; `apart`: with an empty one before it."""

    def lines(width: int) -> Lines:
        title = [(f" {GROUPS[group]}", "bold"), (f"  {count}", "$faint")]
        return [[], title] if apart else [title]

    return SprintListEntry(None, 2 if apart else 1, lines)


def message_entry(sentence: str) -> SprintListEntry:
    """What stands in place of sprints where none is shown."""
    return SprintListEntry(None, 1, lambda width: [[(fit(f" {sentence}", width), "$faint")]])


def _two_lines(row: StatusRow, standing: Attention, width: int) -> Lines:
    width = min(width, MAX_WIDTH)
    mark = status_style(row["state"], row.get("health"))
    bar_width = 20 if width >= 150 else 10
    week_width, points_width, days_width = 13, bar_width + 12, 14
    left = width - STATUS_WIDTH
    title_width = left - week_width - points_width - days_width
    first: list[StyledText] = [
        (f" {mark.sign} ", mark.style),
        (column(mark.word, STATUS_WIDTH - 3), f"bold {mark.style}"),
        (column(row.get("title") or row["slug"], title_width - 2) + "  ", "bold"),
        (column(wording.week(row.get("week"), row.get("weeks")), week_width), ""),
        *_points_bar(row, points_width, bar_width),
        (column(wording.days(standing.days_left), days_width, right=True), _deadline_style(standing)),
    ]
    why, owner = _reason_text(row, standing), fit(row.get("owner") or "", left // 4)
    most = left * 2 // 5 - cell_len(owner) - 3
    spare = left - cell_len(why) - cell_len(owner) - 5
    coming = fit(_next_text(row), min(most, max(spare, cell_len(_next_parts(row)[0]) + 1)))
    aside = " · ".join(part for part in (coming, owner) if part)
    why_width = left - cell_len(aside) - 2
    second: list[StyledText] = [
        (" " * STATUS_WIDTH, ""),
        (column(why, why_width) + "  ", "" if standing.needs else "$faint"),
        (aside, "$faint"),
    ]
    return [first, second]


def _three_lines(row: StatusRow, standing: Attention, width: int) -> Lines:
    mark = status_style(row["state"], row.get("health"))
    week = wording.week(row.get("week"), row.get("weeks"))
    days = wording.days(standing.days_left)
    right = 13
    title_width = width - STATUS_WIDTH - right - 1
    first: list[StyledText] = [
        (f" {mark.sign} ", mark.style),
        (column(mark.word, STATUS_WIDTH - 3), f"bold {mark.style}"),
        (column(row.get("title") or row["slug"], title_width - 1) + " ", "bold"),
        (column(week, right, right=True), ""),
    ]
    third = " · ".join(part for part in (_points_text(row), _next_text(row)) if part)
    owner = row.get("owner") or ""
    why = wrapped(_reason_text(row, standing), title_width - 1) if not third and not owner else [_reason_text(row, standing)]
    style = "" if standing.needs else "$faint"
    second: list[StyledText] = [
        (" " * STATUS_WIDTH, ""),
        (column(why[0], title_width - 1) + " ", style),
        (column(days, right, right=True), _deadline_style(standing)),
    ]
    if len(why) > 1:
        return [first, second, [(" " * STATUS_WIDTH, ""), (fit(" ".join(why[1:]), width - STATUS_WIDTH), style)]]
    owner_width = min(20, width // 4)
    last: list[StyledText] = [
        (" " * STATUS_WIDTH, ""),
        (column(third, width - STATUS_WIDTH - owner_width - 2) + "  ", "$faint"),
        (column(owner, owner_width, right=True), "$faint"),
    ]
    return [first, second, last]


def _reason_text(row: StatusRow, standing: Attention) -> str:
    """What the sprint needs; where it needs nothing, what its state says; and whether it runs unsigned."""
    parts = list(standing.needs)
    signatures = row.get("signatures") or {}
    if row["state"] in OPEN_STATES and signatures.get("given", 0) < signatures.get("required", 0):
        parts.append("Partly signed" if signatures["given"] else "Unsigned")
    if not standing.needs:
        parts.append(_state_text(row))
    return " · ".join(parts)


def _state_text(row: StatusRow) -> str:
    """What the state says where nothing is needed."""
    state = row["state"]
    if state == "scoping":
        return "No charter yet"
    if state in ("chartered", "partly_signed", "signed"):
        signatures = row.get("signatures") or {}
        return f"{signatures.get('given', 0)} of {signatures.get('required', 0)} signatures"
    if state == "running":
        means, due = HEALTH_MEANINGS[row.get("health")], row.get("checkin_due")
        if row.get("health") is None and due:
            return f"The first check-in is on {format_day(due)}"
        return means[:1].upper() + means[1:]
    if row.get("last_checkin"):
        return f"Last check-in on {format_day(row['last_checkin'])} {row['last_checkin'][:4]}"
    return ""


def _next_text(row: StatusRow) -> str:
    return " ".join(part for part in _next_parts(row) if part)


def _next_parts(row: StatusRow) -> tuple[str, str]:
    """What comes next: what of it always stays, and the rest."""
    if row["state"] == "scoping":
        return f"{row.get('answered') or 0} of {row.get('questions') or 0} questions answered", ""
    one = row.get("next")
    if not one or row["state"] in CLOSED_STATES:
        return "", ""
    return f"next {one['id']}", one["title"] or ""


def _points_text(row: StatusRow) -> str:
    if row.get("earned") is None or row.get("planned") is None or (row.get("week") or 0) < 1:
        return ""
    earned = f"{format_rounded(row['earned'])} points"
    return earned if _is_past_deadline(row) else f"{earned}, plan {format_rounded(row['planned'])}"


def _points_bar(row: StatusRow, width: int, bar_width: int) -> list[StyledText]:
    text = _points_text(row)
    if not text:
        return [(" " * width, "")]
    bar = wording.bar(row["earned"], 100 if _is_past_deadline(row) else row["planned"], bar_width)
    said = format_rounded(row["earned"])
    said += " points" if _is_past_deadline(row) else f" of {format_rounded(row['planned'])}"
    return [(f"{bar} ", "$primary"), (column(said, width - bar_width - 1), "")]


def _is_past_deadline(row: StatusRow) -> bool:
    """Whether everything is planned by now, whatever was by the last check-in."""
    return row["state"] == "due" or row["state"] in CLOSED_STATES


def _deadline_style(standing: Attention) -> str:
    left = standing.days_left
    if left is not None and left <= 7:
        return "bold $warning" if left >= 0 else "bold $error"
    return "$faint"
