"""Summarises a proposed amendment for those who approve it, in the app and by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sprintkit.actions.compare.changes import describe_changes
from sprintkit.actions.sign.texts import SignableText
from sprintkit.documents.context.request_facts import AmendmentSummary
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_count, format_thousands


def summarise_amendment(text: SignableText) -> AmendmentSummary | None:
    """The summary of the amendment that a text results from; None for the charter in force."""
    if text.amendment is None or text.before is None:
        return None
    record, charter = text.amendment.record, text.parsed.charter
    start = charter.timeline.start
    return AmendmentSummary(
        id=record.id,
        changes=[change.sentence for change in describe_changes(text.before, text.document)],
        reason=record.reason,
        gives_up=record.gives_up,
        gains=record.gains,
        cost_change=record.cost_change,
        currency=charter.budget.currency or "",
        deadline_change_days=record.deadline_change_days,
        effect_on_metric=record.effect_on_metric or "",
        from_week=record.from_week,
        starts_on=None if start is None else start + timedelta(days=7 * (record.from_week - 1)),
    )


def amendment_facts(amendment: AmendmentSummary) -> Iterator[tuple[str, str]]:
    """Labels and texts of everything about an amendment other than its changes."""
    yield "Why", amendment.reason
    yield "Given up", "; ".join(amendment.gives_up) or "nothing"
    yield "Gained", "; ".join(amendment.gains) or "nothing"
    yield "Cost", _cost_change(amendment)
    yield "Deadline", _deadline_change(amendment.deadline_change_days)
    if amendment.effect_on_metric:
        yield "The number", amendment.effect_on_metric
    begins = f", which begins on {format_date(amendment.starts_on)}" if amendment.starts_on else ""
    yield "Counts", f"from week {amendment.from_week}{begins}"


def _cost_change(amendment: AmendmentSummary) -> str:
    if not amendment.cost_change:
        return "unchanged"
    amount = f"{format_thousands(abs(amendment.cost_change))} {amendment.currency}".rstrip()
    return f"{amount} {'more' if amendment.cost_change > 0 else 'less'}"


def _deadline_change(days: int) -> str:
    if not days:
        return "unchanged"
    return f"{format_count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
