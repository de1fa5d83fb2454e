"""The entries of the list of sprints. A sprint takes two lines on a wide screen, and three on a narrow one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rich.cells import cell_len

from sprintkit.actions.status.attention import (
    CLOSED_STATES,
    GROUPS,
    OPEN_STATES,
    OPERATE_OR_STOP,
    Attention,
)
from sprintkit.progress.health_words import describe_health
from sprintkit.text.dates import format_day
from sprintkit.text.labels import status_style
from sprintkit.text.numbers import format_rounded
from sprintkit.tui import wording
from sprintkit.tui.text import fit_column, fit_line, wrap_text
from sprintkit.tui.widgets.sprint_list import Lines, SprintListEntry, StyledText
from sprintkit.tui.wording import TONE_COLORS

StatusRow = Mapping[str, Any]
"""A sprint in the JSON of `sprintkit status`."""

TWO_LINE_WIDTH: Final = 104
"""Width of the list in columns from which a sprint takes two lines."""
STATUS_WIDTH: Final = 17
"""Columns for the symbol and the label of a state, and a gap; "some approved" is the longest label."""
MIN_TITLE_WIDTH: Final = 16
"""Fewest columns worth using for a milestone's title; with less room it is left out."""
MAX_WIDTH: Final = 164
"""Most columns that a sprint takes, because the eye loses its place on longer lines."""


def sprint_entry(
    row: StatusRow, attention: Attention, width: int, *, is_spaced: bool, close_key: str = "x"
) -> SprintListEntry:
    """Build the entry of a sprint; `is_spaced` adds an empty line after it. `close_key` is the key that closes it."""
    attention = attention._replace(needs=tuple(_needs_with_close_key(attention, close_key)))
    height = 2 if width >= TWO_LINE_WIDTH else 3
    render = _two_lines if width >= TWO_LINE_WIDTH else _three_lines
    return SprintListEntry(
        row["slug"], height + (1 if is_spaced else 0), lambda inner_width: render(row, attention, inner_width)
    )


def _needs_with_close_key(attention: Attention, close_key: str) -> Iterator[str]:
    """Yield the needs. The one settled by closing names its key, near the start, where no narrow screen cuts it off."""
    for need in attention.needs:
        if need != attention.closes:
            yield need
        elif need.startswith(OPERATE_OR_STOP):
            yield f"{OPERATE_OR_STOP} ({close_key}){need.removeprefix(OPERATE_OR_STOP)}"
        else:
            yield f"Close it ({close_key})? {need}"


def group_heading(group: int, count: int, *, is_spaced: bool) -> SprintListEntry:
    """Build the heading of a group of sprints; `is_spaced` adds an empty line before it."""

    def lines(width: int) -> Lines:
        title = [(f" {GROUPS[group]}", "bold"), (f"  {count}", "$faint")]
        return [[], title] if is_spaced else [title]

    return SprintListEntry(None, 2 if is_spaced else 1, lines)


def message_entry(sentence: str) -> SprintListEntry:
    """Build an entry that shows a sentence instead of a sprint."""
    return SprintListEntry(
        None,
        1,
        lambda width: [[(" " * STATUS_WIDTH, ""), (fit_line(sentence, width - STATUS_WIDTH), "$faint")]],
    )


