"""Summarises a monthly review in a few lines, for a last look before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sprintkit.actions.form.field import display_name
from sprintkit.actions.form.record_form import RecordSummary, SummaryLine
from sprintkit.charter.model import Charter
from sprintkit.text.dates import format_month
from sprintkit.text.numbers import format_count, format_figure


def summarise_review(record: dict[str, Any], charter: Charter) -> RecordSummary:
    """The summary of a review."""
    note = f"of {format_month(record.get('month', ''))}; saved once and never edited"
    return RecordSummary("This review", note, tuple(_lines(record, charter)))


def _lines(record: dict[str, Any], charter: Charter) -> Iterator[SummaryLine]:
    yield SummaryLine("Metric", format_figure(record["metric"], charter.success_metric.unit))
    names = {guardrail.id: guardrail.name or guardrail.id for guardrail in charter.success_metric.guardrails}
    for guardrail_id, value in record["guardrails"].items():
        yield SummaryLine("Guardrail", f"{names.get(guardrail_id, guardrail_id)}: {format_figure(value)}")
    use = (
        f"{format_count(record['cases'], 'case')}, {format_figure(record['automatic_share_pct'])}% without a person, "
        f"{format_figure(record['overrides_pct'])}% overruled, {format_count(record['users_active'], 'user')}"
    )
    yield SummaryLine("Use", use)
    yield SummaryLine(
        "Held", f"{record['held_open']} open, the oldest {format_count(record['held_oldest_days'], 'day')}"
    )
    yield SummaryLine(
        "Running",
        f"{format_count(record['checks_failed'], 'failed check')}, {format_count(record['incidents'], 'incident')}, "
        f"cost {format_figure(record['cost_actual'], charter.budget.currency)}",
    )
    if versions := record.get("versions"):
        yield SummaryLine("Versions", ", ".join(versions))
    yield SummaryLine(
        "Decision", f"{record['decision']}, decided by {display_name(charter, record['decided_by'])}"
    )
    if note := record.get("note"):
        yield SummaryLine("Note", note)
