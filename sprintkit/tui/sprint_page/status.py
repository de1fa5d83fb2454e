"""Where the sprint stands: health with its reasons first, then what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len

from sprintkit.actions.sprint_view import SprintView, checkin_due
from sprintkit.actions.status.attention import CLOSED_STATES, HEALTH_MEANS, day
from sprintkit.progress.health import Reason
from sprintkit.progress.summary import Sentence, follows, room_votes
from sprintkit.tui import wording
from sprintkit.tui.sprint_page.lines import Lines, paragraph, text
from sprintkit.tui.text import line

CODE = 5
"""Columns for a reason's code before its sentence."""
LABEL = 11
"""Columns for the word before what follows from the reasons."""
NARROW = 96
"""Columns under which a reason is told in its first sentence; one key tells it whole."""


WEIGHTS: Final = {"plain": "", "strong": "bold", "warning": "bold $warning"}


def standing(view: SprintView, width: int) -> Lines:
    """The word, the reasons, what will be missing, what changed, how the room votes."""
    found = view.progress
    lines = _state(view, width)
    if view.state == "scoping":
        return lines
    if view.state in ("running", "due") or found.last_checkin is not None:
        lines += _health(view, width)
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


def _health(view: SprintView, width: int) -> Lines:
    found = view.progress
    mark = wording.HEALTH[found.health]
    is_closed = view.state in CLOSED_STATES
    means = "as its last check-in left it" if is_closed else HEALTH_MEANS[found.health]
    word = f"{mark.sign} {mark.word.upper()}"
    room = room_votes(found.votes)
    gap = width - cell_len(word) - 2 - cell_len(means) - cell_len(room)
    lines: Lines = [
        text((word, f"bold {mark.style}"), (f"  {means}", ""), (" " * gap + room if gap > 2 else "", "bold"))
    ]
    for reason in found.reasons:
        style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        told = reason.message if width >= NARROW else reason.brief
        lines += paragraph(told, width, "", CODE + 2, (f"  {reason.code}", style))
    said = [*_checkin(view), *follows(found)]
    if gap <= 2 and room and not found.room:
        said.append(Sentence("Votes", room))
    if said:
        lines.append(text(""))
    for one in said:
        label = WEIGHTS["warning"] if one.weight == "warning" else "$faint"
        lines += paragraph(one.text, width, WEIGHTS[one.weight], LABEL + 2, (f"  {one.label}", label))
    return lines


def _checkin(view: SprintView) -> Iterator[Sentence]:
    """The check-in that somebody has to hold now, where no reason says so already."""
    due, found = checkin_due(view), view.progress
    if due is None or any(reason.code in ("S2", "H3") for reason in found.reasons):
        return
    if due == found.day:
        yield Sentence("Check-in", "is today", "strong")
    elif due < found.day:
        yield Sentence("Check-in", f"that of {day(due)} is missing", "warning")
    elif found.last_checkin is None:
        yield Sentence("Check-in", f"the first one is on {day(due)}")


def _name(view: SprintView, key: str) -> str:
    person = view.charter.people.get(key)
    return (person.name if person else None) or key


def explained(reason: Reason, rule: str, width: int) -> Lines:
    """One reason whole: its rule, the numbers it used, and what would clear it."""
    style = "bold $error" if reason.code.startswith("H") else "bold $warning"
    about = f"{line(reason.about)}: " if reason.about else ""
    lines = paragraph(f"{about}{rule}", width, "$faint", CODE, (reason.code, style))
    lines += paragraph(reason.message, width, "", CODE)
    lines += paragraph(reason.remedy, width, "$success", CODE)
    return lines
