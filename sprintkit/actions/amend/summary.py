"""Summarises an amendment in a few lines, for a last look before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sprintkit.actions.amend.amend import AmendmentPreview
from sprintkit.actions.amend.objections import blocking_warnings
from sprintkit.actions.form.record_form import RecordSummary, SummaryLine
from sprintkit.text.numbers import format_figure


def summarise_amendment(record: Mapping[str, Any], preview: AmendmentPreview) -> RecordSummary:
    """The difference that an amendment makes, who signs it, what is given up and gained, and from when."""
    note = f"proposed; it counts from week {record.get('from_week')} on, once everybody has signed"
    return RecordSummary(f"Amendment {record.get('id')}", note, tuple(_lines(record, preview)))


def _lines(record: Mapping[str, Any], preview: AmendmentPreview) -> Iterator[SummaryLine]:
    for change in preview.changes:
        yield SummaryLine("Changes", change.sentence)
    yield SummaryLine("Class", preview.headline)
    yield SummaryLine("Reason", str(record.get("reason", "")))
    for label, key in (("Gives up", "gives_up"), ("Gains", "gains")):
        if entries := record.get(key):
            yield SummaryLine(label, "; ".join(entries))
    if cost := record.get("cost_change"):
        currency = preview.basis.charter.budget.currency
        yield SummaryLine("Cost", f"{'+' if cost > 0 else ''}{format_figure(cost, currency)}")
    if effect := record.get("effect_on_metric"):
        yield SummaryLine("Metric", effect)
    for finding in blocking_warnings(preview.findings):
        yield SummaryLine("Not yet", f"Nobody can sign it while {finding.rule} stands: {finding.message}")
