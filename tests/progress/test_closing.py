"""The verdict that the records suggest, and the fields that each verdict requires."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.progress.closing import (
    ClosingFacts,
    add_working_days,
    closing_facts,
    closing_sentence,
    closing_title,
    describe_reading,
    find_missing_or_late,
    is_overruled,
    required_fields,
    suggest_verdict,
)
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.progress import Progress
from sprintkit.records.closing import Closing
from tests.records.helpers import example_sprint

CLOSED_ON = date(2026, 3, 27)
TARGET_DATE = date(2026, 5, 29)
IN_35_DAYS = date(2026, 5, 1)
IN_10_WORKING_DAYS = date(2026, 4, 10)


def closed_sprint(name: str) -> tuple[Progress, Closing]:
    """An example's progress on the day of its closing, and that closing."""
    sprint = example_sprint(name)
    return (
        measure_progress(sprint.document, sprint.checkins, sprint.closing.on, amendments=sprint.amendments),
        sprint.closing,
    )


@pytest.mark.parametrize(
    ("name", "value", "metric", "verdict", "heading"),
    [
        ("lead", 61.0, "between", "operate", "Closed: operating"),
        ("price", 57.0, "between", "operate", "Closed: operating"),
        ("referral", 51.0, "past", "stop", "Closed: stopped in week 4, as agreed at stop line 55"),
    ],
)
def test_the_examples_get_the_verdict_they_were_closed_with(
    name: str, value: float, metric: str, verdict: str, heading: str
) -> None:
    progress, closing = closed_sprint(name)
    facts = closing_facts(progress, closing)
    assert progress.readings[-1].value == value
    assert (facts.is_delivered, facts.metric) == (True, metric)
    suggestion = suggest_verdict(facts, closing.on, progress.charter.success_metric.target_on)
    assert suggestion.verdict == verdict == closing.verdict
    assert closing_title(closing, progress) == heading
    if verdict == "operate":
        assert suggestion.latest_date == closing.confirm_by
        assert find_missing_or_late(suggestion, closing) == []


DELIVERED_AND_REACHED: dict[str, Any] = {"is_delivered": True, "metric": "reached"}


@pytest.mark.parametrize(
    ("facts", "verdict", "requested_fields", "latest_date"),
    [
        ({"is_delivered": False}, "stop", ("reason",), None),
        ({"is_delivered": False, "metric": "past", "is_outside_twice": True}, "stop", ("reason",), None),
        ({"metric": "past"}, "stop", ("reason", "decommission"), None),
        ({"is_outside_twice": True}, "stop", ("reason", "decommission"), None),
        ({"metric": "past", "is_unread": True}, "stop", ("reason", "decommission"), None),
        ({"metric": "between", "is_unconfirmed": True}, "stop", ("reason", "decommission"), None),
        ({"metric": "not_measured"}, None, ("decide_by",), IN_35_DAYS),
        ({"is_unread": True}, None, ("decide_by",), IN_35_DAYS),
        ({"is_unread": True, "is_handover_open": True}, None, ("decide_by",), IN_35_DAYS),
        ({"is_handover_open": True}, None, ("decide_by",), IN_10_WORKING_DAYS),
        (
            {"metric": "between", "is_handover_open": True, "is_outside": True},
            None,
            ("decide_by",),
            IN_10_WORKING_DAYS,
        ),
        ({"metric": "between"}, "operate", ("confirm_by",), TARGET_DATE),
        ({"metric": "between", "is_outside": True}, "operate", ("confirm_by",), IN_35_DAYS),
        ({}, "operate", (), None),
        ({"is_outside": True}, "operate", ("confirm_by",), IN_35_DAYS),
    ],
)
def test_the_first_condition_that_holds_decides(
    facts: dict[str, Any],
    verdict: str | None,
    requested_fields: tuple[str, ...],
    latest_date: date | None,
) -> None:
    suggestion = suggest_verdict(ClosingFacts(**{**DELIVERED_AND_REACHED, **facts}), CLOSED_ON, TARGET_DATE)
    assert suggestion.verdict == verdict
    assert suggestion.requested_fields == requested_fields
    assert suggestion.latest_date == latest_date


def test_working_days_are_monday_to_friday() -> None:
    assert add_working_days(date(2026, 3, 27), 10) == date(2026, 4, 10)
    assert add_working_days(date(2026, 3, 28), 1) == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("changes", "is_delivered"),
    [
        ({}, True),
        ({"acceptance_met": [True, False]}, False),
        ({"acceptance_met": []}, False),
        ({"readiness_open": ["runbook"]}, False),
        ({"handover_open": ["rights"]}, True),
    ],
)
def test_delivered_means_all_points_all_claims_and_no_open_promise(
    changes: dict[str, Any], is_delivered: bool
) -> None:
    progress, closing = closed_sprint("lead")
    facts = closing_facts(progress, closing.model_copy(update=changes))
    assert facts.is_delivered is is_delivered
    assert facts.is_handover_open is ("handover_open" in changes)


