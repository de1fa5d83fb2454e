"""Warnings that stay: by a reason and a name, one path each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sprintkit.charter import paths
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules.rule import RULES

WAIVER: Final = "WAIVER"
"""The rule name under which a waiver that waives nothing is told; none of the 60, and no gate looks at it."""


def waived(
    findings: list[Finding], reading: ParsedCharter, ran: Collection[str] | None = None
) -> list[Finding]:
    """The findings with those marked that a waiver covers, and one more for each waiver that covers none.

    A waiver counts with a reason and a name; one for an error never does. `ran` are the rules that were run,
    None for all: waivers of the others are left alone.
    """
    waivers = reading.charter.waivers
    if not waivers:
        return findings
    severities = {(finding.rule, finding.path): finding.severity for finding in findings}
    covered: set[tuple[str, str]] = set()
    idle: list[Finding] = []
    for at, waiver in enumerate(waivers):
        rule, path = text_or_empty(waiver.rule), text_or_empty(waiver.path)
        if not rule or not path or (ran is not None and rule in RULES and rule not in ran):
            continue
        place = (rule, _with_indices(reading, path))
        if severities.get(place) == WARNING:
            if text_or_empty(waiver.reason) and text_or_empty(waiver.by):
                covered.add(place)
        else:
            why = _why_idle(rule, path, severities.get(place))
            message = f"This waiver waives nothing: {why}. Take it out."
            idle.append(Finding(WAIVER, WARNING, f"waivers[{at}]", message))
    if covered:
        findings = [finding._replace(waived=(finding.rule, finding.path) in covered) for finding in findings]
    return findings + idle


def _why_idle(rule: str, path: str, severity: str | None) -> str:
    if rule not in RULES:
        return f"{rule} is no rule"
    if severity == ERROR:
        return f"{rule} is an error there, and an error is mended, not waived"
    return f"{rule} finds nothing at {path} any more"


def _with_indices(reading: ParsedCharter, path: str) -> str:
    """A waiver's path as findings write it; as it stands where it points nowhere."""
    try:
        return paths.with_indices(paths.resolve(reading.document, path))
    except paths.PathError:
        return path


def waivers_for(
    reading: ParsedCharter, findings: Iterable[Finding], reason: str, by: str
) -> list[dict[str, str]]:
    """One entry of `waivers` for every warning that is not waived yet, with the path as files write it."""
    return [
        {
            "rule": finding.rule,
            "path": paths.written(reading.document, paths.parse(finding.path)),
            "reason": reason,
            "by": by,
        }
        for finding in findings
        if finding.severity == WARNING and not finding.waived and finding.rule in RULES
    ]
