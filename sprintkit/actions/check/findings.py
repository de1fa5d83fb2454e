"""Runs the rules with the workspace's settings, and converts findings and agreement to JSON."""

from __future__ import annotations

from collections.abc import Iterable

from sprintkit.actions.check.report import MORE_RULE, AgreementSummary, FindingsSummary
from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter.agreement import charter_agreement
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules import LanguageReport, check_with_language, run_rules
from sprintkit.errors import MAX_MESSAGES, shorten_message


def check_charter(
    context: WorkspaceContext, parsed: ParsedCharter, measured: MeasuredRates = NOTHING_MEASURED
) -> list[Finding]:
    """The findings on a charter, with the workspace's thresholds and word lists.

    Its typed rates are compared with the `measured` ones; see `rates_to_compare`.
    """
    return run_rules(
        parsed,
        settings=context.settings,
        lexicon=context.lexicon,
        judge=context.judge,
        measured=measured,
    )


def check_charter_with_language(
    context: WorkspaceContext, parsed: ParsedCharter, measured: MeasuredRates = NOTHING_MEASURED
) -> tuple[list[Finding], LanguageReport]:
    """As `check_charter`, but also returns the language of the answers."""
    return check_with_language(
        parsed,
        settings=context.settings,
        lexicon=context.lexicon,
        judge=context.judge,
        measured=measured,
    )


def summarise_findings(findings: Iterable[Finding]) -> FindingsSummary:
    """The findings in JSON, with their counts. Beyond `MAX_MESSAGES`, errors are listed first and the rest is counted."""
    all_findings = list(findings)
    listed = all_findings
    if len(all_findings) > MAX_MESSAGES:
        listed = sorted(all_findings, key=lambda finding: finding.severity != ERROR)[:MAX_MESSAGES]
        left_out = f"and {len(all_findings) - MAX_MESSAGES:,} more"
        listed.append(Finding(MORE_RULE, WARNING, "", left_out))
    return {
        "errors": sum(finding.severity == ERROR and not finding.waived for finding in all_findings),
        "warnings": sum(finding.severity == WARNING and not finding.waived for finding in all_findings),
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "path": finding.path,
                "message": shorten_message(finding.message),
                "waived": finding.waived,
            }
            for finding in listed
        ],
    }


def summarise_agreement(charter: Charter) -> AgreementSummary | None:
    """The agreement on the cases of a charter; None if no two people answered the same case."""
    agreement = charter_agreement(charter)
    if agreement.before is None:
        return None
    return {
        "before": agreement.before,
        "after": agreement.after,
        "questions": [
            {"id": case.id, "before": case.before, "after": case.after} for case in agreement.cases
        ],
    }
