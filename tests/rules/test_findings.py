"""The examples give exactly the findings that are written down for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from sprintkit.charter.findings import Finding
from sprintkit.charter.rules import RULES
from tests.conftest import example, example_json
from tests.rules.kit import findings, lead, rules

EXPECTED = example_json("findings")


def unmatched(found: Iterable[Finding], wanted: list[dict[str, str]]) -> tuple[list[Any], list[Any]]:
    """Entries without a finding of their own, and findings left over."""
    left, open_entries = [], list(wanted)
    for finding in found:
        for entry in open_entries:
            same = (entry["rule"], entry["severity"]) == (finding.rule, finding.severity)
            if same and finding.path.startswith(entry["at"]):
                open_entries.remove(entry)
                break
        else:
            left.append(finding)
    return open_entries, left


@pytest.mark.parametrize("name", EXPECTED["examples"])
def test_each_example_gives_exactly_its_findings(name: str) -> None:
    assert unmatched(findings(example(name)), EXPECTED["examples"][name]) == ([], [])


def test_the_weak_charter_has_48_errors_and_21_warnings() -> None:
    severities = [finding.severity for finding in findings(example("weak"))]
    assert (severities.count("error"), severities.count("warning")) == (48, 21)


def test_there_are_sixty_rules() -> None:
    assert len(RULES) == 60


@pytest.mark.parametrize("case", EXPECTED["one_change"], ids=lambda case: str(case["rule"]))
def test_one_change_to_a_strong_charter_gives_exactly_one_rule(case: dict[str, Any]) -> None:
    assert unmatched(findings(lead(case["change"])), case["expect"]) == ([], [])


def test_every_rule_has_a_one_change_test() -> None:
    assert {case["rule"] for case in EXPECTED["one_change"]} == set(RULES)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in EXPECTED["must_not"].items() for text in texts]
)
def test_a_text_that_only_looks_weak_is_left_alone(rule: str, text: str) -> None:
    assert rule not in rules(lead({EXPECTED["must_field"][rule]: text}))


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in EXPECTED["must"].items() for text in texts]
)
def test_a_weak_text_is_told(rule: str, text: str) -> None:
    assert rule in rules(lead({EXPECTED["must_field"][rule]: text}))


@pytest.mark.parametrize("case", EXPECTED["one_change"], ids=lambda case: str(case["rule"]))
def test_a_message_says_what_is_wrong_and_leaves_nothing_unfilled(case: dict[str, Any]) -> None:
    for finding in findings(lead(case["change"])):
        assert len(finding.message) > 20
        assert "{" not in finding.message and "None" not in finding.message


def test_what_is_missing_is_asked_for_with_its_own_question() -> None:
    (finding,) = findings(lead({"success_metric.formula": ""}))
    assert finding.message == (
        "success_metric.formula is needed for sign-off. Ask: How do two people compute it and get the same?"
    )
    (finding,) = findings(lead({"scope.no_gos": [{"item": "quoting", "why": "another owner"}]}))
    assert finding.message.startswith("scope.no_gos is needed for sign-off (2 entries at least). Ask: ")


def test_a_value_of_a_wrong_type_is_needed_and_missing_for_all_other_rules() -> None:
    (finding,) = findings(lead({"success_metric.target": "much better"}))
    assert (finding.rule, finding.severity, finding.path) == ("GEN-002", "error", "success_metric.target")
    assert finding.message == (
        "success_metric.target must be a number, not the text 'much better'. Ask: What will it be?"
    )
    assert rules(lead({"data_requirements[0].access": "pending"})) == {"GEN-002"}
    assert rules(lead({"use_case.why_not_rules": 7})) == {"GEN-002"}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"use_case.volume_per_month": 0}, "use_case.volume_per_month"),
        ({"process.exceptions[0].share_pct": 95.0}, "process.exceptions"),
        ({"data_requirements[0].truth_for": ["site_postcode", "nope"]}, "data_requirements[0].truth_for"),
        ({"data_requirements[0].looked_for[1]": "dust"}, "data_requirements[0].looked_for[1]"),
        ({"plan.readiness[0].item": "luck"}, "plan.readiness[0].item"),
    ],
)
def test_a_bound_that_is_broken_is_told_where_it_is(change: dict[str, Any], path: str) -> None:
    assert ("GEN-002", path) in {(finding.rule, finding.path) for finding in findings(lead(change))}


def test_a_long_answer_is_not_repeated_whole_in_a_message() -> None:
    name = "the data team " * 500
    for finding in findings(lead({"people.odile.name": name})):
        assert len(finding.message) < 500


def test_errors_come_first_and_each_kind_in_the_order_of_the_file() -> None:
    found = findings(example("weak"))
    assert [finding.severity for finding in found] == sorted(finding.severity for finding in found)
    tables = list(dict.fromkeys(f.path.split(".")[0].split("[")[0] for f in found if f.severity == "error"))
    assert tables == [table for table in example("weak") if table in tables]
    assert [f.path for f in found if f.path.startswith("use_case.")][:1] == ["use_case.cost_of_wrong"]


def test_what_is_absent_is_told_where_it_would_be_written() -> None:
    found = findings(
        lead({"use_case.volume_per_month": None, "use_case.cost_of_wrong": "TBD", "use_case.users": None})
    )
    assert [finding.path for finding in found if finding.path.startswith("use_case.")] == [
        "use_case.users",
        "use_case.volume_per_month",
        "use_case.cost_of_wrong",
    ]
