"""The summary of a sprint beside the list: who is needed and why, what comes next, and who approved."""

from __future__ import annotations

from textual.content import Content

from sprintkit.actions.form.field import display_name
from sprintkit.actions.status.attention import CLOSED_STATES
from sprintkit.actions.status.sprint_overview import SprintOverview
from sprintkit.progress.summary import health_meaning
from sprintkit.text.labels import HEALTH_STYLES
from sprintkit.text.numbers import format_count
from sprintkit.tui.lines import Lines, paragraph, remove_alarm_colors, stack_blocks, text, title
from sprintkit.tui.sprint_page import records
from sprintkit.tui.sprint_page.ending import ending_block
from sprintkit.tui.sprint_page.needs import MANY_NEEDS, needs_block
from sprintkit.tui.sprint_page.operation import review_due_lines
from sprintkit.tui.sprint_page.signatures import signatures_block
from sprintkit.tui.sprint_page.status import CODE_WIDTH, state_lines
from sprintkit.tui.text import one_line
from sprintkit.tui.wording import TONE_COLORS

MAX_DECISIONS = 3
"""Most decisions shown; the latest are."""


def panel_lines(overview: SprintOverview, close_key: str, width: int, height: int) -> Lines:
    """Return the panel in at most `height` lines; the sprint's page shows what does not fit."""
    view, progress = overview.view, overview.view.progress
    is_closed = view.state in CLOSED_STATES
    head = paragraph(one_line(view.row["title"] or view.sprint.slug), width, "bold")
    blocks = [
        records.problems_block(view, width),
        ending_block(view, overview.assessment, close_key, width),
        state_lines(view, width),
        needs_block(overview.needed, width, MANY_NEEDS),
        [] if is_closed else _health_block(overview, width),
        [] if overview.operation is None else review_due_lines(overview.operation, width),
        records.parked_block(view, width),
        [] if is_closed else _next_milestone_block(overview, width),
        _last_decisions_block(overview, width) if progress.last_checkin is not None else [],
        [] if is_closed else signatures_block(overview.signing, width),
    ]
    lines = [*head, Content(""), *stack_blocks(blocks)]
    if is_closed:
        lines = remove_alarm_colors(lines)
    if len(lines) > height:
        lines = [*lines[: height - 1], text(("… Enter shows all of it", "$faint"))]
    return lines


def _health_block(overview: SprintOverview, width: int) -> Lines:
    progress = overview.view.progress
    if overview.view.state not in ("running", "due") and progress.last_checkin is None:
        return []
    style = HEALTH_STYLES[progress.health]
    word = f"{style.symbol} {style.label.upper()}"
    head = (word, f"bold {TONE_COLORS[style.tone]}")
    lines = paragraph(health_meaning(progress), width, "", len(word) + 2, head)
    for reason in progress.reasons:
        code_style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        lines += paragraph(reason.short_message, width, "", CODE_WIDTH + 2, (f"  {reason.code}", code_style))
    return lines


def _next_milestone_block(overview: SprintOverview, width: int) -> Lines:
    progress = overview.view.progress
    state = progress.next_milestone
    if state is None or overview.view.state == "scoping":
        return []
    milestone = state.milestone
    due = "" if milestone.due_week is None else f"due in week {milestone.due_week}"
    if state.slip is not None:
        due += f", expected in week {state.slip.expected_week}: {state.slip.why}"
    points = "" if milestone.weight is None else format_count(milestone.weight, "point")
    who = (
        f"{display_name(progress.current_charter, milestone.verifier)} accepts" if milestone.verifier else ""
    )
    lines = [title("Next milestone")]
    lines += paragraph(one_line(f"{state.id} {milestone.title or ''}"), width, "bold", 2)
    lines += paragraph(one_line(", ".join(part for part in (due, points, who) if part)), width, "$faint", 2)
    return lines


def _last_decisions_block(overview: SprintOverview, width: int) -> Lines:
    decisions = [
        (entry.week, decision)
        for entry in reversed(overview.view.sprint.entries(overview.view.progress.day))
        for decision in entry.decisions
        if decision
    ]
    lines: Lines = [title("Last decisions")] if decisions else []
    for week, decision in decisions[:MAX_DECISIONS]:
        lines += paragraph(one_line(decision), width, "", 9, (f"  wk {week}", "$faint"))
    return lines
