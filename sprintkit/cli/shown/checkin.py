"""`checkin` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style, wrapped
from sprintkit.text.escaping import one_line
from sprintkit.text.labels import health_label
from sprintkit.text.numbers import format_rounded


def lines(result: Result, style: Style) -> Iterator[str]:
    """What was written, where the sprint stands after it, and why."""
    data = result.data or {}
    if not data.get("path"):
        return
    yield f"{style('recorded', 'good')}: {one_line(data['path'])}"
    if data["weeks"] is None:
        return
    word = health_label(data["health"])
    shown = style(
        word, {"on_track": "good", "at_risk": "warn", "off_track": "bad"}.get(data["health"] or "", "dim")
    )
    was = data["health_before"]
    before = f", was {health_label(was)}" if was and was != data["health"] else ""
    yield (
        f"  week {data['as_of_week']} of {data['weeks']}: {shown}{before}; "
        f"{format_rounded(data['earned'])} points of {format_rounded(data['planned'])} planned"
    )
    for reason, clears in zip(data["reasons"], data["clears"], strict=True):
        yield from wrapped(f"{reason['message']} {clears}", "      ", first=f"  {reason['code']:<4}")
    if data["room"]:
        yield from wrapped(data["room"], "  ")
    if data["missing_at_deadline"]:
        names = ", ".join(map(one_line, data["missing_at_deadline"]))
        yield from wrapped(f"Missing on the last day at this pace: {names}.", "  ")
    if data["next"]:
        yield from wrapped(
            f"Next: {data['next']['id']} {data['next']['title']} (week {data['next']['due_week']}).", "  "
        )
