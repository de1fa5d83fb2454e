"""A rule depends on what it says it reads and on nothing else, so that a key runs only what it can change."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.questions import SECTIONS
from sprintkit.charter.rules import RULES, is_read, rerun_rules, rules_of, run_rules
from tests.conftest import example
from tests.rules.kit import findings, lead, lean

DOCUMENTS = [*(example(name) for name in ("lead", "price", "referral", "weak")), lean()]


def leaves(value: Any, place: paths.Parts = ()) -> list[paths.Parts]:
    """Every place in a document, of tables, items and answers."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place] * (len(place) > 1) + [leaf for key, part in below for leaf in leaves(part, (*place, key))]


PLACES = [
    (at, place) for at, document in enumerate(DOCUMENTS) for place in leaves(document) if place[0] != "schema"
]
NEW = st.one_of(
    st.sampled_from(
        [
            "",
            "TBD",
            "IT",
            "Review the score",
            "odile",
            "hollis",
            "nobody here",
            "new",
            "granted",
            "build",
            "live",
            "lean",
        ]
    ),
    st.sampled_from(
        ["asap", "Anna Berg and Tom Hill", "reject", "human", "null", "account_id", "automatic", "builder"]
    ),
    st.text(max_size=12),
    st.integers(-3, 200),
    st.floats(-5, 200),
    st.booleans(),
    st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 12, 31)),
    st.just([]),
    st.none(),
)


@given(st.sampled_from(PLACES), NEW)
def test_editing_one_field_changes_only_findings_of_rules_that_read_it(
    place: tuple[int, paths.Parts], value: Any
) -> None:
    document = DOCUMENTS[place[0]]
    after = paths.delete(document, place[1]) if value is None else paths.set_value(document, place[1], value)
    pattern = paths.pattern(place[1])
    difference = set(findings(document)) ^ set(findings(after))
    assert [finding for finding in difference if not is_read(finding.rule, pattern)] == []


@given(st.sampled_from([place for place in PLACES if place[1][0] not in ("charter", "waivers")]), NEW)
def test_checking_a_section_again_gives_what_checking_all_gives(
    place: tuple[int, paths.Parts], value: Any
) -> None:
    document = DOCUMENTS[place[0]]
    after = paths.delete(document, place[1]) if value is None else paths.set_value(document, place[1], value)
    question = questions_by_path().get(paths.pattern(place[1])) or questions_by_path().get(
        paths.pattern(place[1]).removesuffix("[]")
    )
    key = (
        question.section.key
        if question
        else next(section.key for section in SECTIONS if paths.pattern(place[1]).startswith(section.roots))
    )
    reading = parse_lenient(after)
    assert rerun_rules(findings(document), reading, {key}) == run_rules(reading)


def test_waivers_are_read_again_with_any_section() -> None:
    waiver = {"rule": "SCO-001", "path": "scope.cut_first", "reason": "two weeks only", "by": "bram"}
    document = lead({"scope.cut_first": [], "waivers": [waiver]})
    before = findings(document)
    assert [finding.waived for finding in before] == [True]
    again = parse_lenient(lead({"scope.cut_first": ["photos"], "waivers": [waiver]}))
    assert [finding.rule for finding in rerun_rules(before, again, {"deliverable"})] == ["WAIVER"]
    assert rerun_rules(before, parse_lenient(document), {"use_case"}) == before


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_reads_are_fields_of_the_charter(rule: str) -> None:
    known = {*questions_by_path(), "scope.cut_first[]", "plan.milestones", "owner.duties"}
    assert [pattern for pattern in RULES[rule].reads if pattern not in known] == []


def test_a_section_runs_only_rules_that_read_it() -> None:
    assert "MET-003" in rules_of(frozenset({"success_metric"}))
    assert "MET-003" not in rules_of(frozenset({"integration"}))
    assert "OWN-001" in rules_of(frozenset({"frame"}))
    assert {name for section in SECTIONS for name in rules_of(frozenset({section.key}))} == set(RULES)
    document = lead({"success_metric.name": "Model accuracy", "integration_points[0].action": "Review it"})
    found = run_rules(parse_lenient(document), sections={"integration"})
    assert {finding.rule for finding in found} == {"INT-003"}
