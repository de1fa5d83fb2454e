"""Each rule is declared completely: its texts for `check --explain`, and the fields and term lists that it reads."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest

from sprintkit.charter.lexicon import ENGLISH_TERMS, built_in_lexicon
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import RULES, find_rule
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.settings import DEFAULT_SETTINGS
from sprintkit.errors import InputError
from tests.conftest import example
from tests.rules.helpers import lead_charter


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_all_its_texts(rule_id: str) -> None:
    rule = find_rule(rule_id)
    assert rule.id == rule_id
    assert re.fullmatch(r"[A-Z]{2,3}-\d{3}", rule_id)
    assert rule.severity in ("error", "warning")
    for text in (rule.condition, rule.message, rule.rationale, rule.source, rule.weak, rule.strong):
        assert text.strip()
    assert rule.condition.endswith((".", "…")) and rule.rationale.endswith(".")
    assert rule.reads
    assert all(other_id in RULES for other_id in rule.suppressed_by)


@pytest.mark.parametrize("rule_id", RULES)
def test_the_placeholders_of_a_message_are_plain_names(rule_id: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(RULES[rule_id].message) if name is not None]
    assert all(name.isidentifier() for name in names)


def test_a_rule_id_may_be_typed_in_any_case() -> None:
    assert find_rule(" met-001 ").id == "MET-001"


def test_an_unknown_id_is_refused_with_the_closest_one() -> None:
    with pytest.raises(InputError) as caught:
        find_rule("MET-0O1")
    assert caught.value.problems[0].hint == "Did you mean MET-001?"
    with pytest.raises(InputError) as caught:
        find_rule("nonsense")
    assert "GEN-001" in str(caught.value.problems[0].hint)


def test_the_start_of_an_id_is_refused_with_the_ids_of_its_family() -> None:
    with pytest.raises(InputError) as caught:
        find_rule("bud")
    assert caught.value.problems[0].hint == "Known: BUD-001, BUD-002, BUD-003."


class RecordingLexicon:
    """The built-in lexicon, recording which lists are read."""

    def __init__(self) -> None:
        self.lists_read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.lists_read |= LISTS_OF_FIELD.get(name, {name.upper()})
        return getattr(built_in_lexicon(), name)


LISTS_OF_FIELD = {"not_a_name": {"FUNCTION", "GROUP", "ROLE", "FILLER", "PLACEHOLDER"}}
"""The lists behind a field of the lexicon that is built of several."""


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_declares_the_term_lists_that_it_reads(rule_id: str) -> None:
    rule = RULES[rule_id]
    lexicon = RecordingLexicon()
    weak_texts = {
        "use_case.statement": "Unlock the cabinet; price each quote",
        "deliverable.statement": "A workshop report for all",
        "deliverable.acceptance[0].claim": "it works",
        "plan.milestones[0].acceptance": "it works",
        "success_metric.name": "Picking precision and adoption",
        "success_metric.if_missed": "a robust box, as required by law",
        "integration_points[0].fallback": "Runners carry it",
        "people.odile.name": "Ward Sister",
    }
    changes = (
        weak_texts,
        {"use_case.statement": "Improve support as is"},
        {"use_case.statement": "Better client requests and orders"},
        {"use_case.statement": "Process water pumps are sorted"},
        {"deliverable.statement": "Workshop orders print"},
        {"deliverable.statement": "Every report reaches the ward"},
    )
    for document in (example("weak"), example("lead"), *map(lead_charter, changes)):
        context = RuleContext(parse_lenient(document), DEFAULT_SETTINGS, lexicon)  # type: ignore[arg-type]
        list(rule.find_violations(context))
    assert lexicon.lists_read <= set(rule.lists) <= ENGLISH_TERMS.keys()
    assert bool(lexicon.lists_read) == bool(rule.lists), "a rule that declares a list reads one"


def test_every_term_list_is_declared_by_a_rule() -> None:
    assert {name for rule in RULES.values() for name in rule.lists} == set(ENGLISH_TERMS)
