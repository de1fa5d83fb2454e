"""Hostile and huge answers: no traceback, no slow search."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter.lexicon import ENGLISH, Text
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import run_rules
from sprintkit.charter.rules.context import text_fields
from tests.rules.kit import findings, lead

LONG = [
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
    "\ufdfa" * 10_000,
    "e\u0301" * 5_000,
    "\U0001f468\u200d\U0001f469\u200d" * 2_000,
    "review the " * 900,
    "if you " * 1_400,
    ";" * 10_000,
    "的" * 10_000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:6]))
def test_ten_thousand_characters_in_every_text_take_no_time(text: str) -> None:
    fields = [pattern for pattern in text_fields().patterns if "[]" not in pattern]
    document = lead(
        {
            **dict.fromkeys(fields, text),
            "people.odile.name": text,
            "people.odile.role": text,
            "process.steps[0].rule": text,
            "process.questions[0].answers[0].says": text,
            **dict.fromkeys(
                [
                    f"integration_points[0].{key}"
                    for key in ("tool", "surface", "action", "output", "fallback")
                ],
                text,
            ),
        }
    )
    started = time.process_time()
    found = findings(document)
    assert time.process_time() - started < 3
    assert all(len(finding.message) < 1_000 for finding in found)


@given(st.text(max_size=40), st.sampled_from(text_fields().patterns))
def test_any_text_anywhere_is_checked(text: str, pattern: str) -> None:
    path = pattern.replace("[]", "[0]")
    findings(lead({path: text, "people.odile.name": text, "use_case.users[0].role": text}))


@given(st.text(max_size=60))
def test_a_quick_look_never_misses_what_the_search_finds(text: str) -> None:
    for phrases in (ENGLISH.weasel, ENGLISH.placeholder_phrase, ENGLISH.dash, ENGLISH.condition):
        found = Text(text)
        if phrases.pattern.search(found.folded):
            assert phrases.may_hit(found)


@given(
    st.lists(
        st.sampled_from([*"ab -'\"`.…\x00\n", "TBD", "as", "needed", "ASAP", "to be", "agreed", "’", "Ｔ"]),
        max_size=14,
    )
)
def test_a_quick_look_never_misses_in_what_is_nearly_a_phrase(parts: list[str]) -> None:
    found = Text("".join(parts))
    for phrases in (ENGLISH.weasel, ENGLISH.placeholder_phrase):
        if phrases.pattern.search(found.folded):
            assert phrases.may_hit(found)


HUGE: list[dict[str, Any]] = [
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


@pytest.mark.parametrize("change", HUGE, ids=lambda change: next(iter(change)))
def test_figures_no_calendar_or_budget_has_are_findings_not_faults(change: dict[str, Any]) -> None:
    assert isinstance(findings(lead(change)), list)


def test_a_key_that_is_no_bare_one_is_quoted_in_the_path() -> None:
    found = findings(lead({"people": {"a.b": {"name": "IT", "role": "x"}}, "owner.person": "a.b"}))
    assert 'people."a.b".name' in {finding.path for finding in found}


def test_a_check_of_one_section_is_far_under_five_milliseconds() -> None:
    reading = parse_lenient(lead())
    for section in (
        "frame",
        "use_case",
        "process",
        "success_metric",
        "data",
        "integration",
        "timeline",
        "signoff",
    ):
        run_rules(reading, sections={section})
        best = min(_timed(reading, section) for _ in range(20))
        assert best < 0.005, section


def _timed(reading: Any, section: str) -> float:
    started = time.perf_counter()
    run_rules(reading, sections={section})
    return time.perf_counter() - started
