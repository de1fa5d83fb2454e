"""Where a sentence about a rule could be read in two ways, it is read like this."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.rules.context import text_fields
from tests.conftest import example_json
from tests.rules.kit import changed, findings, lead, rules, told


def test_placeholders_and_weasel_words_are_looked_for_in_these_texts_and_no_others() -> None:
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
def test_a_form_to_be_filled_in_is_a_placeholder(text: str) -> None:
    assert rules(lead({"integration_points[0].output": text})) == {"GEN-001"}


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
def test_other_angle_brackets_are_left_alone(text: str) -> None:
    assert rules(lead({"integration_points[0].output": text})) == set()


@pytest.mark.parametrize(
    "text", ["-", "?", "n/a", "None.", "  NA ", "Pending", "xxx", "T B D".replace(" ", ""), "lorem"]
)
def test_a_placeholder_as_a_whole(text: str) -> None:
    assert told(lead({"process.steps[1].does": text})) == {("GEN-001", "process.steps[1].does")}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"charter.sponsor": "nobody"}, "charter.sponsor"),
        ({"process.exceptions[0].who": "nobody"}, "process.exceptions[0].who"),
        ({"process.questions[0].settled_by": "nobody"}, "process.questions[0].settled_by"),
        ({"deliverable.acceptance[1].verifier": "nobody"}, "deliverable.acceptance[1].verifier"),
        ({"plan.milestones[4].verifier": "nobody"}, "plan.milestones[4].verifier"),
        ({"plan.readiness[3].by": "nobody"}, "plan.readiness[3].by"),
        ({"process.questions[0].settled_group": "else"}, "process.questions[0].settled_group"),
    ],
)
def test_a_key_that_points_nowhere(change: dict[str, Any], path: str) -> None:
    (finding,) = [finding for finding in findings(lead(change)) if finding.rule == "GEN-004"]
    assert finding.path == path
    assert "Known: " in finding.message


def test_roles_and_groups_are_compared_folded_and_a_group_may_be_its_answer() -> None:
    assert rules(lead({"integration_points[0].user_role": "Inside  Sales REP"})) == set()
    assert rules(lead({"process.questions[0].settled_group": "NEW"})) == set()
    answers = [{"who": f"p{at}", "says": says} for at, says in enumerate("aabcd")]
    change = {
        "process.questions[0].answers": answers,
        "process.questions[0].settled_group": "A",
        "process.questions[0].accepted_by": ["p2", "p3", "P4"],
    }
    assert rules(lead(change)) == set()


@pytest.mark.parametrize("name", ["王小明", "佐藤花子", "김민준", "สมชาย", "ສົມຈິດ", "សុខា", "အောင်ဆန်း"])
def test_a_name_in_a_script_without_spaces_is_whole(name: str) -> None:
    assert rules(lead({"people.odile.name": name})) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"success_metric.unit": "%", "success_metric.baseline": 120.0}, {"MET-003"}),
        ({"success_metric.unit": "per cent", "success_metric.target": -5.0}, {"MET-003"}),
        (
            {
                "success_metric.unit": "% of orders",
                "success_metric.baseline": 120.0,
                "success_metric.stop_line": 80.0,
            },
            {"MET-008"},
        ),
        ({"success_metric.direction": "increase"}, {"MET-003"}),
        ({"success_metric.target": 95.0}, {"MET-003"}),
    ],
)
def test_percent_and_direction(change: dict[str, Any], expected: set[str]) -> None:
    assert rules(lead(change)) == expected


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"plan.milestones[0].weight": 9.0}, "weights sum to 99"),
        ({"plan.milestones[0].weight": 0.0}, "M1"),
        ({"plan.milestones[1].id": "M1"}, "M1 stands twice"),
        ({"plan.milestones[1].due_week": 7}, "M2: due in which week of 1 to 6"),
        ({"plan.milestones[1].due_week": 0}, "M2: due in which week"),
        ({"plan.milestones[1].acceptance": " "}, "M2: shown by what"),
        ({"plan.milestones[1].verifier": ""}, "M2: who says it is done"),
    ],
)
def test_what_is_wrong_with_milestones_is_told_in_one_finding(change: dict[str, Any], words: str) -> None:
    (finding,) = [finding for finding in findings(lead(change)) if finding.rule == "TIM-003"]
    assert (finding.path, words in finding.message) == ("plan.milestones", True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"plan.signatories[1].person": "bram"}, "owner by Odile Tamsworth"),
        ({"plan.signatories[0].person": "suvi"}, "sponsor by Bram Yellowby"),
        (
            {f"plan.signatories[{at}].person": "odile" for at in range(7)} | {"charter.sponsor": "odile"},
            "2 different people",
        ),
    ],
)
def test_owner_and_sponsor_sign_themselves_and_nobody_signs_alone(change: dict[str, Any], words: str) -> None:
    (finding,) = [finding for finding in findings(lead(change)) if finding.rule == "SIG-001"]
    assert words in finding.message


def test_a_promise_may_be_skipped_with_a_reason_and_the_rest_is_named() -> None:
    assert (
        rules(lead({"plan.readiness[2]": {"item": "error_handling", "skip": "one case a day, read by hand"}}))
        == set()
    )
    (finding,) = findings(lead({"plan.readiness[2]": {"item": "error_handling", "skip": " "}}))
    assert "error handling (not complete)" in finding.message


def test_two_sources_of_one_field_need_one_truth() -> None:
    assert rules(lead({"data_requirements[1].truth_for": ["company_name", "site_postcode"]})) == {"DAT-006"}
    (finding,) = findings(lead({"data_requirements[0].truth_for": []}))
    assert finding.message == (
        "'site_postcode' is in Web enquiry form, Customer accounts. Which wins? "
        "Name it under Wins for (truth_for) of that source only."
    )


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"field": "nope"}, "field"),
        ({"check": None}, "check"),
        ({"at_least": None}, "at_least"),
        ({"on_fail": "fix"}, "on_fail"),
        ({"field": "", "check": "nope", "on_fail": "fix"}, "field"),
        ({"check": "nope", "on_fail": "fix"}, "check"),
    ],
)
def test_a_data_check_is_told_at_its_first_wrong_part(change: dict[str, Any], path: str) -> None:
    start = "data_requirements[0].acceptance[0]"
    document = lead({f"{start}.{key}": value for key, value in change.items()})
    assert told(document) == {("DAT-005", f"{start}.{path}")}


def test_the_work_calculator_counts_a_missing_figure_as_nothing() -> None:
    assert told(lead({"value": {"loaded_rate": 30.0}})) == {("BUD-002", "value.assist_minutes")}
    whole = {"automation_share_pct": 100.0, "check_share_pct": 5.0, "error_share_pct": 1.0}
    assert rules(lead({"value": whole})) == set()
    assert rules(lead({"value": None})) == set()
    assert rules(lead({"value.error_share_pct": None})) == {"BUD-002"}
    assert rules(lead({"budget.sprint_cost": 1e6})) == {"BUD-003"}
    assert rules(changed(lead({"budget.sprint_cost": 1e6}), {"value.rework_minutes": None})) == set()


def test_copied_answers_are_told_whatever_their_number() -> None:
    answers = [
        {"who": f"p{at}", "says": "As per the  manual" if at else "as per THE manual"} for at in range(6)
    ]
    (finding,) = findings(
        lead(
            {
                "process.questions[0].answers": answers,
                "process.questions[0].settled_group": "new",
                "process.questions[0].accepted_by": [f"p{at}" for at in range(6)],
            }
        )
    )
    assert (finding.rule, "6 identical sentences look copied" in finding.message) == ("PRO-004", True)


def test_messages_count_and_conjugate() -> None:
    def message(rule: str, change: dict[str, Any]) -> str:
        return next(one.message for one in findings(lead(change)) if one.rule == rule)

    group = {"people.group.name": "IT", "process.lead": "group"}
    assert "'IT' is not a person (used in 1 place)." in message("OWN-001", group)
    assert "(used in 2 places)" in message("OWN-001", {**group, "plan.milestones[0].verifier": "group"})
    left = {"plan.signatories[3].person": "hollis"}
    assert " gets work from this charter and does not sign it." in message("SIG-002", left)
    both = {**left, "owner.duties.monitors": "ann", "people.ann.name": "Ann Oak"}
    assert " get work from this charter and do not sign it." in message("SIG-002", both)