def _two_lines(row: StatusRow, attention: Attention, width: int) -> Lines:
    width = min(width, MAX_WIDTH)
    bar_width = 20 if width >= 150 else 10
    week_width, points_width, days_width = 13, bar_width + 12, 14
    text_width = width - STATUS_WIDTH
    title_width = text_width - week_width - points_width - days_width
    first_line: list[StyledText] = [
        *_status_parts(row),
        (fit_column(row.get("title") or row["slug"], title_width - 2) + "  ", "bold"),
        (fit_column(wording.week_label(row.get("week"), row.get("weeks")), week_width), ""),
        *_points_bar(row, points_width, bar_width),
        (fit_column(_days_label(row, attention), days_width, right=True), _deadline_style(attention)),
    ]
    reason, owner = _reason_text(row, attention), fit_line(row.get("owner") or "", text_width // 4)
    # What comes next has the space that the reason leaves. If that is too little even for its head, the reason is cut,
    # but not below three fifths of the line.
    spare_width = text_width - cell_len(reason) - cell_len(owner) - 5
    head_width = min(cell_len(_next_parts(row)[0]) + 1, text_width * 2 // 5 - cell_len(owner) - 3)
    next_step = _fit_next(row, max(spare_width, head_width))
    aside = " · ".join(part for part in (next_step, owner) if part)
    reason_width = text_width - cell_len(aside) - 2
    second_line: list[StyledText] = [
        (" " * STATUS_WIDTH, ""),
        (fit_column(reason, reason_width) + "  ", _reason_style(attention)),
        (aside, "$faint"),
    ]
    return [first_line, second_line]


def _three_lines(row: StatusRow, attention: Attention, width: int) -> Lines:
    week = wording.week_label(row.get("week"), row.get("weeks"))
    right_width = 13
    title_width = width - STATUS_WIDTH - right_width - 1
    first_line: list[StyledText] = [
        *_status_parts(row),
        (fit_column(row.get("title") or row["slug"], title_width - 1) + " ", "bold"),
        (fit_column(week, right_width, right=True), ""),
    ]
    owner, points = row.get("owner") or "", _points_text(row)
    owner_width = min(20, width // 4, cell_len(owner))
    next_width = width - STATUS_WIDTH - owner_width - 2 - (cell_len(points) + 3 if points else 0)
    progress = " · ".join(part for part in (points, _fit_next(row, next_width)) if part)
    reason_lines = [_reason_text(row, attention)]
    if not progress and not owner:  # the third line is free for the rest of the reason
        reason_lines = wrap_text(reason_lines[0], title_width - 1)
    second_line: list[StyledText] = [
        (" " * STATUS_WIDTH, ""),
        (fit_column(reason_lines[0], title_width - 1) + " ", _reason_style(attention)),
        (fit_column(_days_label(row, attention), right_width, right=True), _deadline_style(attention)),
    ]
    if len(reason_lines) > 1:
        rest = fit_line(" ".join(reason_lines[1:]), width - STATUS_WIDTH)
        return [first_line, second_line, [(" " * STATUS_WIDTH, ""), (rest, _reason_style(attention))]]
    third_line: list[StyledText] = [
        (" " * STATUS_WIDTH, ""),
        (fit_column(progress, width - STATUS_WIDTH - owner_width - 2) + "  ", "$faint"),
        (fit_column(owner, owner_width, right=True), "$faint"),
    ]
    return [first_line, second_line, third_line]


def _status_parts(row: StatusRow) -> list[StyledText]:
    """The symbol and the label of the state, in STATUS_WIDTH columns."""
    status = status_style(row["state"], row.get("health"))
    color = TONE_COLORS[status.tone]
    return [(f" {status.symbol} ", color), (fit_column(status.label, STATUS_WIDTH - 3), f"bold {color}")]


def _reason_text(row: StatusRow, attention: Attention) -> str:
    """What the sprint needs, else what its state means; and a remark if it runs without all signatures."""
    parts = list(attention.needs)
    signatures = row.get("signatures") or {}
    if row["state"] in OPEN_STATES and signatures.get("given", 0) < signatures.get("required", 0):
        parts.append("Partly approved" if signatures["given"] else "Unsigned")
    if not attention.needs:
        parts.append(_state_text(row))
    return " · ".join(parts)


def _reason_style(attention: Attention) -> str:
    return "" if attention.needs else "$faint"


def _state_text(row: StatusRow) -> str:
    """What the state of a sprint means, for one that needs nothing."""
    state = row["state"]
    if state == "scoping":
        return "No charter yet"
    if state in ("chartered", "partly_signed", "signed"):
        signatures = row.get("signatures") or {}
        return f"{signatures.get('given', 0)} of {signatures.get('required', 0)} approvals"
    if state == "running":
        due, milestone = row.get("checkin_due"), row.get("next")
        if row.get("health") is None and due:
            return f"The first check-in is on {format_day(due)}"
        meaning = describe_health(
            row.get("health"),
            as_of_week=row.get("as_of_week"),
            planned=row.get("planned"),
            earned=row.get("earned"),
            next_due=(milestone["id"], milestone["due_week"]) if milestone else None,
        )
        return meaning[:1].upper() + meaning[1:]
    if row.get("ending"):
        sentence: str = row["ending"]["sentence"]
        return sentence.removesuffix(".")
    if row.get("last_checkin"):
        return f"Last check-in on {format_day(row['last_checkin'])} {row['last_checkin'][:4]}"
    return ""


def _fit_next(row: StatusRow, width: int) -> str:
    """What comes next, in at most `width` cells; without the milestone's title if too little of it would fit."""
    head, title = _next_parts(row)
    title_width = width - cell_len(head) - 1
    if title and title_width < min(MIN_TITLE_WIDTH, cell_len(title)):
        return fit_line(head, width)
    return fit_line(_next_text(row), width)


def _next_text(row: StatusRow) -> str:
    return " ".join(part for part in _next_parts(row) if part)


def _next_parts(row: StatusRow) -> tuple[str, str]:
    """What comes next: the part that is always shown, and the part that may be cut off."""
    if row["state"] == "scoping":
        return f"{row.get('answered') or 0} of {row.get('questions') or 0} questions answered", ""
    milestone = row.get("next")
    if not milestone or row["state"] in CLOSED_STATES:
        return "", ""
    return f"next {milestone['id']}", milestone["title"] or ""


def _points_text(row: StatusRow) -> str:
    if row.get("earned") is None or row.get("planned") is None or (row.get("week") or 0) < 1:
        return ""
    if not row["earned"] and not row["planned"] and not _is_past_deadline(row):
        return ""  # nothing was due yet
    earned = f"{format_rounded(row['earned'])} points"
    return earned if _is_past_deadline(row) else f"{earned}, plan {format_rounded(row['planned'])}"


def _points_bar(row: StatusRow, width: int, bar_width: int) -> list[StyledText]:
    text = _points_text(row)
    if not text:
        return [(" " * width, "")]
    bar = wording.points_bar(row["earned"], 100 if _is_past_deadline(row) else row["planned"], bar_width)
    earned = format_rounded(row["earned"])
    figures = (
        f"{earned} points" if _is_past_deadline(row) else f"{earned} of {format_rounded(row['planned'])}"
    )
    return [(f"{bar} ", "$primary"), (fit_column(figures, width - bar_width - 1), "")]


def _is_past_deadline(row: StatusRow) -> bool:
    """Whether all points are due by now, even if the last check-in was earlier."""
    return row["state"] == "due" or row["state"] in CLOSED_STATES


def _days_label(row: StatusRow, attention: Attention) -> str:
    return wording.days_label(row.get("start"), row.get("week"), attention.days_left)


def _deadline_style(attention: Attention) -> str:
    days_left = attention.days_left
    if days_left is not None and days_left <= 7:
        return "bold $warning" if days_left >= 0 else "bold $error"
    return "$faint"
