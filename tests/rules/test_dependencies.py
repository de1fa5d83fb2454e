"""A rule depends only on the fields it declares under `reads`, so an edit reruns only the rules of its section."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.questions import SECTIONS
from sprintkit.charter.rules import RULES, depends_on, rerun_rules, rules_for_sections, run_rules
from tests.conftest import example
from tests.rules.helpers import findings_on, lead_charter, lean_charter

DOCUMENT_NAMES = ("lead", "price", "referral", "weak", "lean")
Location = tuple[str, paths.PathParts]
"""The name of a document, and a path in it."""


@cache
def load_document(name: str) -> dict[str, Any]:
    return lean_charter() if name == "lean" else example(name)


def paths_in(value: Any, path: paths.PathParts = ()) -> list[paths.PathParts]:
    """The paths of all tables, items and answers in a document, top-level keys left out."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [inner for key, part in parts for inner in paths_in(part, (*path, key))]
    return [path, *inner] if len(path) > 1 else inner


@cache
def all_locations() -> list[Location]:
    return [(name, path) for name in DOCUMENT_NAMES for path in paths_in(load_document(name))]


LOCATIONS = st.deferred(lambda: st.sampled_from(all_locations()))
NEW_VALUES = st.one_of(
    st.sampled_from(
        ["", "TBD", "IT", "Review the score", "odile", "hollis", "nobody here", "new", "granted"]
    ),
    st.sampled_from(["build", "live", "lean", "asap", "Anna Berg and Tom Hill", "reject", "human", "null"]),
    st.sampled_from(["account_id", "automatic", "builder"]),
    st.text(max_size=12),
    st.integers(-3, 200),
    st.floats(-5, 200),
    st.booleans(),
    st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 12, 31)),
    st.just([]),
    st.none(),
)


def edit_document(location: Location, value: Any) -> dict[str, Any]:
    """The document with another value at the location, or with none for None."""
    name, path = location
    if value is None:
        return paths.delete_value(load_document(name), path)
    return paths.set_value(load_document(name), path, value)


def section_of(pattern: str) -> str:
    """The key of the section that a path pattern belongs to."""
    questions = questions_by_path()
    question = questions.get(pattern) or questions.get(pattern.removesuffix("[]"))
    if question:
        return question.section.key
    return next(section.key for section in SECTIONS if pattern.startswith(section.roots))


@given(LOCATIONS, NEW_VALUES)
def test_an_edit_changes_only_findings_of_rules_that_read_the_field(location: Location, value: Any) -> None:
    name, path = location
    difference = set(findings_on(load_document(name))) ^ set(findings_on(edit_document(location, value)))
    pattern = paths.path_pattern(path)
    assert [finding for finding in difference if not depends_on(finding.rule, pattern)] == []


@pytest.mark.slow
@given(LOCATIONS.filter(lambda location: location[1][0] not in ("charter", "waivers")), NEW_VALUES)
def test_rerunning_the_rules_of_a_section_equals_running_all_rules(location: Location, value: Any) -> None:
    name, path = location
    parsed = parse_lenient(edit_document(location, value))
    section = section_of(paths.path_pattern(path))
    assert rerun_rules(findings_on(load_document(name)), parsed, {section}) == run_rules(parsed)


def test_waivers_are_applied_again_after_an_edit_in_any_section() -> None:
    waiver = {"rule": "SCO-001", "path": "scope.cut_first", "reason": "two weeks only", "by": "bram"}
    waived = lead_charter({"scope.cut_first": [], "waivers": [waiver]})
    findings = findings_on(waived)
    assert [finding.waived for finding in findings] == [True]
    fixed = parse_lenient(lead_charter({"scope.cut_first": ["photos"], "waivers": [waiver]}))
    assert [finding.rule for finding in rerun_rules(findings, fixed, {"deliverable"})] == ["WAIVER"]
    assert rerun_rules(findings, parse_lenient(waived), {"use_case"}) == findings


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_declares_fields_of_the_charter(rule_id: str) -> None:
    known = {*questions_by_path(), "scope.cut_first[]", "plan.milestones", "owner.duties"}
    assert [pattern for pattern in RULES[rule_id].reads if pattern not in known] == []


def test_a_section_runs_only_rules_that_depend_on_it() -> None:
    assert "MET-003" in rules_for_sections(frozenset({"success_metric"}))
    assert "MET-003" not in rules_for_sections(frozenset({"integration"}))
    assert "OWN-001" in rules_for_sections(frozenset({"frame"}))
    document = lead_charter(
        {"success_metric.name": "Model accuracy", "integration_points[0].action": "Review it"}
    )
    findings = run_rules(parse_lenient(document), sections={"integration"})
    assert {finding.rule for finding in findings} == {"INT-003"}


def test_every_rule_depends_on_some_section() -> None:
    sections = frozenset(section.key for section in SECTIONS)
    assert set(rules_for_sections(sections)) == set(RULES)
