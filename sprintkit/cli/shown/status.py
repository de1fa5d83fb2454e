"""`status` as text: a line a sprint. It loads nothing that it does not need."""

from sprintkit.text.cells import cell_width, fit_cells, pad_cells
from sprintkit.text.escaping import one_line
from sprintkit.text.labels import HEALTH_ASCII_SIGNS, HEALTH_STYLES, REASON_PHRASES, health_label, state_label
from sprintkit.text.numbers import format_rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sprintkit.actions.result import Result
    from sprintkit.cli.shown.layout import Style

    Row = dict[str, Any]

HEAD = ("SPRINT", "STATE", "WEEK", "HEALTH", "POINTS", "LANDS", "NEXT", "WHY")
LONGEST = 28
"""Columns of a slug and of the next milestone in the listing."""


def lines(result: "Result", style: "Style") -> "Iterator[str]":
    """The listing."""
    yield from listing((result.data or {})["sprints"], style)


def listing(rows: "list[Row]", style: "Style") -> "Iterator[str]":
    """One line a sprint, under a head."""
    if not rows:
        yield "No sprint yet. Begin one: sprintkit scope"
        return
    told = [_cells(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(HEAD, *told, strict=True)]
    if not all(map(str.isascii, map("".join, told))):
        widths = [max(map(cell_width, column)) for column in zip(HEAD, *told, strict=True)]
    yield style("  ".join(map(str.ljust, HEAD, widths)).rstrip(), "bold")
    for row, parts in zip(rows, told, strict=True):
        shown = [pad_cells(part, wide) for part, wide in zip(parts, widths, strict=True)]
        shown[3] = style(shown[3], HEALTH_STYLES[row["health"]])
        yield "  ".join(shown).rstrip()


def _cells(row: "Row") -> "tuple[str, ...]":
    slug, word = fit_cells(one_line(row["slug"]), LONGEST), state_label(row["state"])
    if row["state"] == "broken":
        return slug, word, "", "", "", "", "", "a file cannot be read"
    is_closed = row["state"] in ("operating", "stopped")
    week = f"{row['weeks']} weeks" if is_closed else f"{row['week']}/{row['weeks']}"
    if row["week"] is None:
        week = ""
    is_over = is_closed or row["state"] == "due"
    lands = "" if row["forecast_pace"] is None or is_over else format_rounded(row["forecast_pace"])
    following = row["next"]
    upcoming = (
        ""
        if following is None or is_closed
        else f"{one_line(following['id'] or '')} in week {following['due_week']}"
    )
    if row["state"] == "scoping":
        return slug, word, week, "", "", "", "", _open(row)
    is_followed = row["health"] or row["state"] == "running"
    told = f"{HEALTH_ASCII_SIGNS[row['health']]} {health_label(row['health'])}" if is_followed else ""
    # After the deadline everything is planned, whatever was by the last check-in.
    earned = format_rounded(row["earned"]) if is_over else f"{format_rounded(row['earned'])}/{format_rounded(row['planned'])}"
    return slug, word, week, told, earned, lands, fit_cells(upcoming, LONGEST), _why(row)


def _open(row: "Row") -> str:
    parked = f", {row['parked']} parked" if row["parked"] else ""
    return f"{row['answered']} of {row['questions']} answered{parked}"


def _why(row: "Row") -> str:
    told = []
    signatures = row["signatures"]
    if row["state"] not in ("operating", "stopped") and signatures["given"] < signatures["required"]:
        told.append(f"signed {signatures['given']}/{signatures['required']}")
    told += [
        f"{one['code']} {REASON_PHRASES[one['code']].format(one_line(one['about'] or ''))}" for one in row["reasons"]
    ]
    if row["draft_pending"]:
        told.append("a changed draft waits")
    if row["parked"]:
        told.append(f"{row['parked']} parked")
    return ", ".join(told)
