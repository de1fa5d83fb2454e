"""What a monthly review is refused for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import Problem
from sprintkit.records.closing import Closing
from sprintkit.records.issues import IssueCollector, file_name_problem
from sprintkit.records.kinds import REVIEW
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_figure

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_SHARES: Final = ("automatic_share_pct", "overrides_pct")
_COUNTS: Final = (
    "cases",
    "users_active",
    "held_open",
    "held_oldest_days",
    "checks_failed",
    "incidents",
    "cost_actual",
)


def review_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the reviews of a sprint."""
    closing = None if records.closing is None else records.closing.record
    reviews = records.records_of(Review)
    for stored in reviews:
        others = [other.record for other in reviews if other is not stored]
        problems = validate_review(stored.record, records.current_charter, closing, others)
        match = REVIEW.match_path(stored.path)
        if match and match[1] != stored.record.month:
            problems.append(file_name_problem("month", f"'{stored.record.month}'", match[1]))
        yield stored.path, problems


def validate_review(
    review: Review, charter: Charter, closing: Closing | None, others: Iterable[Review] = ()
) -> list[Problem]:
    """Everything a review is refused for; `others` are the other reviews of the sprint."""
    issues = IssueCollector(review, charter)
    if closing is None or closing.verdict != "operate":
        message = "cannot be reviewed: the sprint is not closed with the verdict operate."
        issues.add("month", "not_operating", message)
    if review.month and not _MONTH.fullmatch(review.month):
        issues.add("month", "month", f"is '{review.month}'.", 'Write year and month, like "2026-04".')
    elif closing is not None and review.month and review.month < f"{closing.on:%Y-%m}":
        message = f"is {review.month}, before the closing on {format_date(closing.on)}."
        issues.add("month", "month", message)
    if any(other.month == review.month for other in others):
        issues.add("month", "month_twice", f"is {review.month}, which already has a review.")
    issues.require_person("decided_by", review.decided_by)
    guardrail_ids = [guardrail.id for guardrail in charter.success_metric.guardrails if guardrail.id]
    for guardrail_id in review.guardrails:
        issues.require_known(
            f"guardrails.{quote_key(guardrail_id)}", guardrail_id, guardrail_ids, "guardrail"
        )
    for name in _SHARES:
        share = getattr(review, name)
        if not 0 <= share <= 100:
            issues.add(name, "bound", f"is {format_figure(share)}; a share lies between 0 and 100.")
    for name in _COUNTS:
        value = getattr(review, name)
        if value < 0:
            issues.add(name, "bound", f"is {format_figure(value)}, less than 0.")
    return issues.problems
