"""What a monthly review is refused for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import Problem
from sprintkit.records.closing import Closing
from sprintkit.records.review import Review
from sprintkit.records.validation.issues import IssueCollector

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def validate_review(
    review: Review, charter: Charter, closing: Closing | None, others: Iterable[Review] = ()
) -> list[Problem]:
    """Everything a review is refused for; `others` are the reviews there are."""
    telling = IssueCollector(review, charter)
    if closing is None or closing.verdict != "operate":
        told = "cannot be reviewed: the sprint is not closed with the verdict operate."
        telling.tell("month", "not_operating", told)
    if review.month and not _MONTH.fullmatch(review.month):
        telling.tell("month", "month", f"is '{review.month}'.", 'Write year and month, like "2026-04".')
    elif closing is not None and review.month and review.month < f"{closing.on:%Y-%m}":
        telling.tell("month", "month", f"is {review.month}, before the closing of {closing.on}.")
    if any(other.month == review.month for other in others):
        telling.tell("month", "month_twice", f"is {review.month}, which has a review.")
    telling.person("decided_by", review.decided_by)
    guardrails = [one.id for one in charter.success_metric.guardrails if one.id]
    for name in review.guardrails:
        telling.among(f"guardrails.{quote_key(name)}", name, guardrails, "guardrail")
    for name in ("automatic_share_pct", "overrides_pct"):
        share = getattr(review, name)
        if not 0 <= share <= 100:
            telling.tell(name, "bound", f"is {share:g}; a share lies between 0 and 100.")
    counts = ("cases", "users_active", "held_open", "held_oldest_days", "checks_failed", "incidents")
    for name in (*counts, "cost_actual"):
        if getattr(review, name) < 0:
            telling.tell(name, "bound", f"is {getattr(review, name):g}, less than 0.")
    return telling.problems
