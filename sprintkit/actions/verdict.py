"""What the rules say, counted and in the shape of JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..charter.agreement import agreement
from ..charter.findings import ERROR, WARNING, Finding
from ..charter.model import Charter
from ..charter.reading import Reading
from ..charter.rules import check
from .desk import Desk


def findings_of(desk: Desk, reading: Reading) -> list[Finding]:
    """All findings on a charter, with the workspace's thresholds and words."""
    return check(reading, settings=desk.settings, words=desk.words)


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
