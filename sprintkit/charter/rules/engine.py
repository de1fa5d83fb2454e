"""Runs the rules on a charter: all of them, or only those that an edit can affect."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from sprintkit.charter.findings import Finding
from sprintkit.charter.judge import DEFAULT_JUDGE_SETTING, JudgeSetting
from sprintkit.charter.lexicon import Lexicon, built_in_lexicon
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.paths import quote_key
from sprintkit.charter.people import person_selector
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import (
    answers,
    data,
    deliverable,
    general,
    integration,
    metric,
    money,
    owner,
    process,
    signoff,
    timeline,
    use_case,
)
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.languages import LanguageReport, report_language, silent_rules
from sprintkit.charter.rules.ordering import sort_findings
from sprintkit.charter.rules.rule import RULES, Rule, Violation
from sprintkit.charter.rules.waivers import WAIVER, apply_waivers
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.text.dates import format_date

FAMILIES: Final = (
    general,
    use_case,
    owner,
    process,
    metric,
    data,
    integration,
    deliverable,
    timeline,
    money,
    signoff,
    answers,
)
"""The rule modules. Importing one declares its rules."""

_MAX_SHOWN_CHARACTERS: Final = 240
_MAX_SHOWN_NAMES: Final = 12
_MAX_SHOWN_INTEGER: Final = 10**15


def run_rules(
    parsed: ParsedCharter,
    *,
    settings: Settings = DEFAULT_SETTINGS,
    lexicon: Lexicon | None = None,
    judge: JudgeSetting = DEFAULT_JUDGE_SETTING,
    measured: MeasuredRates = NOTHING_MEASURED,
    sections: Collection[str] | None = None,
) -> list[Finding]:
    """The findings on a charter, errors first and each severity in the order of the file.

    `measured` are the measured defect rates, to compare the typed ones with.

    With `sections` (keys of sections of the scoping session), only rules that an answer there can affect are run.
    Advice is left out, since it depends on what all the other rules report.
    """
    if sections is None:
        return check_with_language(
            parsed, settings=settings, lexicon=lexicon, judge=judge, measured=measured
        )[0]
    affected = rules_for_sections(frozenset(sections))
    rules = [RULES[rule_id] for rule_id in affected if not RULES[rule_id].is_advice]
    findings = _run(rules, RuleContext(parsed, settings, lexicon or built_in_lexicon(), judge, measured))
    return sort_findings(apply_waivers(findings, parsed, frozenset(rule.id for rule in rules)), parsed)


def check_with_language(
    parsed: ParsedCharter,
    *,
    settings: Settings = DEFAULT_SETTINGS,
    lexicon: Lexicon | None = None,
    judge: JudgeSetting = DEFAULT_JUDGE_SETTING,
    measured: MeasuredRates = NOTHING_MEASURED,
) -> tuple[list[Finding], LanguageReport]:
    """The findings of `run_rules` on a whole charter, with the language of its answers."""
    context = RuleContext(parsed, settings, lexicon or built_in_lexicon(), judge, measured)
    findings = _run([rule for rule in RULES.values() if not rule.is_advice], context)
    findings += _advise(context, findings)
    if findings or parsed.charter.waivers:
        findings = sort_findings(apply_waivers(findings, parsed), parsed)
    return findings, report_language(context)


def rerun_rules(
    earlier: Iterable[Finding],
    parsed: ParsedCharter,
    sections: Collection[str],
    *,
    settings: Settings = DEFAULT_SETTINGS,
    lexicon: Lexicon | None = None,
    judge: JudgeSetting = DEFAULT_JUDGE_SETTING,
    measured: MeasuredRates = NOTHING_MEASURED,
) -> list[Finding]:
    """All findings on a charter after an edit in `sections`, given the `earlier` ones.

    Runs only the rules that the edit can affect. The result equals that of `run_rules` on the whole charter, as long as
    the edit leaves the same rules silent (`silent_rules`).
    """
    context = RuleContext(parsed, settings, lexicon or built_in_lexicon(), judge, measured)
    rerun = rules_for_sections(frozenset(sections))
    outdated = {*rerun, *silent_rules(context)}
    unaffected = [finding for finding in earlier if finding.rule not in outdated]
    new = _run([RULES[rule_id] for rule_id in rerun if not RULES[rule_id].is_advice], context)
    findings = [finding._replace(waived=False) for finding in (*unaffected, *new) if finding.rule != WAIVER]
    findings += _advise(context, findings)
    return sort_findings(apply_waivers(findings, parsed), parsed)


def _run(rules: Iterable[Rule], context: RuleContext) -> list[Finding]:
    silent = silent_rules(context)
    violations = [
        (rule, violation)
        for rule in rules
        if rule.id not in silent
        for violation in rule.find_violations(context)
    ]
    return [_to_finding(rule, violation) for rule, violation in _drop_suppressed(violations)]


# Advice, where no other rule speaks


def _advise(context: RuleContext, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of the rules that only advise, on answers that no other rule reports."""
    violations = [
        (rule, violation)
        for rule in RULES.values()
        if rule.is_advice and rule.id not in silent_rules(context)
        for violation in rule.find_violations(context)
    ]
    if not violations:
        return []
    reported = _reported_answers(context, findings)
    return [_to_finding(rule, violation) for rule, violation in violations if violation.path not in reported]


