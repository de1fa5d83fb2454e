"""The milestones on a scale of weeks: accepted, due or late."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from sprintkit.actions.form.field import display_name
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.progress.progress import Progress
from sprintkit.text.numbers import format_count, format_rounded
from sprintkit.tui.lines import Lines, Part, text, title
from sprintkit.tui.text import fit_column, fit_line, one_line

ACCEPTED, DUE, LATE, MOVED_FROM, EXPECTED = "●", "○", "▲", "·", "→"
NARROW_WIDTH = 96
"""Width in columns below which a milestone's status is one or two words."""


def milestone_block(progress: Progress, width: int) -> Lines:
    """Return one line per milestone, with the weeks as columns and the current week highlighted."""
    count = max(
        progress.weeks or 0, max((state.milestone.due_week or 0 for state in progress.milestones), default=0)
    )
    count = min(count, 26)
    done = sum(state.accepted is not None for state in progress.milestones)
    aside = f"{done} of {len(progress.milestones)} accepted"
    earned = format_rounded(float(progress.earned or 0))
    if progress.has_fallen_short:
        aside += f" · {earned} of {format_rounded(float(progress.total or 0))} points"
    elif progress.planned is not None and progress.as_of_week:
        planned = format_rounded(float(progress.planned))
        aside += f" · {earned} points, planned by week {progress.as_of_week}: {planned}"
    if not progress.milestones:
        return [title("Milestones", "none yet")]
    step = 4 if width - count * 4 >= 64 else 3
    longest = max(
        cell_len(f"{one_line(state.id)} {one_line(state.milestone.title or '')}")
        for state in progress.milestones
    )
    names = max(20, min(longest + 1, 48, width - count * step - (34 if width >= NARROW_WIDTH else 17)))
    lines = [title("Milestones", fit_line(aside, width - 14)), _week_scale(progress, count, step, names)]
    for state in progress.milestones:
        lines.append(_milestone_line(state, progress, count, step, names, width))
    return lines


def _week_scale(progress: Progress, count: int, step: int, names: int) -> Content:
    parts: list[Part] = [(" " * names, "")]
    for week in range(1, count + 1):
        now = week == progress.week
        blanks = " " * (step - len(str(week)))
        parts += [(blanks, ""), (str(week), "bold reverse" if now else "$faint")]
    return text(*parts)


def _milestone_line(
    state: MilestoneState, progress: Progress, count: int, step: int, names: int, width: int
) -> Content:
    due = state.milestone.due_week
    accepted_week = state.accepted.week if state.accepted else None
    parts: list[Part] = [
        (
            fit_column(f"{one_line(state.id)} {one_line(state.milestone.title or '')}", names),
            "" if state.accepted else "bold",
        )
    ]
    for week in range(1, count + 1):
        symbol, style = " ", ""
        if week == accepted_week:
            symbol, style = ACCEPTED, "bold $success"
        elif week == due and state.accepted:
            symbol, style = MOVED_FROM, "$faint"
        elif week == due:
            symbol, style = (LATE, "bold $error") if state.is_overdue else (DUE, "bold $foreground")
        elif state.slip is not None and week == state.slip.expected_week:
            symbol, style = EXPECTED, "bold $warning"
        elif week == progress.week:
            symbol, style = "│", "$rule"
        parts.append((f"{symbol:>{step}}", style))
    room = width - names - count * step - 3
    status, style = (
        _status_text(state, progress) if width >= NARROW_WIDTH else _short_status_text(state, progress)
    )
    parts += [("   ", ""), (fit_line(status, room), style)]
    return text(*parts)


def _short_status_text(state: MilestoneState, progress: Progress) -> Part:
    """Return the status without proof and person, for narrow pages."""
    due, weight = state.milestone.due_week, state.milestone.weight
    if state.accepted is not None:
        return "accepted", "$faint"
    if state.slip is not None:
        return f"week {due} → {state.slip.expected_week}", "$error" if state.is_overdue else "$warning"
    if state.is_overdue and due is not None and progress.week is not None:
        late = progress.week - due
        return f"late {format_count(late, 'week')}", "$error"
    points = format_count(weight, "point") if weight is not None else ""
    return points, "" if state.is_missing else "$faint"


def _status_text(state: MilestoneState, progress: Progress) -> Part:
    """Return the status with proof or points and the person who accepts."""
    weight = state.milestone.weight
    points = format_count(weight, "point") if weight is not None else ""
    if state.accepted is not None:
        return f"accepted: {state.accepted.accepted.evidence}", "$faint"
    verifier = state.milestone.verifier
    who = f", {display_name(progress.current_charter, verifier)} accepts" if verifier else ""
    due = state.milestone.due_week
    if state.slip is not None:
        style = "$error" if state.is_overdue else "$warning"
        return f"due week {due}, expected week {state.slip.expected_week}: {state.slip.why}", style
    if state.is_overdue and due is not None and progress.week is not None:
        late = progress.week - due
        return f"late {format_count(late, 'week')}, {points}{who}", "$error"
    when = f"due week {due}, " if due else ""
    return f"{when}{points}{who}", "" if state.is_missing else "$faint"
