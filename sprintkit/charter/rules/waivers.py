"""Waivers: a warning stays, at one path, with a reason and a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sprintkit.charter import paths
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules.rule import RULES

WAIVER: Final = "WAIVER"
"""The rule id of findings on idle waivers. It is not a declared rule, and the sign gate ignores it."""


def apply_waivers(
    findings: list[Finding], parsed: ParsedCharter, rules_run: Collection[str] | None = None
) -> list[Finding]:
    """The findings with waived ones marked, plus a finding for each idle waiver.

    A waiver covers a warning if it has a reason and a name. It never covers an error. `rules_run` are the ids of
    the rules that ran, None for all; waivers of other rules are left alone, as they may not be idle.
    """
    waivers = parsed.charter.waivers
    if not waivers:
        return findings
    severities = {(finding.rule, finding.path): finding.severity for finding in findings}
    covered: set[tuple[str, str]] = set()
    idle: list[Finding] = []
    for index, waiver in enumerate(waivers):
        rule_id, path = text_or_empty(waiver.rule), text_or_empty(waiver.path)
        if not rule_id or not path:
            continue
        if rules_run is not None and rule_id in RULES and rule_id not in rules_run:
            continue
        target = (rule_id, _finding_path(parsed, path))
        if severities.get(target) == WARNING:
            if text_or_empty(waiver.reason) and text_or_empty(waiver.by):
                covered.add(target)
        else:
            reason = _idle_reason(rule_id, path, severities.get(target))
            message = f"This waiver waives nothing: {reason}. Remove it."
            idle.append(Finding(WAIVER, WARNING, f"waivers[{index}]", message))
    if covered:
        findings = [finding._replace(waived=(finding.rule, finding.path) in covered) for finding in findings]
    return findings + idle


def _idle_reason(rule_id: str, path: str, severity: str | None) -> str:
    if rule_id not in RULES:
        return f"{rule_id} is not a rule"
    if severity == ERROR:
        return f"{rule_id} is an error there, and errors are fixed, not waived"
    return f"{rule_id} no longer finds anything at {path}"


def _finding_path(parsed: ParsedCharter, path: str) -> str:
    """The path of a waiver as findings write it, or unchanged if it leads nowhere."""
    try:
        return paths.format_path(paths.resolve(parsed.document, path))
    except paths.PathError:
        return path


def build_waivers(
    parsed: ParsedCharter, findings: Iterable[Finding], reason: str, by: str
) -> list[dict[str, str]]:
    """An entry of `waivers` for each warning that is not waived, with its path as charter files write it."""
    return [
        {
            "rule": finding.rule,
            "path": paths.format_path_by_name(parsed.document, paths.parse(finding.path)),
            "reason": reason,
            "by": by,
        }
        for finding in findings
        if finding.severity == WARNING and not finding.waived and finding.rule in RULES
    ]
