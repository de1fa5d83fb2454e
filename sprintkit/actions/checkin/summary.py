"""Summarises a check-in or a correction in a few lines, for a last look before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sprintkit.actions.checkin.labels import describe_correction
from sprintkit.actions.form.record_form import RecordSummary, SummaryLine
from sprintkit.charter.choices import choice_label
from sprintkit.progress.progress import Progress
from sprintkit.records.checkin import CheckIn
from sprintkit.text.numbers import format_figure


def summarise_checkin(record: dict[str, Any], before: Progress) -> RecordSummary:
    """The summary of a check-in; `before` is the sprint without it."""
    lines = (*_milestone_lines(record, before), *_blocker_lines(record), *_reading_lines(record, before))
    return RecordSummary(
        "This check-in", _note(record), (*lines, *_decision_lines(record), *_remark_lines(record))
    )


def summarise_correction(record: dict[str, Any], before: Progress, corrected: CheckIn) -> RecordSummary:
    """The summary of a correction of the entry `corrected`; `before` is the sprint without it."""
    lines = []
    for correction in record.get("corrects", []):
        path, value = correction.get("path", ""), correction.get("value", "")
        change = describe_correction(path, value, corrected, before.charter)
        lines.append(SummaryLine("Corrected", f"{change}; {correction.get('why', '')}"))
    return RecordSummary("This correction", _note(record), tuple(lines))


def _note(record: dict[str, Any]) -> str:
    return f"of week {record.get('week')}; saved once and never edited"


def _milestone_lines(record: dict[str, Any], before: Progress) -> Iterator[SummaryLine]:
    titles = {state.id: state.milestone.title or "" for state in before.milestones}
    for label, key in (("Accepted", "accepted"), ("Reopened", "reopened")):
        for entry in record.get(key, []):
            detail = entry.get("evidence") or entry.get("why") or ""
            yield SummaryLine(label, f"{entry['id']} {titles.get(entry['id'], '')}: {detail}")
    due_weeks = {state.id: state.milestone.due_week for state in before.milestones}
    for slip in record.get("slips", []):
        title, due_week = titles.get(slip["id"], ""), due_weeks.get(slip["id"])
        planned = f", planned for week {due_week}" if due_week is not None else ""
        expected = f"expected in week {slip['expected_week']}{planned}"
        yield SummaryLine("Slips", f"{slip['id']} {title}: {expected}; {slip.get('why', '')}")


def _blocker_lines(record: dict[str, Any]) -> Iterator[SummaryLine]:
    for label, key, detail_key in (
        ("Opened", "opened", "title"),
        ("Closed", "closed", "how"),
        ("Changed", "updated", "why"),
    ):
        for entry in record.get(key, []):
            yield SummaryLine(label, f"{entry.get('id', '')}: {entry.get(detail_key, '')}")


def _reading_lines(record: dict[str, Any], before: Progress) -> Iterator[SummaryLine]:
    if metric := record.get("metric"):
        yield SummaryLine("Metric", format_figure(metric["value"], before.charter.success_metric.unit))
    names = {guardrail.id: guardrail.name for guardrail in before.guardrails}
    for guardrail_id, value in record.get("guardrails", {}).items():
        yield SummaryLine("Guardrail", f"{names.get(guardrail_id, guardrail_id)}: {format_figure(value)}")


def _decision_lines(record: dict[str, Any]) -> Iterator[SummaryLine]:
    for decision in record.get("decisions", []):
        yield SummaryLine("Decided", decision)
    for promise in record.get("ready", []):
        yield SummaryLine("Kept", f"{choice_label(promise['item'])}: {promise.get('proof', '')}")


def _remark_lines(record: dict[str, Any]) -> Iterator[SummaryLine]:
    for label, key in (("Note", "note"), ("Lesson", "lesson")):
        if text := record.get(key):
            yield SummaryLine(label, text)
