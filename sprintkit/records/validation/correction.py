"""Validates corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.model import Charter
from sprintkit.errors import InputError, Problem
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction, apply_corrections
from sprintkit.records.issues import IssueCollector
from sprintkit.records.kinds import CORRECTION
from sprintkit.records.parsing import parse_record
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.validation.checkin import validate_checkin, week_name_problems
from sprintkit.text.numbers import natural_order

WOULD_LEAVE: Final = "would leave an entry that is refused: "
"""Begins a problem of the entry as it would be."""
_FIXED_KEYS: Final = ("week", "schema")
"""Keys that name the entry and cannot be corrected."""


def correction_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the corrections of a sprint, each on top of those that apply before it."""
    entries = [stored.record for stored in records.checkins]
    ordered = sorted(records.corrections, key=lambda stored: (stored.record.on, natural_order(stored.path)))
    for index, stored in enumerate(ordered):
        week = stored.record.week
        problems = validate_correction(
            stored.record,
            records.charter_by_week(week),
            apply_corrections(entries, ordered[:index]),
            charter_at=records.charter_by_week,
        )
        problems.extend(week_name_problems(CORRECTION, stored.path, week))
        yield stored.path, problems


def validate_correction(
    correction: Correction,
    charter: Charter,
    entries: Sequence[CheckIn],
    *,
    charter_at: Callable[[int], Charter] | None = None,
) -> list[Problem]:
    """All problems of a correction.

    `entries` are all check-ins with earlier corrections applied; `charter` is the one in force in the week of the
    corrected entry. Problems that the corrected entry would have, and does not have yet, are included.
    """
    issues = IssueCollector(correction, charter)
    issues.require_person("by", correction.by)
    entry = next((entry for entry in entries if entry.week == correction.week), None)
    if entry is None:
        weeks = ", ".join(str(entry.week) for entry in entries) or "none"
        message = f"is {correction.week}, which has no entry to correct."
        issues.add("week", "no_entry", message, f"Weeks with an entry: {weeks}.")
        return issues.problems
    document = _corrected_document(issues, correction, entry)
    others = [other for other in entries if other.week != correction.week]
    before = validate_checkin(entry, charter, others, charter_at=charter_at)
    try:
        corrected = parse_record(CheckIn, document)
    except InputError as error:
        after = list(error.problems)
    else:
        after = validate_checkin(corrected, charter, others, charter_at=charter_at)
        after = [problem for problem in after if problem not in before]
    for problem in after:
        issues.add("corrects", problem.code, f"{WOULD_LEAVE}{problem.message}", problem.hint)
    return issues.problems


def _corrected_document(issues: IssueCollector, correction: Correction, entry: CheckIn) -> dict[str, Any]:
    """The entry's document with every value set whose path exists; any other path is a problem."""
    document: dict[str, Any] = entry.model_dump(by_alias=True, exclude_none=True)
    for index, change in enumerate(correction.corrects):
        path = f"corrects[{index}].path"
        if not change.path:
            continue
        try:
            parts = paths.resolve(document, change.path, append=True)
            if parts[0] in _FIXED_KEYS:
                message = f"is '{change.path}', which names the entry and cannot be corrected."
                issues.add(path, "path", message)
                continue
            document = paths.set_value(document, parts, change.value)
        except paths.PathError as error:
            issues.add(path, "path", f"points nowhere: {error}.")
    return document
