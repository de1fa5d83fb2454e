"""The milestones on a scale of weeks: accepted, due, late or expected later."""

from __future__ import annotations

from typing import NamedTuple

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
"""Width in columns below which a milestone's status is shortened to one or two words."""
MAX_WEEKS = 26


class _Columns(NamedTuple):
    """The columns of the block: the names of the milestones, then one for each week, then the status."""

    name_width: int
    weeks: int
    week_width: int

    @property
    def width(self) -> int:
        """Width of the names and the weeks together."""
        return self.name_width + self.weeks * self.week_width


def milestone_block(progress: Progress, width: int) -> Lines:
    """Return a line for each milestone, with a column for each week and the current week highlighted."""
    if not progress.milestones:
        return [title("Milestones", "none yet")]
    columns = _choose_columns(progress, width)
    lines = [title("Milestones", fit_line(_summary(progress), width - 14)), _week_scale(progress, columns)]
    for state in progress.milestones:
        lines.append(_milestone_line(state, progress, columns, width))
    return lines


def _summary(progress: Progress) -> str:
    accepted = sum(state.accepted is not None for state in progress.milestones)
    summary = f"{accepted} of {len(progress.milestones)} accepted"
    earned = format_rounded(float(progress.earned or 0))
    if progress.has_fallen_short:
        summary += f" · {earned} of {format_rounded(float(progress.total or 0))} points"
    elif progress.planned is not None and progress.as_of_week:
        planned = format_rounded(float(progress.planned))
        summary += f" · {earned} points, planned by week {progress.as_of_week}: {planned}"
    return summary


def _choose_columns(progress: Progress, width: int) -> _Columns:
    last_due = max(state.milestone.due_week or 0 for state in progress.milestones)
    weeks = min(max(progress.weeks or 0, last_due), MAX_WEEKS)
    week_width = 4 if width - weeks * 4 >= 64 else 3
    status_width = 34 if width >= NARROW_WIDTH else 17
    longest = max(cell_len(_milestone_name(state)) for state in progress.milestones)
    name_width = max(20, min(longest + 1, 48, width - weeks * week_width - status_width))
    return _Columns(name_width, weeks, week_width)


def _week_scale(progress: Progress, columns: _Columns) -> Content:
    parts: list[Part] = [(" " * columns.name_width, "")]
    for week in range(1, columns.weeks + 1):
        is_current = week == progress.week
        padding = " " * (columns.week_width - len(str(week)))
        parts += [(padding, ""), (str(week), "bold reverse" if is_current else "$faint")]
    return text(*parts)


def _milestone_name(state: MilestoneState) -> str:
    return f"{one_line(state.id)} {one_line(state.milestone.title or '')}"


def _milestone_line(state: MilestoneState, progress: Progress, columns: _Columns, width: int) -> Content:
    name = fit_column(_milestone_name(state), columns.name_width)
    parts: list[Part] = [(name, "" if state.accepted else "bold")]
    for week in range(1, columns.weeks + 1):
        symbol, style = _week_symbol(state, progress, week)
        parts.append((f"{symbol:>{columns.week_width}}", style))
    status, style = (
        _status_text(state, progress) if width >= NARROW_WIDTH else _short_status_text(state, progress)
    )
    parts += [("   ", ""), (fit_line(status, width - columns.width - 3), style)]
    return text(*parts)


def _week_symbol(state: MilestoneState, progress: Progress, week: int) -> Part:
    """Return what a milestone shows in the column of a week, and its style."""
    due = state.milestone.due_week
    if state.accepted is not None and week == state.accepted.week:
        return ACCEPTED, "bold $success"
    if week == due:
        if state.accepted:
            return MOVED_FROM, "$faint"
        return (LATE, "bold $error") if state.is_overdue else (DUE, "bold $foreground")
    if state.slip is not None and week == state.slip.expected_week:
        return EXPECTED, "bold $warning"
    return ("│", "$rule") if week == progress.week else (" ", "")


def _short_status_text(state: MilestoneState, progress: Progress) -> Part:
    """Return the status without proof and person, for narrow pages, and its style."""
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
    """Return the status with the proof, or with the points and who accepts, and its style."""
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
