"""The examples have exactly the findings that `examples/findings.json` lists for the rules that it knows.

A newer rule needs one case in `one_change.json`: a change to a strong charter, and the findings that it leads to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from sprintkit.charter.findings import Finding
from sprintkit.charter.measured import MeasuredRate
from sprintkit.charter.rules import RULES
from sprintkit.text.composing import fold_name
from tests.conftest import example, example_json
from tests.rules.helpers import findings_on, lead_charter, reported_paths, reported_rules

EXPECTED = example_json("findings")
NEWER_CASES = json.loads((Path(__file__).parent / "one_change.json").read_text("utf-8"))
ONE_CHANGE = [*EXPECTED["one_change"], *NEWER_CASES]
KNOWN_RULES = {entry["rule"] for case in EXPECTED["one_change"] for entry in case["expect"]}


def measured_options(case: dict[str, Any]) -> dict[str, Any]:
    """The case's measured rates: keys "source/kind/field", values percentage and rows."""
    rates = {
        (fold_name(source), kind, field): MeasuredRate(*rate)
        for key, rate in case.get("measured", {}).items()
        for source, kind, field in [key.split("/")]
    }
    return {"measured": rates}


def assert_findings_match(findings: Iterable[Finding], expected: list[dict[str, str]]) -> None:
    """Each finding has an expected entry of its own, and no entry is left over."""
    unexpected, missing = [], list(expected)
    for finding in findings:
        for entry in missing:
            is_same = (entry["rule"], entry["severity"]) == (finding.rule, finding.severity)
            if is_same and finding.path.startswith(entry["at"]):
                missing.remove(entry)
                break
        else:
            unexpected.append(finding)
    assert (missing, unexpected) == ([], [])


@pytest.mark.parametrize("name", EXPECTED["examples"])
def test_an_example_has_exactly_the_listed_findings(name: str) -> None:
    findings = findings_on(example(name))
    assert_findings_match(
        [finding for finding in findings if finding.rule in KNOWN_RULES], EXPECTED["examples"][name]
    )
    if name != "weak":
        assert findings == []


@pytest.mark.parametrize("case", ONE_CHANGE, ids=lambda case: str(case["rule"]))
def test_one_change_to_a_strong_charter_leads_to_exactly_the_listed_findings(case: dict[str, Any]) -> None:
    assert_findings_match(findings_on(lead_charter(case["change"]), **measured_options(case)), case["expect"])


def test_every_rule_has_a_case_that_states_its_severity() -> None:
    stated = {
        (case["rule"], entry["severity"])
        for case in ONE_CHANGE
        for entry in case["expect"]
        if entry["rule"] == case["rule"]
    }
    assert stated == {(rule.id, rule.severity) for rule in RULES.values() if not rule.is_advice}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in EXPECTED["must_not"].items() for text in texts]
)
def test_a_text_that_only_looks_weak_is_not_reported(rule: str, text: str) -> None:
    assert rule not in reported_rules(lead_charter({EXPECTED["must_field"][rule]: text}))


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in EXPECTED["must"].items() for text in texts]
)
def test_a_weak_text_is_reported(rule: str, text: str) -> None:
    assert rule in reported_rules(lead_charter({EXPECTED["must_field"][rule]: text}))


@pytest.mark.parametrize("case", ONE_CHANGE, ids=lambda case: str(case["rule"]))
def test_every_placeholder_of_a_message_is_filled(case: dict[str, Any]) -> None:
    for finding in findings_on(lead_charter(case["change"]), **measured_options(case)):
        assert len(finding.message) > 20
        assert "{" not in finding.message and "None" not in finding.message


def test_a_missing_answer_is_reported_with_its_question() -> None:
    (finding,) = findings_on(lead_charter({"success_metric.formula": ""}))
    assert finding.message == (
        "success_metric.formula is needed for sign-off. Ask: How do two people compute it and get the same?"
    )
    (finding,) = findings_on(lead_charter({"scope.no_gos": [{"item": "quoting", "why": "another owner"}]}))
    assert finding.message.startswith("scope.no_gos is needed for sign-off (2 entries at least). Ask: ")


def test_a_value_of_the_wrong_type_counts_as_missing_for_all_other_rules() -> None:
    (finding,) = findings_on(lead_charter({"success_metric.target": "much better"}))
    assert (finding.rule, finding.severity, finding.path) == ("GEN-002", "error", "success_metric.target")
    assert finding.message == (
        "success_metric.target must be a number, not the text 'much better'. Ask: What will it be?"
    )
    assert reported_rules(lead_charter({"data_requirements[0].access": "pending"})) == {"GEN-002"}
    assert reported_rules(lead_charter({"use_case.why_not_rules": 7})) == {"GEN-002"}


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
def test_a_value_out_of_bounds_is_reported_at_its_path(change: dict[str, Any], path: str) -> None:
    assert ("GEN-002", path) in reported_paths(lead_charter(change))


def test_a_message_does_not_repeat_a_long_answer_in_full() -> None:
    name = "the data team " * 500
    for finding in findings_on(lead_charter({"people.odile.name": name})):
        assert len(finding.message) < 500


def test_errors_come_first_and_each_severity_follows_the_order_of_the_file() -> None:
    findings = findings_on(example("weak"))
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities)
    error_paths = [finding.path for finding in findings if finding.severity == "error"]
    tables = list(dict.fromkeys(path.split(".")[0].split("[")[0] for path in error_paths))
    assert tables == [table for table in example("weak") if table in tables]
    first = next(finding for finding in findings if finding.path.startswith("use_case."))
    assert first.path == "use_case.cost_of_wrong"


def test_an_absent_field_is_sorted_where_it_would_be_written() -> None:
    findings = findings_on(
        lead_charter(
            {"use_case.volume_per_month": None, "use_case.cost_of_wrong": "TBD", "use_case.users": None}
        )
    )
    assert [finding.path for finding in findings if finding.path.startswith("use_case.")] == [
        "use_case.users",
        "use_case.volume_per_month",
        "use_case.cost_of_wrong",
    ]
