"""How a sprint that is operated stands, in words: what was decided, whether it is confirmed, and what is due."""

from __future__ import annotations

from sprintkit.progress.operation import Confirmation, Operation
from sprintkit.text.dates import format_date, format_month


def operating_sentence(operation: Operation, slug: str) -> str:
    """What the recorded verdict to operate has come to by the operation's day; a decision to stop comes first."""
    if operation.stop_month is not None:
        month = format_month(operation.stop_month)
        return f"Operated by its owner until it is closed: the review of {month} decided to stop (sprintkit close {slug})."
    if operation.decide_by is not None:
        by = format_date(operation.decide_by)
        if operation.decide_by < operation.day:
            return f"Operated by its owner for now: overdue, it was to be decided by {by} (sprintkit close {slug})."
        return f"Operated by its owner for now, to be decided by {by}."
    confirmation = operation.confirmation
    words = "" if confirmation is None else f", {_confirmation_words(confirmation, operation)}"
    is_told = confirmation is not None and confirmation.is_failed
    if operation.is_stop_due or is_told:
        return f"Operated by its owner{words}: a stop is due (sprintkit close {slug})."
    return f"Operated by its owner{words}."


def confirmation_sentence(operation: Operation) -> str:
    """Whether operating is confirmed, in a sentence; empty where the closing did not ask for it.

    It says nothing once a review decided to stop, and praises nothing while a stop is due.
    """
    confirmation = operation.confirmation
    if confirmation is None or operation.stop_month is not None:
        return ""
    if confirmation.is_confirmed and operation.is_stop_due:
        return ""
    words = _confirmation_words(confirmation, operation)
    if confirmation.is_confirmed:
        words += ": the target is reached"
    return f"{words[0].upper()}{words[1:]}."


def _confirmation_words(confirmation: Confirmation, operation: Operation) -> str:
    by = format_date(confirmation.by)
    more = ", after one more quarter" if confirmation.is_extended else ""
    if confirmation.month is None:
        if confirmation.by < operation.day:
            return f"overdue: it was to be confirmed by {by}{more}"
        return f"to be confirmed by {by}{more}"
    month = format_month(confirmation.month)
    if confirmation.is_confirmed:
        return f"confirmed in {month}"
    if confirmation.metric_state == "past":
        return f"not confirmed, with the metric past its stop line in {month}"
    return f"not confirmed, with the target not reached in {month}{more}"
