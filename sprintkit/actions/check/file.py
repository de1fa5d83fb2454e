"""Checks one file as a charter or draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from sprintkit.actions.check.findings import summarise_agreement, summarise_findings
from sprintkit.actions.check.report import RECORD_RULE, CheckedFile, CheckReport
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.judge import DEFAULT_JUDGE_SETTING, JudgeSetting
from sprintkit.charter.lexicon import Lexicon
from sprintkit.charter.parsing import ParsedCharter, faults_as_problems, parse_lenient
from sprintkit.charter.rules import LanguageReport, check_with_language
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import InputError
from sprintkit.store import files
from sprintkit.store.toml import codec
from sprintkit.text.composing import compose

RunRules = Callable[[ParsedCharter], tuple[list[Finding], LanguageReport]]

_LISTS_WITH_IDS: Final = (
    ("plan", "milestones"),
    ("success_metric", "guardrails"),
    ("process", "questions"),
)


def check_file(
    path: str,
    workspace_path: str | None = None,
    slug: str | None = None,
    *,
    settings: Settings = DEFAULT_SETTINGS,
    lexicon: Lexicon | None = None,
    judge: JudgeSetting = DEFAULT_JUDGE_SETTING,
) -> CheckReport:
    """Check a file that the user named; `workspace_path` is its path in the workspace, if it lies in one."""
    shown_path = workspace_path or path
    report = CheckReport([], [], [], 1, None)
    try:
        document = codec.parse(files.read_bytes(None, path), path)
    except InputError as error:
        report.problems.extend(tuple(problem._replace(path=shown_path)) for problem in error.problems)
        return report
    rules = partial(check_with_language, settings=settings, lexicon=lexicon, judge=judge)
    return report_charter(report, parse_lenient(document), shown_path, slug, rules)


def report_charter(
    report: CheckReport, parsed: ParsedCharter, path: str, slug: str | None, rules: RunRules
) -> CheckReport:
    """The report with the findings on a charter or draft, or with its unknown keys."""
    if parsed.unknown_keys:
        report.problems.extend(map(tuple, faults_as_problems(parsed.unknown_keys, path)))
        return report
    findings, language_report = rules(parsed)
    file = report_file(path, slug, parsed.charter.depth, [*findings, *find_duplicate_ids(parsed.document)])
    file["language"], file["silent_rules"] = language_report.language, list(language_report.silent_rules)
    report.files.append(file)
    agreement = summarise_agreement(parsed.charter)
    return report._replace(
        charter_id=parsed.charter.charter.id,
        agreement=None if agreement is None else {"path": path, "slug": slug, **agreement},
    )


def report_file(path: str, slug: str | None, depth: str | None, findings: Iterable[Finding]) -> CheckedFile:
    """The entry of a file in `data.files`."""
    return {
        "path": path,
        "slug": slug,
        "depth": depth,
        "language": None,
        "silent_rules": [],
        **summarise_findings(findings),
    }


def find_duplicate_ids(document: Mapping[str, Any]) -> list[Finding]:
    """Items of one list with the same id: two people added them, and Git merged them without a conflict."""
    findings = []
    for section, name in _LISTS_WITH_IDS:
        table = document.get(section)
        items = table.get(name) if isinstance(table, Mapping) else None
        first_index: dict[str, int] = {}
        for index, item in enumerate(items if isinstance(items, list) else ()):
            item_id = item.get("id") if isinstance(item, Mapping) else None
            if not isinstance(item_id, str) or not item_id.strip():
                continue
            item_id = compose(item_id)
            if item_id in first_index:
                path, other = f"{section}.{name}[{index}].id", f"{section}.{name}[{first_index[item_id]}]"
                message = f"{path} is '{item_id}', which is also the id of {other}. Change one of them."
                findings.append(Finding(RECORD_RULE, ERROR, path, message))
            first_index.setdefault(item_id, index)
    return findings
