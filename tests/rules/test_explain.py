"""Every rule can be explained: condition, reason, strong and weak answer, source."""

from __future__ import annotations

import string
from typing import Any

import pytest

from sprintkit.charter.lexicon import ENGLISH, ENTRIES
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import RULES, explain
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.settings import DEFAULTS
from sprintkit.errors import InputError
from tests.conftest import example
from tests.rules.kit import lead


@pytest.mark.parametrize("name", RULES)
def test_every_rule_says_what_it_is(name: str) -> None:
    rule = explain(name)
    assert rule.id == name
    assert rule.severity in ("error", "warning")
    for text in (rule.condition, rule.message, rule.rationale, rule.source, rule.weak, rule.strong):
        assert text.strip()
    assert rule.condition.endswith((".", "…")) and rule.rationale.endswith(".")
    assert rule.reads
    assert all(hider in RULES for hider in rule.suppressed_by)


@pytest.mark.parametrize("name", RULES)
def test_a_message_names_only_what_it_fills_in(name: str) -> None:
    fields = [field for _, field, _, _ in string.Formatter().parse(RULES[name].message) if field is not None]
    assert all(field.isidentifier() for field in fields)


def test_an_id_may_be_typed_in_any_case() -> None:
    assert explain(" met-001 ").id == "MET-001"


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        explain("MET-0O1")
    assert caught.value.problems[0].hint == "Did you mean MET-001?"
    with pytest.raises(InputError) as caught:
        explain("nonsense")
    assert "GEN-001" in str(caught.value.problems[0].hint)


def test_the_start_of_an_id_names_its_family() -> None:
    with pytest.raises(InputError) as caught:
        explain("bud")
    assert caught.value.problems[0].hint == "Known: BUD-001, BUD-002, BUD-003."


def test_half_of_the_rules_are_errors() -> None:
    errors = {name for name, rule in RULES.items() if rule.severity == "error"}
    assert len(errors) == 35


class Noted:
    """The word lists, noting which are looked into."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.seen.add(name.upper())
        return getattr(ENGLISH, name)


PARTS = {"NOBODY": {"FUNCTION", "GROUP", "ROLE", "FILLER", "PLACEHOLDER"}}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_the_word_lists_it_looks_into(name: str) -> None:
    rule = RULES[name]
    assert set(rule.lists) <= ENTRIES.keys()
    seen: set[str] = set()
    for document in (example("weak"), example("lead"), lead({"use_case.statement": "Improve support as is"})):
        words = Noted()
        list(rule.find(RuleContext(parse_lenient(document), DEFAULTS, words)))  # type: ignore[arg-type]
        seen |= words.seen
    wanted = {part for one in seen for part in PARTS.get(one, {one})}
    assert wanted <= set(rule.lists)
    assert bool(wanted) == bool(rule.lists), "a list that is named is looked into"


def test_every_word_list_is_named_by_a_rule() -> None:
    assert {one for rule in RULES.values() for one in rule.lists} == set(ENTRIES)
