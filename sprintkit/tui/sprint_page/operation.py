"""The months in which a sprint has been operated, with their flags, and what is due."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from sprintkit.actions.form.field import display_name
from sprintkit.charter.model import Charter
from sprintkit.progress.operating_words import confirmation_sentence
from sprintkit.progress.operation import OperatingMonth, Operation
from sprintkit.text.dates import format_date, format_month
from sprintkit.text.labels import METRIC_STATE_PHRASES
from sprintkit.text.numbers import format_count, format_figure
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.text import one_line

SHOWN_MONTHS: Final = 6
"""Most months shown; the command `status` lists all of them."""
METRIC_STATE_STYLES: Final = {
    "reached": "$success",
    "between": "",
    "past": "bold $error",
    "not_measured": "$faint",
}
MONTH_WIDTH: Final = 16
"""Columns for the name of a month."""
FLAG_WIDTH: Final = 10
"""Columns for the name of a flag."""


def operation_block(operation: Operation | None, charter: Charter, width: int) -> Lines:
    """Return the review that is due, then the latest months, the last one first, each with its flags."""
    if operation is None:
        return []
    count = sum(month.review is not None for month in operation.months)
    lines = [title("Reviews", format_count(count, "month") if count else "none so far")]
    lines += review_due_lines(operation, width)
    for month in operation.months[: -SHOWN_MONTHS - 1 : -1]:
        lines += _month_lines(month, charter, width)
    earlier = len(operation.months) - SHOWN_MONTHS
    if earlier > 0:
        lines += paragraph(f"and {format_count(earlier, 'earlier month')}", width, "$faint")
    return lines


def review_due_lines(operation: Operation, width: int) -> Lines:
    """Return which review is due. The block about the end says whether operating is confirmed."""
    if not operation.due_month or operation.is_over:
        return []
    return paragraph(f"The review of {format_month(operation.due_month)} is due.", width, "bold")


def _due_lines(operation: Operation, width: int) -> Lines:
    """Return which review is due, and by when operating must be confirmed or ended."""
    sentences = []
    if operation.stop_month:
        sentences.append(f"The review of {format_month(operation.stop_month)} decided to stop: close it.")
    if operation.due_month and not operation.is_over:
        sentences.append(f"The review of {format_month(operation.due_month)} is due.")
    if not operation.is_over and (confirmation := confirmation_sentence(operation)):
        sentences.append(confirmation)
    if operation.decide_by:
        sentences.append(f"To be closed again by {format_date(operation.decide_by)}.")
    lines: Lines = []
    for sentence in sentences:
        lines += paragraph(sentence, width, "bold")
    return lines


def _month_lines(month: OperatingMonth, charter: Charter, width: int) -> Lines:
    """Return a month: its metric, its flags, its other figures, and what was decided."""
    review, metric = month.review, charter.success_metric
    head = (format_month(month.month), "bold")
    if review is None:
        lines = paragraph("no review", width, "$faint", MONTH_WIDTH, head)
        return [*lines, *_flag_lines(month, width)]
    reading = f"{format_figure(review.metric, metric.unit)}, {METRIC_STATE_PHRASES[month.metric_state]}"
    lines = paragraph(one_line(reading), width, METRIC_STATE_STYLES[month.metric_state], MONTH_WIDTH, head)
    lines += _flag_lines(month, width)
    names = {guardrail.id: guardrail.name or guardrail.id for guardrail in metric.guardrails}
    facts = [
        *(f"{names.get(key, key)} {format_figure(value)}" for key, value in review.guardrails.items()),
        format_count(review.cases, "case"),
        f"{format_figure(review.automatic_share_pct)}% without a person",
        f"{format_figure(review.overrides_pct)}% overruled",
        format_count(review.users_active, "user"),
        f"{review.held_open} held",
        f"cost {format_figure(review.cost_actual, charter.budget.currency)}",
    ]
    who = display_name(charter, review.decided_by)
    note = f": {review.note}" if review.note else ""
    lines += paragraph(one_line(" · ".join(facts)), width, "$faint", MONTH_WIDTH)
    lines += paragraph(one_line(f"{review.decision}, decided by {who}{note}"), width, "$faint", MONTH_WIDTH)
    return lines


def _flag_lines(month: OperatingMonth, width: int) -> Lines:
    """Return each flag of a month with its reason."""
    lines: Lines = []
    for flag in month.flags:
        head = (f"{' ' * MONTH_WIDTH}{flag.code}", "bold $warning")
        lines += paragraph(one_line(flag.message), width, "", MONTH_WIDTH + FLAG_WIDTH, head)
    return lines


def outcome_lines(month: OperatingMonth | None, operation: Operation | None, width: int) -> Lines:
    """Return what follows from a review that is being written: metric, flags with their remedies, what is due."""
    if month is None or operation is None:
        return paragraph("These answers do not name a month of operating yet.", width, "$faint")
    state = METRIC_STATE_PHRASES[month.metric_state]
    lines = paragraph(f"{format_month(month.month)}: {state}", width, "bold")
    if not month.flags:
        lines += paragraph("No flag.", width, "$success")
    for flag in month.flags:
        lines += [
            Content(""),
            *paragraph(one_line(flag.message), width, "", FLAG_WIDTH, (flag.code, "bold $warning")),
        ]
        lines += paragraph(one_line(flag.remedy), width, "$success", FLAG_WIDTH)
    due = _due_lines(operation, width)
    return [*lines, Content(""), *due] if due else lines


def explain_flag(code: str, condition: str, message: str, remedy: str, width: int) -> Lines:
    """Return a flag in full: `condition`, which raises it; `message`, with its figures; and what would clear it."""
    lines = paragraph(condition, width, "$faint", FLAG_WIDTH, (code, "bold $warning"))
    lines += paragraph(one_line(message), width, "", FLAG_WIDTH)
    return [*lines, *paragraph(one_line(remedy), width, "$success", FLAG_WIDTH)]