def _reported_answers(context: RuleContext, findings: Iterable[Finding]) -> set[str]:
    """Paths of the answers that findings are about, or that a suppressed finding may be about."""
    reported: set[str] = set()
    for finding in findings:
        reported.add(finding.path)
        reported.add(_LAST_INDEX.sub("", finding.path))  # a list of texts is one answer
        holder = finding.path.rpartition(".")[0]
        reported.update(f"{holder}.{key}" for key in _suppressed_keys(finding.rule))
    reported.update(
        f"people.{quote_key(key)}.name"
        for path, key in person_selector().items(context.charter)
        if path in reported
    )
    return reported


@cache
def _suppressed_keys(rule_id: str) -> tuple[str, ...]:
    """The last keys of the fields read by rules that this one suppresses, except GEN-002, which reads every field."""
    return tuple(
        {
            pattern.rpartition(".")[2]
            for rule in RULES.values()
            if rule_id in rule.suppressed_by and rule.id != "GEN-002"
            for pattern in rule.reads
        }
    )


_LAST_INDEX: Final = re.compile(r"\[\d+\]$")


# From violations to findings


def _drop_suppressed(violations: Sequence[tuple[Rule, Violation]]) -> Iterator[tuple[Rule, Violation]]:
    """The violations that no other rule suppresses, at most one for each rule and path."""
    subjects_by_rule: defaultdict[str, set[str]] = defaultdict(set)
    for rule, violation in violations:
        subjects_by_rule[rule.id].add(_subject(violation))
    seen: set[tuple[str, str]] = set()
    for rule, violation in violations:
        is_suppressed = any(
            _subject(violation) in subjects_by_rule[other_id] for other_id in rule.suppressed_by
        )
        if not is_suppressed and (rule.id, violation.path) not in seen:
            seen.add((rule.id, violation.path))
            yield rule, violation


def _subject(violation: Violation) -> str:
    return violation.subject or violation.path.rpartition(".")[0]


def _to_finding(rule: Rule, violation: Violation) -> Finding:
    values = {name: _abbreviate(value) for name, value in violation.values.items()}
    message = (violation.message or rule.message).format_map(values)
    return Finding(rule.id, violation.severity or rule.severity, violation.path, message)


def _abbreviate(value: Any) -> Any:
    """A value for a message: texts on one line, dates in words, and everything cut to a readable length."""
    if isinstance(value, (list, tuple)):
        names = [_abbreviate(name) for name in value[:_MAX_SHOWN_NAMES]]
        return ", ".join(names + ["…"] * (len(value) > _MAX_SHOWN_NAMES))
    if isinstance(value, int) and abs(value) >= _MAX_SHOWN_INTEGER:
        return f"about 10^{int(math.log10(abs(value)))}"
    if isinstance(value, date):
        return format_date(value)
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return line if len(line) <= _MAX_SHOWN_CHARACTERS else f"{line[:_MAX_SHOWN_CHARACTERS]}…"


# Which rules depend on which fields


@cache
def dependencies(rule_id: str) -> tuple[str, ...]:
    """Patterns of the fields that a rule's findings depend on: those that it or a rule suppressing it reads."""
    rule = RULES[rule_id]
    return (*rule.reads, *(pattern for other_id in rule.suppressed_by for pattern in RULES[other_id].reads))


def depends_on(rule_id: str, pattern: str) -> bool:
    """Whether a change at a path pattern can change a rule's findings.

    Advice depends on every field, because it is left out where another rule reports something.
    """
    return RULES[rule_id].is_advice or any(
        _is_same_or_inside(pattern, dependency) for dependency in dependencies(rule_id)
    )


def _is_same_or_inside(first: str, second: str) -> bool:
    """Whether two patterns are equal, or one is inside the other."""
    outer, inner = sorted((first, second), key=len)
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


@cache
def rules_for_sections(sections: frozenset[str]) -> tuple[str, ...]:
    """Ids of the rules whose findings depend on these sections, with the rules that suppress them."""
    patterns = [
        question.pattern for question in questions_by_path().values() if question.section.key in sections
    ]
    dependent = {rule_id for rule_id in RULES if any(depends_on(rule_id, pattern) for pattern in patterns)}
    suppressing = {other_id for rule_id in dependent for other_id in RULES[rule_id].suppressed_by}
    return tuple(rule_id for rule_id in RULES if rule_id in dependent or rule_id in suppressing)
