"""Validates closings."""

from __future__ import annotations

from sprintkit.charter.choices import PROMISES
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS, Closing
from sprintkit.records.issues import IssueCollector
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.signatories import people_for_party
from sprintkit.text.dates import format_date


def closing_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the closings of a sprint, each against the charter of its day and the closing before it."""
    earlier: Closing | None = None
    for stored in records.closings:
        closing = stored.record
        charter = records.charter_in(records.week_of(closing.on), closing.on)
        yield stored.path, validate_closing(closing, charter, earlier)
        earlier = closing


def validate_closing(closing: Closing, charter: Charter, earlier: Closing | None = None) -> list[Problem]:
    """All problems of a closing; `earlier` is the closing that counts so far.

    A field that is only asked for together with a verdict is not refused here; see `sprintkit.progress.closing`.
    """
    issues = IssueCollector(closing, charter)
    _check_order(issues, closing, earlier)
    start = charter.timeline.start
    if start is not None and closing.on < start:
        days = f"{format_date(closing.on)}, before the sprint starts on {format_date(start)}"
        message = f"is {days}: nothing is closed that has not begun."
        hint = "To call it off before then, its sponsor rejects the charter: sprintkit sign SPRINT --as PERSON --reject."
        issues.add("on", "before_start", message, hint)
    if issues.require_person("decided_by", closing.decided_by):
        sponsors = people_for_party("sponsor", charter)
        if sponsors and closing.decided_by not in sponsors:
            message = f"is '{closing.decided_by}'; the sponsor decides, {', '.join(sponsors)}."
            issues.add("decided_by", "not_sponsor", message)
    claim_count, answer_count = len(charter.deliverable.acceptance), len(closing.acceptance_met)
    if claim_count != answer_count:
        message = (
            f"has {answer_count} of {claim_count} answers: each claim of the deliverable is met or not, "
            f"true or false in its order."
        )
        issues.add("acceptance_met", "wrong_length", message)
    promises = [promise.item for promise in PROMISES]
    for index, item in enumerate(closing.readiness_open):
        issues.require_known(f"readiness_open[{index}]", item, promises, "production promise")
    handover_items = HANDOVER_ITEMS if closing.verdict == "operate" else HANDOVER_ITEMS | STOPPING_ITEMS
    for index, item in enumerate(closing.handover_open):
        issues.require_known(f"handover_open[{index}]", item, handover_items, "handover item")
    if closing.cost_actual < 0:
        issues.add("cost_actual", "bound", "is less than 0.")
    for name in ("confirm_by", "decide_by"):
        day = getattr(closing, name)
        if day is not None and day < closing.on:
            issues.add(name, "bound", f"is {format_date(day)}, before the day of the closing.")
    return issues.problems


def _check_order(issues: IssueCollector, closing: Closing, earlier: Closing | None) -> None:
    """Refuse a closing dated before the one that counts, and one that only says again that it is operated."""
    if earlier is None:
        return
    before = format_date(earlier.on)
    if closing.on < earlier.on:
        issues.add("on", "closed", f"is before {before}, the day of the closing that counts.")
    elif closing.verdict == earlier.verdict == "operate" and earlier.decide_by is None:
        hint = "A month of operating is a review; a later closing can stop it."
        issues.add("on", "closed", f"comes after the closing of {before}, which decided to operate.", hint)
