"""What a rule is: its id, what it says, why, and the small pure function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..findings import Severity
from .view import View


class Hit(NamedTuple):
    """One place where a rule's condition holds."""

    path: str
    values: Mapping[str, Any] = {}
    """What the message names."""
    says: str = ""
    """Another message than the rule's own, where one rule has several conditions."""
    about: str = ""
    """What a rule that hides another must share with it: a table, a list item, a person. By default the table
    or item that holds the path."""


Hits = Iterable[Hit]
Find = Callable[[View], Hits]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as `check --explain` shows it."""

    id: str
    severity: Severity
    when: str
    """The condition, in words."""
    says: str
    """The message, with {names} of what is filled in."""
    because: str
    source: str
    weak: str
    strong: str
    reads: tuple[str, ...]
    """Patterns of the fields it looks at; of a table or list, all below."""
    hidden_by: tuple[str, ...] = ()
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
    when: str,
    says: str,
    because: str,
    source: str,
    weak: str,
    strong: str,
    reads: Iterable[str],
    hidden_by: Iterable[str] = (),
    lists: str = "",
) -> Callable[[Find], Find]:
    """Declare the function below it as the rule `rule_id`."""

    def declare(find: Find) -> Find:
        RULES[rule_id] = Rule(
            id=rule_id,
            severity=severity,
            when=when,
            says=says,
            because=because,
            source=source,
            weak=weak,
            strong=strong,
            reads=tuple(reads),
            hidden_by=tuple(hidden_by),
            lists=tuple(lists.split()),
            find=find,
        )
        return find

    return declare
