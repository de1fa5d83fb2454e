"""The class of a change to a signed charter, and who signs it: by path, old and new value."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pytest

from sprintkit.charter import paths
from sprintkit.records.amendment import Change
from sprintkit.signoff.change_class import (
    LATER_DEADLINE,
    MEASURE_READ,
    OTHER_USE_CASE,
    THIRD_ADDITION,
    ChangeClass,
    Classification,
    classify_changes,
)
from tests.conftest import example

LEAD = example("lead")
SPONSOR, OWNER = ("sponsor", "bram"), ("owner", "odile")
BOTH = (SPONSOR, OWNER)
BUILDER, PROCESS, TOOL = ("builder", "hollis"), ("process", "suvi"), ("tool", "tunde")
ENQUIRIES, CRM = ("data", "mirela"), ("data", "tunde")
SOURCE = LEAD["data_requirements"][0]["name"]
CRM_NAME = LEAD["data_requirements"][1]["name"]
FORM = f'data_requirements."{SOURCE}"'
CHECK = f"{FORM}.acceptance[0].at_least"
AT_LEAST = LEAD["data_requirements"][0]["acceptance"][0]["at_least"]
CUTS = LEAD["scope"]["cut_first"]
STATEMENT = LEAD["use_case"]["statement"]
ANSWERS = LEAD["process"]["questions"][0]["answers"]
ANSWER = {"who": "sixth rep", "says": "the account holder"}
CLAIM = LEAD["deliverable"]["acceptance"][0]["claim"]


def change(path: str, new: Any, document: dict[str, Any] = LEAD) -> Change:
    """A change of the document's value at a path to `new`."""
    try:
        old = paths.get_value(document, path)
    except paths.PathError:
        old = None
    return Change(path=path, old=old, new=new)


class Case(NamedTuple):
    path: str
    new: Any
    change_class: ChangeClass
    signers: Sequence[tuple[str, str]] = ()


MILESTONE = {"id": "M9", "category": "build", "title": "x", "due_week": 5, "weight": 5, "verifier": "suvi"}
DECISIONS = [
    Case("timeline.deadline", date(2026, 3, 20), "decision"),
    Case("timeline.weeks", 5, "decision"),
    Case("success_metric.target_on", date(2026, 5, 15), "decision"),
    Case("owner.starts_on", date(2026, 3, 2), "decision"),
    Case("plan.milestones.M6.due_week", 3, "decision"),
    Case("plan.readiness.alerting.week", 3, "decision"),
    Case("scope.cut_first", CUTS[1:], "decision"),
    Case("scope.cut_first[0]", None, "decision"),
    Case(CHECK, AT_LEAST + 1, "decision"),
    Case("process.questions.Q1.answers[5]", ANSWER, "decision"),
    Case("process.questions.Q1.answers", [*ANSWERS, ANSWER], "decision"),
]
EDITORIAL = [
    Case("plan.milestones.M6.title", "run in the shadow", "editorial", BOTH),
    Case("use_case.current_way", f"{LEAD['use_case']['current_way']} Still.", "editorial", BOTH),
    Case("use_case.statement", STATEMENT.replace("every inbound", "each inbound"), "editorial", BOTH),
    Case("use_case.statement", STATEMENT.replace("five minutes", "5 minutes"), "editorial", BOTH),
    Case("people.hollis.role", "Builder of the routing", "editorial", BOTH),
    Case("charter.title", "Every enquiry to one rep in minutes", "editorial", BOTH),
]
AMENDMENTS = [
    Case("use_case.statement", STATEMENT.replace("Assign", "Suggest"), "amendment", BOTH),
    Case("use_case.statement", STATEMENT.replace("five minutes", "ten minutes"), "amendment", BOTH),
    Case("use_case.volume_per_month", 2700, "amendment", BOTH),
    Case("use_case.users[0].headcount", 21, "amendment", BOTH),
    Case("owner.person", "suvi", "amendment", BOTH),
    Case("owner.deputy", "hollis", "amendment", BOTH),
    Case("owner.hours_per_week", 4.0, "amendment", BOTH),
    Case("owner.starts_on", date(2026, 3, 20), "amendment", BOTH),
    Case("people.hollis.name", "Hollis Otherwise", "amendment", BOTH),
    Case("people.hollis.contact", "hollis@new.example", "amendment", BOTH),
    Case("process.lead", "hollis", "amendment", (*BOTH, PROCESS)),
    Case("process.steps[0].mode", "human", "amendment", (*BOTH, PROCESS)),
    Case("process.exceptions[0].who", "hollis", "amendment", (*BOTH, PROCESS)),
    Case("success_metric.if_missed", "The reader calls owner and sponsor.", "amendment", BOTH),
    Case("success_metric.target", 55.0, "amendment", BOTH),
    Case("success_metric.stop_line", 85.0, "amendment", BOTH),
    Case("success_metric.target_on", date(2026, 6, 30), "amendment", BOTH),
    Case("success_metric.unit", "minutes", "amendment", BOTH),
    Case("success_metric.guardrails.desk_hours.at_most", 8.0, "amendment", BOTH),
    Case(CHECK, AT_LEAST - 1, "amendment", (*BOTH, ENQUIRIES)),
    Case(f"{FORM}.access", "requested", "amendment", (*BOTH, ENQUIRIES)),
    Case(f"{FORM}.system", "another CRM", "amendment", (*BOTH, ENQUIRIES)),
    Case(f"{FORM}.data_owner", "hollis", "amendment", (*BOTH, ("data", "hollis"))),
    Case(f'data_requirements."{CRM_NAME}"', None, "amendment", (*BOTH, CRM)),
    Case(
        "data_requirements[2]", {"name": "Log", "data_owner": "suvi"}, "amendment", (*BOTH, ("data", "suvi"))
    ),
    Case("integration_points[0].tool", "another tool", "amendment", (*BOTH, TOOL)),
    Case("integration_points[0].max_delay_minutes", 10, "amendment", (*BOTH, TOOL)),
    Case("deliverable.users_on_day_one", 10, "amendment", (*BOTH, BUILDER)),
    Case("deliverable.acceptance[0].claim", f"{CLAIM} 7", "amendment", (*BOTH, BUILDER)),
    Case("plan.milestones.M6", None, "amendment", (*BOTH, BUILDER)),
    Case("plan.milestones.M6.weight", 15, "amendment", (*BOTH, BUILDER)),
    Case("plan.milestones.M6.due_week", 5, "amendment", (*BOTH, BUILDER)),
    Case("plan.milestones.M6.verifier", "odile", "amendment", (*BOTH, BUILDER)),
    Case("plan.milestones[8]", MILESTONE, "amendment", (*BOTH, BUILDER)),
    Case("plan.readiness.alerting.by", "odile", "amendment", (*BOTH, BUILDER)),
    Case("scope.cut_first", CUTS[:-1], "amendment", BOTH),
    Case("scope.no_gos[0]", None, "amendment", BOTH),
    Case("timeline.checkin_day", "thu", "amendment", BOTH),
    Case("timeline.start", date(2026, 2, 9), "amendment", BOTH),
    Case("budget.sprint_cost", 50_000.0, "amendment", BOTH),
    Case("budget.operations_per_month", 1.0, "amendment", BOTH),
]
NEW_CHARTERS = [
    Case("timeline.deadline", date(2026, 4, 3), "new_charter"),
    Case("timeline.weeks", 7, "new_charter"),
    Case("use_case.statement", "Forecast the hire prices of next season for every depot", "new_charter"),
    Case("use_case.statement", None, "new_charter"),
    Case("use_case", {**LEAD["use_case"], "statement": "Answer complaints"}, "new_charter"),
]
TABLE = [*DECISIONS, *EDITORIAL, *AMENDMENTS, *NEW_CHARTERS]


