"""What a closing is refused for."""

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
    """Validate the closing of a sprint."""
    for stored in records.records_of(Closing):
        yield stored.path, validate_closing(stored.record, records.current_charter)


def validate_closing(closing: Closing, charter: Charter, earlier: Closing | None = None) -> list[Problem]:
    """Everything a closing is refused for; `earlier` is the closing that counts so far.

    A field that is only asked for together with a verdict is not refused here; see `sprintkit.progress.closing`.
    """
    issues = IssueCollector(closing, charter)
    if earlier is not None and earlier.decide_by is None:
        issues.add("on", "closed", f"comes after the closing of {format_date(earlier.on)}, which is final.")
    if issues.require_person("decided_by", closing.decided_by):
        sponsors = people_for_party("sponsor", charter)
        if sponsors and closing.decided_by not in sponsors:
            message = f"is '{closing.decided_by}'; the sponsor decides, {', '.join(sponsors)}."
            issues.add("decided_by", "not_sponsor", message)
    claim_count, answer_count = len(charter.deliverable.acceptance), len(closing.acceptance_met)
    if claim_count != answer_count:
        message = (
            f"has {answer_count} of {claim_count}: say true or false for each claim of the deliverable, "
            f"in its order."
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
