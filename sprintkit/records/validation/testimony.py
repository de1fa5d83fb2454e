"""Validates sheets of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem
from sprintkit.records.issues import IssueCollector
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.testimony import ParkedSheet, Testimony


def testimony_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the testimonies of a sprint."""
    for stored in records.records_of(Testimony):
        yield stored.path, validate_testimony(stored.record, records.current_charter)


def validate_testimony(testimony: Testimony, charter: Charter) -> list[Problem]:
    """All problems of a sheet of agreement cases."""
    issues = IssueCollector(testimony, charter)
    case_ids = [case.id for case in charter.process.questions if case.id]
    answered: set[str] = set()
    for index, answer in enumerate(testimony.answers):
        path = f"answers[{index}].id"
        issues.require_known(path, answer.id, case_ids, "case")
        if answer.id in answered and not is_blank(answer.id):
            issues.add(path, "answered_twice", f"is '{answer.id}', which this sheet has answered before.")
        answered.add(answer.id)
    return issues.problems


def validate_parked_sheet(sheet: ParkedSheet, document: Mapping[str, Any]) -> list[Problem]:
    """All problems of a sheet of parked questions, which may answer only questions parked in `document`."""
    issues = IssueCollector(sheet)
    parked_paths = _parked_paths(document)
    answered: set[paths.PathParts] = set()
    for index, answer in enumerate(sheet.answers):
        if is_blank(answer.path):
            continue
        parts = _resolve(document, answer.path)
        path = f"answers[{index}].path"
        if parts is None or parts not in parked_paths:
            hint = f"Parked: {', '.join(parked_paths.values()) or 'none'}."
            issues.add(path, "not_parked", f"is '{answer.path}', which is not parked.", hint)
        elif parts in answered:
            issues.add(path, "answered_twice", f"is '{answer.path}', which this sheet has answered before.")
        else:
            answered.add(parts)
    return issues.problems


def _parked_paths(document: Mapping[str, Any]) -> dict[paths.PathParts, str]:
    """The paths of the parked questions, as written, by their resolved parts."""
    entries = document.get("parked")
    parked_paths = {}
    for entry in entries if isinstance(entries, list) else []:
        path = entry.get("path") if isinstance(entry, Mapping) else None
        if isinstance(path, str) and (parts := _resolve(document, path)):
            parked_paths[parts] = path
    return parked_paths


def _resolve(document: Mapping[str, Any], path: str) -> paths.PathParts | None:
    try:
        return paths.resolve(document, path, append=True)
    except paths.PathError:
        return None
