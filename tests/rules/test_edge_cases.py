"""Edge cases in which the condition of a rule could be read in two ways."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.rules.context import text_fields
from tests.conftest import example_json
from tests.rules.helpers import findings_on, lead_charter, reported_paths, reported_rules


def test_placeholders_and_untestable_words_are_searched_in_the_listed_fields_only() -> None:
    assert set(text_fields().patterns) == set(example_json("findings")["text_fields"])


@pytest.mark.parametrize(
    "text",
    [
        "<insert text>",
        "Ask <name of owner>",
        "<date>",
        "<your-team>",
        "<Your_Name>",
        "<the owner>",
        "by <Name>, Friday",
        "＜insert＞",
    ],
)
def test_a_blank_to_fill_in_is_a_placeholder(text: str) -> None:
    assert reported_rules(lead_charter({"integration_points[0].output": text})) == {"GEN-001"}


@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "<script>",
        "x <5 and y> 3",
        "5 < 7 or > 3",
        "< name>",
        "<name >",
        "<a@b.org>",
        "'<insert text>'",
        "a<b",
        "<>",
        "<<>>",
        "<1 to 5>",
    ],
)
def test_other_angle_brackets_are_not_placeholders(text: str) -> None:
    assert reported_rules(lead_charter({"integration_points[0].output": text})) == set()


@pytest.mark.parametrize("text", ["-", "?", "n/a", "None.", "  NA ", "Pending", "xxx", "TBD", "lorem"])
def test_an_answer_that_is_only_a_placeholder_is_reported(text: str) -> None:
    document = lead_charter({"process.steps[1].does": text})
    assert reported_paths(document) == {("GEN-001", "process.steps[1].does")}


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("charter.sponsor", "nobody"),
        ("process.exceptions[0].who", "nobody"),
        ("process.questions[0].settled_by", "nobody"),
        ("deliverable.acceptance[1].verifier", "nobody"),
        ("plan.milestones[4].verifier", "nobody"),
        ("plan.readiness[3].by", "nobody"),
        ("process.questions[0].settled_group", "else"),
    ],
)
def test_an_undefined_key_is_reported_where_it_is_used(path: str, key: str) -> None:
    findings = findings_on(lead_charter({path: key}))
    (finding,) = [finding for finding in findings if finding.rule == "GEN-004"]
    assert finding.path == path
    assert "Known: " in finding.message


def test_roles_and_groups_match_whatever_their_case_and_spaces() -> None:
    assert reported_rules(lead_charter({"integration_points[0].user_role": "Inside  Sales REP"})) == set()
    assert reported_rules(lead_charter({"process.questions[0].settled_group": "NEW"})) == set()


def test_a_group_without_a_name_is_named_by_its_answer() -> None:
    document = lead_charter(
        {
            "process.questions[0].answers": [
                {"who": f"p{index}", "says": says} for index, says in enumerate("aabcd")
            ],
            "process.questions[0].settled_group": "A",
            "process.questions[0].accepted_by": ["p2", "p3", "P4"],
        }
    )
    assert reported_rules(document) == set()


@pytest.mark.parametrize("name", ["王小明", "佐藤花子", "김민준", "สมชาย", "ສົມຈິດ", "សុខា", "အောင်ဆန်း"])
def test_a_single_word_is_a_full_name_in_a_script_without_spaces(name: str) -> None:
    assert reported_rules(lead_charter({"people.odile.name": name})) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"success_metric.unit": "%", "success_metric.baseline": 120.0}, {"MET-003"}),
        ({"success_metric.unit": "per cent", "success_metric.target": -5.0}, {"MET-003"}),
        (
            {
                "success_metric.unit": "% of orders",
                "success_metric.baseline": 120.0,
                "success_metric.stop_line": 80.0,
            },
            {"MET-003"},
        ),
        ({"success_metric.direction": "increase"}, {"MET-003"}),
        ({"success_metric.target": 95.0}, {"MET-003"}),
    ],
)
def test_a_target_must_fit_the_direction_and_the_range_of_percent(
    changes: dict[str, Any], expected: set[str]
) -> None:
    assert reported_rules(lead_charter(changes)) == expected


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "words"),
    [
        ("%", 41, 85, None),
        ("% of discharges", 18, 50, None),
        ("%", 0, 50, None),
        ("%", 20, 71, "51 points better by 29 May 2026"),
        ("percent", 95, 40, "55 points better by 29 May 2026"),
        ("Prozent der Aufträge", 20, 75, "55 points better"),
        ("por ciento", 20, 75, "55 points better"),
        ("pour cent", 20, 75, "55 points better"),
        ("percentage points", 2, 5, None),
        ("percentage points", 120, 60, "60 points better"),
        ("points", 4, 7, None),
        ("NPS", -12, 5, None),
        ("NPS", 12, 40, None),
        ("share of orders", 0.2, 0.6, None),
        ("euros a month", -100, 900, None),
        ("euros a month", 100, -900, None),
        ("minutes", 0, 30, None),
        ("minutes", 95, 47.5, None),
        ("minutes", 95, 40, "58% better by 29 May 2026"),
        ("percolations", 20, 40, "100% better"),
    ],
)
def test_an_implausible_change_is_judged_by_ratio_or_points_as_the_unit_allows(
    unit: str, baseline: float, target: float, words: str | None
) -> None:
    metric = {
        "unit": unit,
        "baseline": float(baseline),
        "target": float(target),
        "stop_line": float(baseline),
    }
    metric["direction"] = "increase" if target > baseline else "decrease"
    findings = findings_on(lead_charter({f"success_metric.{key}": value for key, value in metric.items()}))
    assert {finding.rule for finding in findings} == ({"MET-008"} if words else set())
    assert all(finding.message.startswith(words or "") for finding in findings)


def test_an_implausible_change_without_a_target_date_names_no_date() -> None:
    findings = findings_on(lead_charter({"success_metric.target": 40.0, "success_metric.target_on": None}))
    (message,) = [finding.message for finding in findings if finding.rule == "MET-008"]
    assert message.startswith("58% better within one sprint")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"plan.milestones[0].weight": 9.0}, "weights sum to 99"),
        ({"plan.milestones[0].weight": 0.0}, "M1"),
        ({"plan.milestones[1].id": "M1"}, "the id M1 is used more than once"),
        ({"plan.milestones[1].due_week": 7}, "M2: due in which week of 1 to 6"),
        ({"plan.milestones[1].due_week": 0}, "M2: due in which week"),
        ({"plan.milestones[1].acceptance": " "}, "M2: shown by what"),
        ({"plan.milestones[1].verifier": ""}, "M2: who says it is done"),
    ],
)
def test_a_fault_of_a_milestone_is_named_in_one_finding(changes: dict[str, Any], words: str) -> None:
    findings = findings_on(lead_charter(changes))
    (finding,) = [finding for finding in findings if finding.rule == "TIM-003"]
    assert finding.path == "plan.milestones"
    assert words in finding.message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"plan.signatories[1].person": "bram"}, "owner by Odile Tamsworth"),
        ({"plan.signatories[0].person": "suvi"}, "sponsor by Bram Yellowby"),
        (
            {
                **{f"plan.signatories[{index}].person": "odile" for index in range(7)},
                "charter.sponsor": "odile",
            },
            "2 different people",
        ),
    ],
)
def test_owner_and_sponsor_sign_in_person_and_nobody_signs_alone(changes: dict[str, Any], words: str) -> None:
    findings = findings_on(lead_charter(changes))
    (finding,) = [finding for finding in findings if finding.rule == "SIG-001"]
    assert words in finding.message


def test_a_promise_may_be_skipped_with_a_reason() -> None:
    skipped = {"item": "error_handling", "skip": "one case a day, read by hand"}
    assert reported_rules(lead_charter({"plan.readiness[2]": skipped})) == set()


def test_a_promise_skipped_without_a_reason_is_named() -> None:
    skipped = {"item": "error_handling", "skip": " "}
    (finding,) = findings_on(lead_charter({"plan.readiness[2]": skipped}))
    assert "error handling (not complete)" in finding.message


def test_a_field_in_two_sources_needs_one_source_of_truth() -> None:
    two_truths = {"data_requirements[1].truth_for": ["company_name", "site_postcode"]}
    assert reported_rules(lead_charter(two_truths)) == {"DAT-006"}
    (finding,) = findings_on(lead_charter({"data_requirements[0].truth_for": []}))
    assert finding.message == (
        "'site_postcode' is in Web enquiry form, Customer accounts. Which wins? "
        "List it under 'Source of truth for' (truth_for) of that source only."
    )


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"field": "nope"}, "field"),
        ({"check": None}, "check"),
        ({"at_least": None}, "at_least"),
        ({"on_fail": "fix"}, "on_fail"),
        ({"field": "", "check": "nope", "on_fail": "fix"}, "field"),
        ({"check": "nope", "on_fail": "fix"}, "check"),
    ],
)
def test_a_data_check_is_reported_at_its_first_faulty_part(changes: dict[str, Any], key: str) -> None:
    check = "data_requirements[0].acceptance[0]"
    document = lead_charter({f"{check}.{name}": value for name, value in changes.items()})
    assert reported_paths(document) == {("DAT-005", f"{check}.{key}")}


def test_a_missing_figure_of_the_value_counts_as_zero() -> None:
    document = lead_charter({"value": {"loaded_rate": 30.0}})
    assert reported_paths(document) == {("BUD-002", "value.assist_minutes")}
    assert reported_rules(lead_charter({"value.error_share_pct": None})) == {"BUD-002"}


def test_full_automation_needs_no_minutes_for_assisted_cases() -> None:
    value = {"automation_share_pct": 100.0, "check_share_pct": 5.0, "error_share_pct": 1.0}
    assert reported_rules(lead_charter({"value": value})) == set()


def test_a_charter_without_a_value_has_no_finding_about_it() -> None:
    assert reported_rules(lead_charter({"value": None})) == set()


def test_the_payback_is_judged_only_with_all_figures() -> None:
    expensive = {"budget.sprint_cost": 1e6}
    assert reported_rules(lead_charter(expensive)) == {"BUD-003"}
    assert reported_rules(lead_charter({**expensive, "value.rework_minutes": None})) == set()


def test_identical_answers_of_any_number_of_people_are_reported() -> None:
    says = ["as per THE manual", *["As per the  manual"] * 5]
    document = lead_charter(
        {
            "process.questions[0].answers": [
                {"who": f"p{index}", "says": sentence} for index, sentence in enumerate(says)
            ],
            "process.questions[0].settled_group": "new",
            "process.questions[0].accepted_by": [f"p{index}" for index in range(6)],
        }
    )
    (finding,) = findings_on(document)
    assert finding.rule == "PRO-004"
    assert "6 identical sentences look copied" in finding.message


def test_messages_agree_with_the_number_of_people() -> None:
    def message(rule: str, changes: dict[str, Any]) -> str:
        findings = findings_on(lead_charter(changes))
        return next(finding.message for finding in findings if finding.rule == rule)

    group = {"people.group.name": "IT", "process.lead": "group"}
    assert "'IT' is not a person (used in 1 place)." in message("OWN-001", group)
    assert "(used in 2 places)" in message("OWN-001", {**group, "plan.milestones[0].verifier": "group"})
    one_person = {"plan.signatories[3].person": "hollis"}
    assert " gets work from this charter and does not sign it." in message("SIG-002", one_person)
    two_people = {**one_person, "owner.duties.monitors": "ann", "people.ann.name": "Ann Oak"}
    assert " get work from this charter and do not sign it." in message("SIG-002", two_people)
