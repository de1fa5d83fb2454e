"""Describes what a health means. The home screen needs this too, so the module loads no model."""

from __future__ import annotations

from sprintkit.text.labels import HEALTH_MEANINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction


def describe_health(
    health: str | None,
    *,
    as_of_week: int | None,
    planned: float | Fraction | None,
    earned: float | Fraction | None,
    next_due: tuple[str, int | None] | None,
) -> str:
    """What a health means, in words that claim no pace before there is one.

    `planned` and `earned` are points as of `as_of_week`; `next_due` is the id and the due week of the first milestone
    that is not accepted, None if all are.
    """
    if health == "on_track" and next_due is None:
        return "everything is accepted"
    if health == "on_track" and not planned and not earned and next_due is not None:
        milestone_id, due_week = next_due
        due = "" if due_week is None else f"; the first, {milestone_id}, is due in week {due_week}"
        return f"no milestone was due yet{due}"
    if health == "on_track" and as_of_week == 1:
        return "lands in time if nothing slips"
    return HEALTH_MEANINGS[health]
