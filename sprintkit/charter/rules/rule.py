"""What a rule is: its id, what it says, why, and the small pure function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sprintkit.charter.findings import Severity
from sprintkit.charter.rules.context import RuleContext


class Match(NamedTuple):
    """One place where a rule's condition holds."""

    path: str
    values: Mapping[str, Any] = {}
    """What the message names."""
    message: str = ""
    """Another message than the rule's own, where one rule has several conditions."""
    about: str = ""
    """What a rule that hides another must share with it: a table, a list item, a person. By default the table
    or item that holds the path."""


Matches = Iterable[Match]
Find = Callable[[RuleContext], Matches]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as `check --explain` shows it."""

    id: str
    severity: Severity
    condition: str
    """The condition, in words."""
    message: str
    """The message, with {names} of what is filled in."""
    rationale: str
    source: str
    weak: str
    strong: str
    reads: tuple[str, ...]
    """Patterns of the fields it looks at; of a table or list, all below."""
    suppressed_by: tuple[str, ...] = ()
    """Rules whose finding about the same thing leaves this one out."""
    lists: tuple[str, ...] = ()
    """Word lists it looks into, by the names under which `sprintkit.toml` adds to them."""
    find: Find = field(repr=False, compare=False)


RULES: dict[str, Rule] = {}
"""All rules by id, in the order they are told."""


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
    lists: str = "",
) -> Callable[[Find], Find]:
    """Declare the function below it as the rule `rule_id`."""

    def declare(find: Find) -> Find:
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
            lists=tuple(lists.split()),
            find=find,
        )
        return find

    return declare
