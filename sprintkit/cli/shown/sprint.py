"""`status` of one sprint, as text: where it stands, why, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...actions.result import Result
from ..visible import line
from .layout import Style, wrapped
from .words import SIGN, TONE, health, points, state


def lines(result: Result, style: Style) -> Iterator[str]:
    """One sprint whole."""
    for row in (result.data or {})["sprints"]:
        yield from _page(row, style)


def _page(row: dict[str, Any], style: Style) -> Iterator[str]:
    """Health and its reasons first, then figures, what comes next, who must act."""
    yield style(line(row["title"] or row["slug"]), "bold")
    if row["state"] == "broken":
        yield "  broken: a file cannot be read"
        return
    week = f", week {row['week']} of {row['weeks']}" if row["week"] is not None else ""
    days = f" ({row['start']} to {row['deadline']})" if row["start"] and row["deadline"] else ""
    yield f"  {line(row['slug'])}: {state(row['state'])}{week}{days}"
    if row["draft_pending"]:
        yield "  A changed draft waits; this is what the charter says."
    if row["state"] == "scoping":
        yield f"  {row['answered']} of {row['questions']} questions answered, {row['parked']} parked"
        yield f"Next: sprintkit scope {line(row['slug'])}"
        return
    yield ""
    yield style(f"  {SIGN[row['health']]} {health(row['health'])}".replace("   ", "  "), TONE[row["health"]])
    for reason in row["reasons"]:
        yield from wrapped(reason["message"], "       ", first=f"  {reason['code']:<5}")
    yield ""
    yield from _figures(row)


def _figures(row: dict[str, Any]) -> Iterator[str]:
    if row["as_of_week"]:
        yield f"  points      {points(row['earned'])} accepted of {points(row['planned'])} planned by week {row['as_of_week']}"
        pace = (
            "" if row["forecast_pace"] is None else f", at this pace in week {points(row['forecast_pace'])}"
        )
        yield f"  lands       in week {points(row['forecast_kind'])} if nothing slips further{pace}"
        if row["missing_at_deadline"]:
            names = ", ".join(map(line, row["missing_at_deadline"]))
            yield from wrapped(
                f"{names} on the last day at this pace ({points(row['points_at_deadline'])} points)",
                " " * 14,
                first="  missing     ",
            )
        yield f"  check-in    {row['last_checkin']}, week {row['as_of_week']}"
    else:
        yield "  check-in    none yet"
    if row["next"]:
        yield from wrapped(
            f"{row['next']['id']} {row['next']['title']}, due in week {row['next']['due_week']}",
            " " * 14,
            first="  next        ",
        )
    for category, of in row["blockers"].items():
        yield f"  blockers    {category.replace('_', ' ')}: {of['open']} open, {of['closed']} closed"
    signatures = row["signatures"]
    stale = f", {signatures['stale']} for another content" if signatures["stale"] else ""
    yield f"  signed      {signatures['given']} of {signatures['required']}{stale}"
    if row["parked"]:
        yield f"  parked      {row['parked']}"
    yield f"  owner       {line(row['owner'] or '-')}"
