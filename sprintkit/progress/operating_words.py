"""Describes an operating sprint: what was decided, whether it is confirmed, and what is due."""

from __future__ import annotations

from typing import Final

from sprintkit.progress.operation import Confirmation, Operation
from sprintkit.text.phrases import Month, Pattern

_STOP_DECIDED: Final = Pattern(
    "operating_stop_decided",
    "Operated by its owner until it is closed: the review of {month} decided to stop (sprintkit close {slug}).",
)
_OVERDUE_DECISION: Final = Pattern(
    "operating_decision_overdue",
    "Operated by its owner for now: overdue, it was to be decided by {day} (sprintkit close {slug}).",
)
_FOR_NOW: Final = Pattern("operating_for_now", "Operated by its owner for now, to be decided by {day}.")
_OPERATED: Final = Pattern("operating", "Operated by its owner.")
_OPERATED_AND: Final = Pattern("operating_and", "Operated by its owner, {confirmation}.")
_STOP_DUE: Final = Pattern(
    "operating_stop_due", "Operated by its owner: a stop is due (sprintkit close {slug})."
)
_STOP_DUE_AND: Final = Pattern(
    "operating_stop_due_and",
    "Operated by its owner, {confirmation}: a stop is due (sprintkit close {slug}).",
)
_TO_CONFIRM: Final = Pattern("confirm_open", "to be confirmed by {day}")
_TO_CONFIRM_MORE: Final = Pattern("confirm_open_more", "to be confirmed by {day}, after one more quarter")
_CONFIRM_OVERDUE: Final = Pattern("confirm_overdue", "overdue: it was to be confirmed by {day}")
_CONFIRM_OVERDUE_MORE: Final = Pattern(
    "confirm_overdue_more", "overdue: it was to be confirmed by {day}, after one more quarter"
)
_CONFIRMED: Final = Pattern("confirmed", "confirmed in {month}")
_NOT_CONFIRMED_PAST: Final = Pattern(
    "not_confirmed_past", "not confirmed, with the metric past its stop line in {month}"
)
_NOT_CONFIRMED: Final = Pattern("not_confirmed", "not confirmed, with the target not reached in {month}")
_NOT_CONFIRMED_MORE: Final = Pattern(
    "not_confirmed_more",
    "not confirmed, with the target not reached in {month}, after one more quarter",
)


def operating_sentence(operation: Operation, slug: str) -> str:
    """The outcome, by the operation's day, of the verdict to operate. A decision to stop takes precedence."""
    if operation.stop_month is not None:
        return _STOP_DECIDED(month=Month(operation.stop_month), slug=slug)
    if operation.decide_by is not None:
        if operation.decide_by < operation.day:
            return _OVERDUE_DECISION(day=operation.decide_by, slug=slug)
        return _FOR_NOW(day=operation.decide_by)
    confirmation = operation.confirmation
    words = "" if confirmation is None else _confirmation_words(confirmation, operation)
    has_failed = confirmation is not None and confirmation.is_failed
    if operation.is_stop_due or has_failed:
        return _STOP_DUE_AND(confirmation=words, slug=slug) if words else _STOP_DUE(slug=slug)
    return _OPERATED_AND(confirmation=words) if words else _OPERATED()


def confirmation_sentence(operation: Operation) -> str:
    """Whether operating is confirmed, in a sentence; empty if the closing did not require it.

    It is also empty once a review decided to stop, and it praises nothing while a stop is due.
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
    by, is_extended = confirmation.by, confirmation.is_extended
    if confirmation.month is None:
        if by < operation.day:
            return (_CONFIRM_OVERDUE_MORE if is_extended else _CONFIRM_OVERDUE)(day=by)
        return (_TO_CONFIRM_MORE if is_extended else _TO_CONFIRM)(day=by)
    month = Month(confirmation.month)
    if confirmation.is_confirmed:
        return _CONFIRMED(month=month)
    if confirmation.metric_state == "past":
        return _NOT_CONFIRMED_PAST(month=month)
    return (_NOT_CONFIRMED_MORE if is_extended else _NOT_CONFIRMED)(month=month)
