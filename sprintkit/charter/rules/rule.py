"""The declaration of a rule.

A rule is one function under the `rule` decorator. The decorator holds everything that the engine, `check --explain`
and the coach of the scoping session know about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sprintkit.charter.findings import Severity
from sprintkit.charter.rules.context import RuleContext


class Violation(NamedTuple):
    """One place where a rule's condition holds. The engine turns it into a finding."""

    path: str
    """The field, with list items as [index]."""
    values: Mapping[str, Any] = {}
    """Values for the placeholders in the message."""
    message: str = ""
    """Replaces the rule's message, for a rule with several conditions."""
    subject: str = ""
    """The table, list item or person concerned, by default whatever holds `path`.

    A rule suppresses another only if both have the same subject.
    """
    severity: Severity | None = None
    """Replaces the rule's severity, where the depth of the charter decides it."""


Violations = Iterable[Violation]
RuleFunction = Callable[[RuleContext], Violations]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A declared rule."""

    id: str
    severity: Severity
    condition: str
    """When the rule reports something, in a sentence."""
    message: str
    """What is wrong, then what to type instead. {Placeholders} are filled from the violation."""
    rationale: str
    """Why it matters."""
    source: str
    """Where the rule comes from; see `references`."""
    weak: str
    """An answer that the rule reports."""
    strong: str
    """An answer that it accepts."""
    reads: tuple[str, ...]
    """Patterns of the fields that the function reads. A table or list stands for everything in it."""
    suppressed_by: tuple[str, ...] = ()
    """Ids of rules whose violation on the same subject makes this one redundant."""
    lists: tuple[str, ...] = ()
    """Names of the term lists that the function reads. `sprintkit.toml` adds terms under these names."""
    rests_on_words: bool = False
    """Whether it stays silent in a language that it has no words for."""
    is_advice: bool = False
    """Whether it only advises: it is reported only where no other rule is, and never blocks signing."""
    find_violations: RuleFunction = field(repr=False, compare=False)


RULES: dict[str, Rule] = {}
"""Every declared rule by its id."""


def is_advice(rule_id: str) -> bool:
    """Whether the findings of the rule with this id are advice, which never blocks signing."""
    return rule_id in RULES and RULES[rule_id].is_advice


def rule(
    rule_id: str,
    severity: Severity,
    *,
    condition: str,
    message: str,
    rationale: str,
    source: str,
    weak: str,
    strong: str,
    reads: Iterable[str],
    suppressed_by: Iterable[str] = (),
    lists: Iterable[str] = (),
    rests_on_words: bool | None = None,
    is_advice: bool = False,
) -> Callable[[RuleFunction], RuleFunction]:
    """Declare the decorated function as a rule. `Rule` describes the arguments.

    A rule that reads term lists rests on words unless `rests_on_words` says otherwise.
    """

    def declare(find_violations: RuleFunction) -> RuleFunction:
        RULES[rule_id] = Rule(
            id=rule_id,
            severity=severity,
            condition=condition,
            message=message,
            rationale=rationale,
            source=source,
            weak=weak,
            strong=strong,
            reads=tuple(reads),
            suppressed_by=tuple(suppressed_by),
            lists=tuple(lists),
            rests_on_words=bool(tuple(lists)) if rests_on_words is None else rests_on_words,
            is_advice=is_advice,
            find_violations=find_violations,
        )
        return find_violations

    return declare
