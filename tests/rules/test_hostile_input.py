"""Hostile and huge answers raise no exception, and a search never takes quadratic time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter.lexicon import Text, built_in_lexicon
from sprintkit.charter.lexicon.matching import compile_terms
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import run_rules
from sprintkit.charter.rules.context import text_fields
from tests.rules.helpers import findings_on, lead_charter

LEXICON = built_in_lexicon()

LONG_TEXTS = [
    "a" * 10_000,
    "as soon as " * 900,
    "to be " * 1_600,
    "<a " * 3_000,
    "<" + "a " * 5_000,
    "'" * 10_000,
    "' " * 5_000,
    "\"a'b`" * 2_000,
    "-" * 10_000,
    "tbd" * 3_000,
    "as\u00a0 \u2003" * 2_000,
    "\ufdfa" * 2_000,  # folded, it is 18 times as long
    "e\u0301" * 5_000,
    "\U0001f468\u200d\U0001f469\u200d" * 2_000,
    "review the " * 900,
    "if you " * 1_400,
    ";" * 10_000,
    "的" * 10_000,
]


def charter_full_of(text: str) -> dict[str, Any]:
    """The lead charter with `text` in every field that a search reads."""
    patterns = [pattern for pattern in text_fields().patterns if "[]" not in pattern]
    point_keys = ("tool", "surface", "action", "output", "fallback")
    paths = [
        *patterns,
        "people.odile.name",
        "people.odile.role",
        "process.steps[0].rule",
        "process.questions[0].answers[0].says",
        *(f"integration_points[0].{key}" for key in point_keys),
    ]
    return lead_charter(dict.fromkeys(paths, text))


def min_cpu_time(function: Callable[[], object]) -> float:
    """The shortest CPU time of up to 20 runs, in seconds. A slow function runs only once."""
    times: list[float] = []
    while len(times) < 20 and sum(times) < 0.03:
        started = time.process_time()
        function()
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG_TEXTS, ids=lambda text: ascii(text[:6]))
def test_time_grows_linearly_with_the_length_of_the_texts(text: str) -> None:
    quarter = charter_full_of(text[: len(text) // 4])
    whole = charter_full_of(text)
    quarter_time = min_cpu_time(lambda: findings_on(quarter))
    assert min_cpu_time(lambda: findings_on(whole)) < 9 * quarter_time, "linear is 4 times, quadratic 16"


@pytest.mark.parametrize("text", LONG_TEXTS, ids=lambda text: ascii(text[:6]))
def test_a_message_abbreviates_a_long_text(text: str) -> None:
    assert all(len(finding.message) < 1_000 for finding in findings_on(charter_full_of(text)))


@given(st.text(max_size=40), st.deferred(lambda: st.sampled_from(text_fields().patterns)))
def test_any_text_in_any_field_is_checked_without_an_exception(text: str, pattern: str) -> None:
    path = pattern.replace("[]", "[0]")
    findings_on(lead_charter({path: text, "people.odile.name": text, "use_case.users[0].role": text}))


@given(st.text(max_size=60))
def test_may_match_never_misses_a_match(text: str) -> None:
    for terms in (LEXICON.weasel, LEXICON.placeholder_phrase, LEXICON.dash, LEXICON.condition):
        if compile_terms(tuple(terms.terms)).search(Text(text).folded):
            assert terms.may_match(Text(text))


@given(
    st.lists(
        st.sampled_from([*"ab -'\"`.…\x00\n", "TBD", "as", "needed", "ASAP", "to be", "agreed", "’", "Ｔ"]),
        max_size=14,
    )
)
def test_may_match_never_misses_a_match_among_fragments_of_phrases(fragments: list[str]) -> None:
    text = "".join(fragments)
    for terms in (LEXICON.weasel, LEXICON.placeholder_phrase):
        if compile_terms(tuple(terms.terms)).search(Text(text).folded):
            assert terms.may_match(Text(text))


EXTREME_CHANGES: list[dict[str, Any]] = [
    {"timeline.weeks": 10**12},
    {"timeline.weeks": -5},
    {"timeline.weeks": 0},
    {"timeline.start": "9999-12-31"},
    {"timeline.deadline": "9999-12-31"},
    {"timeline.start": "0001-01-01"},
    {"success_metric.baseline": 1e308, "success_metric.target": -1e308},
    {"success_metric.baseline": 5e-324},
    {"budget.sprint_cost": 1e308, "budget.operations_per_month": 1e308},
    {"use_case.volume_per_month": 10**300},
    {"use_case.users[0].headcount": 10**400},
    {"deliverable.users_on_day_one": -(10**30)},
    {"plan.milestones[0].weight": -1e308},
    {"plan.milestones[0].due_week": 10**30},
    {"data_requirements[0].defects[0].rate_pct": -1e308},
    {"people": {}},
    {"people": {"a.b": {"name": "IT"}}, "owner.person": "a.b"},
    {"owner.person": "\x00", "charter.sponsor": "x" * 5_000},
]


@pytest.mark.parametrize("changes", EXTREME_CHANGES, ids=lambda changes: next(iter(changes)))
def test_extreme_values_raise_no_exception(changes: dict[str, Any]) -> None:
    assert isinstance(findings_on(lead_charter(changes)), list)


def test_a_key_with_a_dot_is_quoted_in_the_path() -> None:
    changes = {"people": {"a.b": {"name": "IT", "role": "x"}}, "owner.person": "a.b"}
    assert 'people."a.b".name' in {finding.path for finding in findings_on(lead_charter(changes))}


@pytest.mark.parametrize(
    "section",
    ["frame", "use_case", "process", "success_metric", "data", "integration", "timeline", "signoff"],
)
def test_checking_a_section_takes_no_longer_than_checking_the_charter(section: str) -> None:
    parsed = parse_lenient(lead_charter())
    run_rules(parsed, sections={section})  # to warm up
    time_of_all = min_cpu_time(lambda: run_rules(parsed))
    assert min_cpu_time(lambda: run_rules(parsed, sections={section})) < 1.5 * time_of_all