def test_only_records_up_to_the_day_of_the_closing_count() -> None:
    sprint = example_sprint("lead")
    before = measure_progress(
        sprint.document, sprint.checkins, date(2026, 3, 26), amendments=sprint.amendments
    )
    assert not closing_facts(before, sprint.closing).is_delivered


def test_operating_against_a_suggested_stop_needs_a_reason() -> None:
    progress, closing = closed_sprint("referral")
    suggestion = suggest_verdict(closing_facts(progress, closing), closing.on)
    assert not is_overruled(suggestion, closing)
    operating = closing.model_copy(update={"verdict": "operate"})
    assert is_overruled(suggestion, operating)
    assert [problem.code for problem in find_missing_or_late(suggestion, operating)] == ["overrules"]
    with_reason = operating.model_copy(update={"reason": "the fax line is replaced on Monday"})
    assert find_missing_or_late(suggestion, with_reason) == []


def test_a_stop_is_always_possible_and_a_suggested_verdict_requires_its_fields() -> None:
    progress, closing = closed_sprint("lead")
    suggestion = suggest_verdict(closing_facts(progress, closing), closing.on, TARGET_DATE)
    stopped = closing.model_copy(update={"verdict": "stop"})
    assert find_missing_or_late(suggestion, stopped.model_copy(update={"confirm_by": None})) == []
    for missing_or_late in (None, date(2026, 9, 1)):
        operating = closing.model_copy(update={"confirm_by": missing_or_late})
        assert [problem.code for problem in find_missing_or_late(suggestion, operating)] == ["asked"]
    suggested_stop = suggest_verdict(ClosingFacts(is_delivered=False, metric="between"), CLOSED_ON)
    (problem,) = find_missing_or_late(suggested_stop, stopped)
    assert problem.message.startswith("reason ")


@pytest.mark.parametrize(
    ("facts", "verdict", "expected"),
    [
        ({"is_delivered": False}, "stop", ("reason",)),
        ({"is_delivered": False}, "operate", ("reason",)),
        ({"metric": "past"}, "stop", ("reason", "decommission")),
        ({"metric": "past"}, "operate", ("reason",)),
        ({"metric": "not_measured"}, "operate", ("decide_by",)),
        ({"metric": "not_measured"}, "stop", ()),
        ({"is_handover_open": True}, "operate", ("decide_by",)),
        ({"metric": "between"}, "operate", ("confirm_by",)),
        ({"metric": "between"}, "stop", ()),
        ({}, "operate", ()),
    ],
)
def test_a_verdict_requires_its_fields(
    facts: dict[str, Any], verdict: str, expected: tuple[str, ...]
) -> None:
    suggestion = suggest_verdict(ClosingFacts(**{**DELIVERED_AND_REACHED, **facts}), CLOSED_ON, TARGET_DATE)
    assert required_fields(suggestion, verdict) == expected


def test_a_target_date_that_has_passed_leaves_35_days_to_confirm() -> None:
    facts = ClosingFacts(**{**DELIVERED_AND_REACHED, "metric": "between"})
    assert suggest_verdict(facts, CLOSED_ON, CLOSED_ON).latest_date == CLOSED_ON
    assert suggest_verdict(facts, CLOSED_ON, date(2026, 3, 26)).latest_date == IN_35_DAYS


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("lead", {}, "Operated by its owner, to be confirmed by 29 May 2026."),
        ("lead", {"confirm_by": None}, "Operated by its owner."),
        (
            "lead",
            {"decide_by": date(2026, 4, 10)},
            "Operated by its owner for now, to be decided by 10 April 2026.",
        ),
        ("lead", {"verdict": "stop"}, "Stopped in week 6."),
        ("referral", {}, "Stopped in week 4, as agreed: 51 is below the stop line of 55."),
        (
            "referral",
            {"on": date(2026, 10, 8)},
            "Stopped in week 4: 51 is below the stop line of 55.",
        ),
    ],
)
def test_the_outcome_is_one_sentence(name: str, changes: dict[str, Any], sentence: str) -> None:
    progress, closing = closed_sprint(name)
    facts = closing_facts(progress, closing)
    assert closing_sentence(closing.model_copy(update=changes), progress, facts) == sentence


@pytest.mark.parametrize(
    ("value", "state", "sentence"),
    [
        (None, "not_measured", "not read since it is live."),
        (50.0, "reached", "50 working minutes: the target of 50 is reached."),
        (80.0, "between", "80 working minutes, between the stop line of 80 and the target of 50."),
        (80.5, "past", "80.5 working minutes, above the stop line of 80."),
    ],
)
def test_a_reading_is_described_against_its_lines(value: float | None, state: Any, sentence: str) -> None:
    metric = closed_sprint("lead")[0].charter.success_metric
    assert describe_reading(metric, ClosingFacts(True, state, value=value)) == sentence
