"""Summarises a closing in a few lines, for a last look before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sprintkit.actions.form.field import display_name
from sprintkit.actions.form.record_form import RecordSummary, SummaryLine
from sprintkit.charter.choices import choice_label
from sprintkit.charter.model import Charter
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_figure


def summarise_closing(record: dict[str, Any], charter: Charter) -> RecordSummary:
    """The summary of a closing record."""
    note = f"of {format_date(record['on'])}; saved once and never edited, a later one may follow"
    return RecordSummary("This closing", note, tuple(_lines(record, charter)))


def _lines(record: dict[str, Any], charter: Charter) -> Iterator[SummaryLine]:
    who = display_name(charter, record.get("decided_by", ""))
    yield SummaryLine("Verdict", f"{record['verdict']}, decided by {who}")
    for item, is_met in zip(charter.deliverable.acceptance, record["acceptance_met"], strict=False):
        yield SummaryLine("Met" if is_met else "Not met", item.claim or "")
    labels = HANDOVER_ITEMS | STOPPING_ITEMS
    for name, texts in (
        ("Promises", [choice_label(item) for item in record["readiness_open"]]),
        ("Open", [labels.get(item, item) for item in record["handover_open"]]),
    ):
        if texts:
            yield SummaryLine(name, "; ".join(texts))
    yield SummaryLine("Cost", format_figure(record["cost_actual"], charter.budget.currency))
    for label, name in (("Confirm by", "confirm_by"), ("Decide by", "decide_by")):
        if name in record:
            yield SummaryLine(label, format_date(record[name]))
    if record.get("decommission"):
        yield SummaryLine("Take down", "; ".join(record["decommission"]))
    for label, name in (
        ("Reason", "reason"), ("Lesson", "lesson"), ("Went well", "went_well"), ("Next", "next"),
    ):  # fmt: skip
        if text := record.get(name):
            yield SummaryLine(label, text)
