"""What the rules say, counted and in the shape of JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter.agreement import agreement
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules import run_rules


def findings_of(desk: WorkspaceContext, reading: ParsedCharter) -> list[Finding]:
    """All findings on a charter, with the workspace's thresholds and words."""
    return run_rules(reading, settings=desk.settings, words=desk.words)


def told(findings: Iterable[Finding]) -> dict[str, Any]:
    """Counts of errors and warnings that are not waived, and the findings."""
    found = list(findings)
    open_ones = [finding for finding in found if not finding.waived]
    return {
        "errors": sum(finding.severity == ERROR for finding in open_ones),
        "warnings": sum(finding.severity == WARNING for finding in open_ones),
        "findings": [finding._asdict() for finding in found],
    }


def agreed(charter: Charter) -> dict[str, Any] | None:
    """How far the people who were asked agree, before and after settling: chances from 0 to 1; None where nobody was."""
    figures = agreement(charter)
    if figures.before is None:
        return None
    return {
        "before": figures.before,
        "after": figures.after,
        "questions": [{"id": one.id, "before": one.before, "after": one.after} for one in figures.questions],
    }
