"""Where the sprint stands: health with its reasons first, then what follows from them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from ...actions.attention import day, first_sentence
from ...actions.view import SprintView
from ...progress.health import Reason
from ...progress.progress import Delta, Progress
from .. import wording
from ..text import line
from .lines import Lines, paragraph, text

CODE = 5
"""Columns for a reason's code before its sentence."""
LABEL = 11
"""Columns for the word before what follows from the reasons."""
NARROW = 96
"""Columns under which a reason is told in its first sentence; one key tells it whole."""


def standing(view: SprintView, width: int) -> Lines:
    """The word, the reasons, what will be missing, what changed, how the room votes."""
    found = view.progress
    lines = _state(view, width)
    if view.state == "scoping":
        return lines
    if view.state in ("running", "due") or found.last_checkin is not None:
        lines += _health(found, width)
    return lines


def _state(view: SprintView, width: int) -> Lines:
    """A line or two for every state that is more than running."""
    charter, row, found = view.charter, view.row, view.progress
    mark = wording.STATE[view.state]
    head = (f"{mark.sign} {mark.word.upper()}  ", f"bold {mark.style}")
    indent = len(head[0])
    closing = view.sprint.closing.record if view.sprint.closing else None
    timeline = charter.timeline
    if view.state == "scoping":
        parked = f", {row['parked']} parked" if row["parked"] else ""
        said = f"{row['answered']} of {row['questions']} questions answered{parked}. There is no charter yet."
    elif view.state == "broken":
        said = "A file cannot be read; what can be read is shown."
    elif view.state in ("stopped", "operating") and closing:
        who = _name(view, closing.decided_by)
        said = f"{day(closing.on)} {closing.on.year}, decided by {who}. {closing.reason or ''} Lesson: {closing.lesson}"
    elif view.state == "due":
        said = f"The deadline was {day(row['deadline'])}. Two doors: operate, or stop. The deadline does not move."
    elif view.state == "running":
        return []
    else:
        given, required = view.standing.given, view.standing.required
        begins = f" It starts on {day(timeline.start)}." if timeline.start else ""
        said = f"{given} of {required} signatures.{begins}"
        if found.weeks and timeline.start is None:
            said += f" {found.weeks} weeks."
    return paragraph(line(said), width, "", indent, head)


def _health(found: Progress, width: int) -> Lines:
    mark = wording.HEALTH[found.health]
    means = wording.HEALTH_MEANS[found.health]
    word = f"{mark.sign} {mark.word.upper()}"
    room = _votes(found)
    gap = width - cell_len(word) - 2 - cell_len(means) - cell_len(room)
    lines: Lines = [
        text((word, f"bold {mark.style}"), (f"  {means}", ""), (" " * gap + room if gap > 2 else "", "bold"))
    ]
    for reason in found.reasons:
        style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        told = reason.message if width >= NARROW else f"{first_sentence(reason.message)}."
        lines += paragraph(told, width, "", CODE + 2, (f"  {reason.code}", style))
    said = [*_lands(found)]
    if found.delta is not None:
        said.append(("Changed", delta(found.delta), ""))
    if gap <= 2 and room and not found.room:
        said.append(("Votes", room, ""))
    if said:
        lines.append(text(""))
    for label, sentence, style in said:
        lines += paragraph(sentence, width, style, LABEL + 2, (f"  {label}", "$faint"))
    if found.room:
        lines += paragraph(found.room, width, "bold $warning", LABEL + 2, ("  Votes", "bold $warning"))
    return lines


def _lands(found: Progress) -> Iterator[tuple[str, str, str]]:
    """Both forecasts, and the milestones that will be missing."""
    ahead = found.forecast
    if ahead is None or found.weeks is None:
        return
    if found.is_complete:
        yield "Landed", f"All points were accepted by week {wording.number(float(ahead.kind))}.", ""
        return
    titles = {one.id: one.milestone.title or "" for one in found.milestones}
    if ahead.missing:
        named = " · ".join(f"{name} {titles.get(name, '')}".strip() for name in ahead.missing)
        points = wording.number(round(float(ahead.points_at_deadline), 1))
        yield "Missing", f"at the deadline at this pace, with {points} of 100 points: {named}", "bold"
    lands = f"in week {wording.number(float(ahead.kind))} of {found.weeks} if nothing slips further"
    if ahead.pace is not None:
        lands += f", in week {wording.number(float(ahead.pace))} at the pace so far"
    yield "Lands", lands, ""


def delta(change: Delta) -> str:
    """What changed since the check-in before the last one, in a sentence."""
    parts = [f"{signed(change.earned)} points"]
    for word, names in (
        ("accepted", change.accepted),
        ("reopened", change.reopened),
        ("blocker opened", change.opened),
        ("blocker closed", change.closed),
    ):
        if names:
            parts.append(f"{word} {', '.join(names)}")
    if change.forecast_kind:
        later = "later" if change.forecast_kind > 0 else "earlier"
        weeks = wording.number(abs(change.forecast_kind))
        parts.append(f"lands {weeks} week{'s' if weeks != '1' else ''} {later}")
    before = wording.HEALTH[change.health_before].word
    parts.append(f"was {before}")
    return f"since week {change.since_week}: {'; '.join(parts)}"


def signed(value: float) -> str:
    """A figure with its sign."""
    return f"{'+' if value >= 0 else '-'}{wording.number(abs(value))}"


def _votes(found: Progress) -> str:
    """How the room votes, to stand beside the word that is computed."""
    given = found.votes
    if given is None:
        return ""
    before = f", was {given.before}" if given.before is not None else ""
    return f"the room votes {given.low_median} of 5{before} ({', '.join(map(str, given.votes))})"


def _name(view: SprintView, key: str) -> str:
    person = view.charter.people.get(key)
    return (person.name if person else None) or key


def explained(reason: Reason, rule: str, width: int) -> Lines:
    """One reason whole: its rule, the numbers it used, and what would clear it."""
    style = "bold $error" if reason.code.startswith("H") else "bold $warning"
    about = f"  {line(reason.about)}" if reason.about else ""
    lines = [text((reason.code, style), (about, "bold"), (f"  {rule}", "$faint"))]
    lines += paragraph(reason.message, width, "", CODE)
    lines += paragraph(reason.clears, width, "$success", CODE)
    return lines
