"""Finds faults in the records of a sprint, such as files edited by hand or duplicates after a merge."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.actions.check.report import RECORD_RULE
from sprintkit.actions.load_sprint import Sprint
from sprintkit.charter.findings import ERROR, WARNING, Finding, Severity
from sprintkit.errors import Problem
from sprintkit.records.kinds import KINDS
from sprintkit.records.record_set import RuleCheck

_PATH: Final = re.compile(r'(?:[^\s":]|"(?:[^"\\]|\\.)*")+')
"""The path of the field, with which a problem's message begins."""

_WARNINGS: Final = ("repeated_id", "not_comparable", "renamed_source")
"""Codes of problems with which a record still counts, or once did."""


def check_records(sprint: Sprint, check: RuleCheck | None = None) -> dict[str, list[Finding]]:
    """Findings by the path of the record, only of records that have some, in the order of `KINDS`.

    `check` runs the rules that the result of an amendment has to pass.
    """
    findings: dict[str, list[Finding]] = {}
    for kind in KINDS:
        if not kind.validator:
            continue
        for path, problems in kind.load_validator()(sprint, check):
            if problems:
                findings.setdefault(path, []).extend(map(_finding, problems))
    for void in sprint.void_amendments:
        file_findings = findings.setdefault(void.path, [])
        if all(finding.severity == WARNING for finding in file_findings):
            file_findings.extend(Finding(RECORD_RULE, ERROR, "", reason) for reason in void.reasons)
    return findings


def _finding(problem: Problem) -> Finding:
    match = _PATH.match(problem.message)
    message = problem.message if problem.hint is None else f"{problem.message} {problem.hint}"
    severity: Severity = WARNING if problem.code in _WARNINGS else ERROR
    return Finding(RECORD_RULE, severity, match[0] if match else "", message)
