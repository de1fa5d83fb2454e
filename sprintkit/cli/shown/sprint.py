"""`status` of one sprint, as text: where it stands, why, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sprintkit.actions.result import Result
from sprintkit.actions.status.attention import CLOSED_STATES
from sprintkit.cli.shown.layout import Style, wrapped
from sprintkit.progress.progress import Progress
from sprintkit.progress.summary import follows, room_votes
from sprintkit.text.escaping import one_line
from sprintkit.text.labels import HEALTH_ASCII_SIGNS, HEALTH_MEANINGS, HEALTH_STYLES, health_label, state_label
from sprintkit.text.numbers import format_rounded


def lines(result: Result, style: Style) -> Iterator[str]:
    """One sprint whole."""
    for row in (result.data or {})["sprints"]:
        yield from _page(row, result.seen.progress, style)


def _page(row: dict[str, Any], found: Progress, style: Style) -> Iterator[str]:
    """Health and its reasons first, then figures, what comes next, who must act."""
    yield style(one_line(row["title"] or row["slug"]), "bold")
    if row["state"] == "broken":
        yield "  broken: a file cannot be read"
        return
    week = f", week {row['week']} of {row['weeks']}" if 1 <= (row["week"] or 0) <= row["weeks"] else ""
    days = f" ({row['start']} to {row['deadline']})" if row["start"] and row["deadline"] else ""
    yield f"  {one_line(row['slug'])}: {state_label(row['state'])}{week}{days}"
    if row["draft_pending"]:
        yield "  A changed draft waits; this is what the charter says."
    if row["state"] == "scoping":
        yield f"  {row['answered']} of {row['questions']} questions answered, {row['parked']} parked"
        yield f"Next: sprintkit scope {one_line(row['slug'])}"
        return
    yield ""
    word = f"{HEALTH_ASCII_SIGNS[row['health']]} {health_label(row['health'])}"
    means = "as its last check-in left it" if row["state"] in CLOSED_STATES else HEALTH_MEANINGS[row["health"]]
    yield f"  {style(word, HEALTH_STYLES[row['health']])}: {means}"
    for reason in found.reasons if row["health"] else ():
        yield from wrapped(reason.message, "       ", first=f"  {reason.code:<5}")
        if row["state"] not in CLOSED_STATES:
            yield from wrapped(reason.remedy, "         ", first="       > ")
    yield ""
    yield from _figures(row, found)


def _figures(row: dict[str, Any], found: Progress) -> Iterator[str]:
    if row["as_of_week"]:
        planned = f" of {format_rounded(row['planned'])} planned by week {row['as_of_week']}"
        yield f"  points      {format_rounded(row['earned'])} accepted{'' if found.has_fallen_short else planned}"
        for one in follows(found, in_short=True):
            if one.label != "Votes":
                yield from wrapped(one.text, " " * 14, first=f"  {one.label.lower():<12}")
        if found.votes is not None:
            yield from wrapped(found.room or room_votes(found.votes), " " * 14, first="  votes       ")
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
    yield f"  owner       {one_line(row['owner'] or '-')}"
