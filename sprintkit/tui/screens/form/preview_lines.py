"""The outcome and the summary of a record as lines: health, reasons and remedies, votes, and what the record says."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from sprintkit.actions.form.record_form import Preview, RecordSummary
from sprintkit.progress.summary import (
    Sentence,
    describe_changes,
    forecast_sentences,
    format_signed_points,
    health_meaning,
    metric_sentences,
)
from sprintkit.text.labels import HEALTH_STYLES
from sprintkit.text.numbers import format_rounded
from sprintkit.tui.lines import Lines, paragraph, text
from sprintkit.tui.sprint_page import operation
from sprintkit.tui.text import one_line
from sprintkit.tui.wording import TONE_COLORS, WEIGHT_STYLES


def outcome_lines(preview: Preview, width: int) -> Lines:
    """Return health, points and forecast with the record, and each reason with its remedy.

    The review of a month shows its metric instead, and each flag with its remedy; a closing shows the suggested verdict.
    """
    after, before = preview.after, preview.before
    if preview.is_about_month:
        return operation.outcome_lines(preview.month, preview.operation, width)
    if after is None:
        return [text(("These answers do not make a record yet.", "$faint"))]
    if preview.verdict:
        return verdict_lines(preview.verdict, width)
    health, old_health = HEALTH_STYLES[after.health], HEALTH_STYLES[before.health]
    lines: Lines = [
        text(
            (f"{health.symbol} {health.label.upper()}", f"bold {TONE_COLORS[health.tone]}"),
            (f"  was {old_health.label}" if old_health != health else "", "$faint"),
        )
    ]
    lines += paragraph(health_meaning(after), width, "$faint")
    earned, planned = float(after.earned or 0), float(after.planned or 0)
    points = f"{format_rounded(earned)} of {format_rounded(planned)} planned points"
    lines += paragraph(
        f"{points} ({format_signed_points(earned - float(before.earned or 0))})", width, "bold"
    )
    for sentence in (*forecast_sentences(after, is_brief=True), *metric_sentences(after)):
        lines += paragraph(f"{sentence.label} {sentence.text}.", width, WEIGHT_STYLES[sentence.weight])
    for reason in after.reasons:
        style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        lines.append(Content(""))
        lines += paragraph(reason.message, width, "", 4, (reason.code, style))
        lines += paragraph(reason.remedy, width, "$success", 4)
    if since := describe_changes(after):
        lines += [Content(""), *paragraph(f"Changed {since}.", width, "$faint")]
    return lines


def verdict_lines(sentences: Sequence[Sentence], width: int) -> Lines:
    """Return the verdict that the records suggest at the end of a sprint."""
    lines: Lines = []
    for sentence in sentences:
        weight = WEIGHT_STYLES[sentence.weight]
        lines += paragraph(one_line(sentence.text), width, weight, 11, (sentence.label, "$faint"))
    return lines


def vote_lines(preview: Preview, width: int) -> Lines:
    """Return the votes of the room, and a warning if they are more confident than the records allow."""
    after, votes = preview.after, preview.votes
    if after is None or votes is None:
        return []
    digits = ", ".join(map(str, votes.votes))
    lines = paragraph(f"The room votes {digits}: median {votes.low_median} of 5.", width, "bold")
    if after.confidence_warning:
        lines += paragraph(after.confidence_warning, width, "bold $warning")
    return [*lines, Content("")]


def summary_lines(summary: RecordSummary, width: int) -> Lines:
    """Return what the record says, one labelled line after the other."""
    lines: Lines = []
    for label, detail in summary.lines:
        lines += paragraph(one_line(detail), width, "", 11, (label, "$faint"))
    return lines or [text(("Nothing to report.", "$faint"))]
