"""What a record comes to: health with its reasons and what could still be done, what changes, the votes revealed."""

from __future__ import annotations

from textual.content import Content

from sprintkit.actions.form.record_form import Preview, RecordSummary
from sprintkit.progress.summary import describe_changes, forecast_sentences, format_signed_points
from sprintkit.text.labels import HEALTH_MEANINGS, HEALTH_STYLES
from sprintkit.text.numbers import format_rounded
from sprintkit.tui.sprint_page.lines import Lines, paragraph, text
from sprintkit.tui.sprint_page.status import WEIGHTS
from sprintkit.tui.text import one_line
from sprintkit.tui.wording import TONE_COLORS


def outcome(found: Preview, width: int) -> Lines:
    """The sprint as it stands with the record, each reason with what could still be done about it."""
    after, before = found.after, found.before
    if after is None:
        return [text(("What stands here is no record yet.", "$faint"))]
    mark, was = HEALTH_STYLES[after.health], HEALTH_STYLES[before.health]
    lines: Lines = [
        text(
            (f"{mark.sign} {mark.label.upper()}", f"bold {TONE_COLORS[mark.tone]}"),
            (f"  was {was.label}" if was != mark else "", "$faint"),
        )
    ]
    lines += paragraph(HEALTH_MEANINGS[after.health], width, "$faint")
    earned, planned = float(after.earned or 0), float(after.planned or 0)
    points = f"{format_rounded(earned)} of {format_rounded(planned)} planned points"
    lines += paragraph(f"{points} ({format_signed_points(earned - float(before.earned or 0))})", width, "bold")
    for one in forecast_sentences(after, in_short=True):
        lines += paragraph(f"{one.label} {one.text}.", width, WEIGHTS[one.weight])
    for reason in after.reasons:
        style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        lines.append(Content(""))
        lines += paragraph(reason.message, width, "", 4, (reason.code, style))
        lines += paragraph(reason.remedy, width, "$success", 4)
    if since := describe_changes(after):
        lines += [Content(""), *paragraph(f"Changed {since}.", width, "$faint")]
    return lines


def revealed(found: Preview, width: int) -> Lines:
    """The votes, seen by all at once; and whether the room is more confident than its records."""
    after, votes = found.after, found.votes
    if after is None or votes is None:
        return []
    given = ", ".join(map(str, votes.votes))
    lines = paragraph(f"The room votes {given}: median {votes.low_median} of 5.", width, "bold")
    if after.confidence_warning:
        lines += paragraph(after.confidence_warning, width, "bold $warning")
    return [*lines, Content("")]


def summary_lines(summary: RecordSummary, width: int) -> Lines:
    """What the record says, in a few lines."""
    lines: Lines = []
    for label, detail in summary.lines:
        lines += paragraph(one_line(detail), width, "", 11, (label, "$faint"))
    return lines or [text(("Nothing accepted, nothing opened, nothing read.", "$faint"))]
