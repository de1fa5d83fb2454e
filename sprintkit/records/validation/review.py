"""Validates monthly reviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import Problem
from sprintkit.records.calendar import is_month, month_after, month_of
from sprintkit.records.closing import Closing
from sprintkit.records.issues import IssueCollector, file_name_problem
from sprintkit.records.kinds import REVIEW
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_figure

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
    closings = [stored.record for stored in records.records_of(Closing)]
    reviews = records.records_of(Review)
    for stored in reviews:
        others = [other.record for other in reviews if other is not stored]
        problems = validate_review(stored.record, records.current_charter, closings, others)
        match = REVIEW.match_path(stored.path)
        if match and match[1] != stored.record.month:
            problems.append(file_name_problem("month", f"'{stored.record.month}'", match[1]))
        yield stored.path, problems


def validate_review(
    review: Review,
    charter: Charter,
    closings: Iterable[Closing],
    others: Iterable[Review] = (),
    *,
    is_new: bool = False,
) -> list[Problem]:
    """All problems of a review; `others` are the other reviews of the sprint.

    A new review is refused once the sprint is stopped, an existing one only if its month came after the stop.
    """
    issues = IssueCollector(review, charter)
    known = sorted(closings, key=lambda closing: closing.on)
    operating = [closing for closing in known if closing.verdict == "operate"]
    is_stopped = bool(known) and known[-1].verdict == "stop"
    if not operating or (is_new and is_stopped):
        message = "cannot be reviewed: the sprint is not closed with the verdict operate."
        hint = "What was stopped has no reviews." if is_stopped else "Close it first: sprintkit close SPRINT"
        issues.add("month", "not_operating", message, hint)
    _check_month(issues, review.month, operating, known)
    reviewed = {other.month for other in others}
    if review.month in reviewed:
        last = max(filter(is_month, reviewed), default="")
        advice = f"Write {month_after(last)}, the month that comes next." if last else None
        issues.add("month", "month_twice", f"is {review.month}, which already has a review.", advice)
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


def _check_month(
    issues: IssueCollector, month: str, operating: list[Closing], closings: list[Closing]
) -> None:
    """Report an invalid month, and a month in which the sprint was not operated."""
    if not month:
        return
    if not is_month(month):
        issues.add("month", "month", f"is '{month}'.", 'Write year and month, like "2026-04".')
    elif operating and month < month_of(operating[0].on):
        closed_on = format_date(operating[0].on)
        issues.add("month", "month", f"is {month}, before the closing on {closed_on}.")
    elif operating and closings[-1].verdict == "stop" and month > month_of(closings[-1].on):
        stopped_on = format_date(closings[-1].on)
        issues.add("month", "month", f"is {month}, after the sprint was stopped on {stopped_on}.")