def classify(*cases: Case, **facts: Any) -> Classification:
    """The classification of all changes together."""
    return classify_changes(LEAD, [change(case.path, case.new) for case in cases], **facts)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.path}={str(case.new)[:20]}")
def test_a_change_has_its_class_and_its_signers(case: Case) -> None:
    classification = classify(case)
    assert (classification.change_class, set(classification.signers)) == (
        case.change_class,
        set(case.signers),
    )


def test_the_table_has_every_class_and_at_least_forty_changes() -> None:
    assert len(TABLE) >= 40
    assert {case.change_class for case in TABLE} == {"decision", "editorial", "amendment", "new_charter"}


@pytest.mark.parametrize("name", ["name", "unit", "formula", "baseline", "target", "stop_line"])
def test_a_metric_that_has_been_read_changes_only_by_a_new_charter(name: str) -> None:
    path = f"success_metric.{name}"
    old = paths.get_value(LEAD, path)
    new = f"{old} or so" if isinstance(old, str) else old + 1
    assert classify(Case(path, new, "amendment")).change_class != "new_charter"
    classification = classify(Case(path, new, "new_charter"), has_result=True)
    assert (classification.change_class, classification.reasons) == ("new_charter", (MEASURE_READ,))


@pytest.mark.parametrize(
    ("case", "reason"), [(NEW_CHARTERS[0], LATER_DEADLINE), (NEW_CHARTERS[2], OTHER_USE_CASE)]
)
def test_a_new_charter_has_its_reason_and_no_signers(case: Case, reason: str) -> None:
    classification = classify(AMENDMENTS[0], case)
    assert (classification.change_class, classification.reasons) == ("new_charter", (reason,))
    assert classification.signers == ()
    classes = [classified.change_class for classified in classification.by_change]
    assert classes == ["amendment", "new_charter"]


def test_a_third_amendment_that_adds_something_needs_a_new_charter() -> None:
    case = AMENDMENTS[0]
    assert classify(case, gains=True, additions=1).change_class == "amendment"
    assert classify(case, gains=True, additions=2).reasons == (THIRD_ADDITION,)
    assert classify(case, gains=False, additions=5).change_class == "amendment"


def test_changes_of_two_classes_are_an_amendment_with_all_signers() -> None:
    wording, check = EDITORIAL[0], Case(CHECK, AT_LEAST + 1, "decision")
    assert set(classify(wording, check).signers) == {*BOTH, BUILDER, ENQUIRIES}
    assert classify(wording, check).change_class == "amendment"
    assert classify(check, DECISIONS[0]).change_class == "decision"


def test_wording_that_a_rule_objects_to_is_not_an_editorial_change() -> None:
    assert classify(EDITORIAL[0], adds_finding=True).change_class == "amendment"


def test_a_new_owner_signs_in_place_of_the_old_one() -> None:
    document = copy.deepcopy(LEAD)
    document["plan"]["signatories"] = [{"party": "sponsor", "person": "bram"}]
    classification = classify_changes(document, [change("owner.person", "suvi", document)])
    assert set(classification.signers) == {SPONSOR, ("owner", "suvi")}
