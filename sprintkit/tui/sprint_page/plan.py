"""The milestones on a ruler of weeks: accepted with proof, due, late."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from sprintkit.progress.progress import MilestoneState, Progress
from sprintkit.tui import wording
from sprintkit.tui.sprint_page.lines import Lines, Part, text, title
from sprintkit.tui.text import column, fit, line

ACCEPTED, DUE, LATE, GONE = "●", "○", "▲", "·"
NARROW = 96
"""Columns under which a milestone is told in a word or two."""


def ruler(found: Progress, width: int) -> Lines:
    """A line a milestone, the weeks as columns; the week of today stands out."""
    count = max(found.weeks or 0, max((one.milestone.due_week or 0 for one in found.milestones), default=0))
    count = min(count, 26)
    done = sum(one.accepted is not None for one in found.milestones)
    aside = f"{done} of {len(found.milestones)} accepted"
    earned = wording.number(float(found.earned or 0))
    if found.has_fallen_short:
        aside += f" · {earned} of {wording.number(float(found.total or 0))} points"
    elif found.planned is not None and found.as_of_week:
        planned = wording.number(float(found.planned))
        aside += f" · {earned} points, planned by week {found.as_of_week}: {planned}"
    if not found.milestones:
        return [title("Milestones", "none yet")]
    step = 4 if width - count * 4 >= 64 else 3
    longest = max(cell_len(f"{line(one.id)} {line(one.milestone.title or '')}") for one in found.milestones)
    names = max(20, min(longest + 1, 48, width - count * step - (34 if width >= NARROW else 17)))
    lines = [title("Milestones", fit(aside, width - 14)), _scale(found, count, step, names)]
    for one in found.milestones:
        lines.append(_milestone(one, found, count, step, names, width))
    return lines


def _scale(found: Progress, count: int, step: int, names: int) -> Content:
    parts: list[Part] = [(" " * names, "")]
    for week in range(1, count + 1):
        now = week == found.week
        blanks = " " * (step - len(str(week)))
        parts += [(blanks, ""), (str(week), "bold reverse" if now else "$faint")]
    return text(*parts)


def _milestone(
    one: MilestoneState, found: Progress, count: int, step: int, names: int, width: int
) -> Content:
    due = one.milestone.due_week
    at = one.accepted.week if one.accepted else None
    parts: list[Part] = [
        (column(f"{line(one.id)} {line(one.milestone.title or '')}", names), "" if one.accepted else "bold")
    ]
    for week in range(1, count + 1):
        sign, style = " ", ""
        if week == at:
            sign, style = ACCEPTED, "bold $success"
        elif week == due and one.accepted:
            sign, style = GONE, "$faint"
        elif week == due:
            sign, style = (LATE, "bold $error") if one.is_overdue else (DUE, "bold $foreground")
        elif week == found.week:
            sign, style = "│", "$rule"
        parts.append((f"{sign:>{step}}", style))
    room = width - names - count * step - 3
    said, style = _said(one, found) if width >= NARROW else _briefly(one, found)
    parts += [("   ", ""), (fit(said, room), style)]
    return text(*parts)


def _briefly(one: MilestoneState, found: Progress) -> Part:
    """As `_said`, where there is no room for proof and person; the check-ins below tell the proof."""
    due, weight = one.milestone.due_week, one.milestone.weight
    if one.accepted is not None:
        return "accepted", "$faint"
    if one.is_overdue and due is not None and found.week is not None:
        late = found.week - due
        return f"late {late} week{'s' if late != 1 else ''}", "$error"
    return (
        f"{wording.number(weight)} points" if weight is not None else ""
    ), "" if one.is_missing else "$faint"


def _said(one: MilestoneState, found: Progress) -> Part:
    points = f"{wording.number(one.milestone.weight)} points" if one.milestone.weight is not None else ""
    if one.accepted is not None:
        return f"accepted: {one.accepted.accepted.evidence}", "$faint"
    verifier = one.milestone.verifier
    person = found.charter.people.get(verifier or "")
    who = f", {(person.name if person else None) or verifier} accepts" if verifier else ""
    due = one.milestone.due_week
    if one.is_overdue and due is not None and found.week is not None:
        late = found.week - due
        return f"late {late} week{'s' if late != 1 else ''}, {points}{who}", "$error"
    when = f"due week {due}, " if due else ""
    return f"{when}{points}{who}", "" if one.is_missing else "$faint"
