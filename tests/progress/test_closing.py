"""The verdict that the records suggest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.progress.closing import (
    ClosingFacts,
    add_working_days,
    closing_facts,
    closing_title,
    is_overruled,
    missing_in_closing,
    suggest_verdict,
)
from sprintkit.progress.progress import Progress, measure_progress
from sprintkit.records.closing import Closing
from tests.records.kit import sprint

ON = date(2026, 3, 27)
TARGET_ON = date(2026, 5, 29)
IN_35_DAYS = date(2026, 5, 1)
IN_10_WORKING_DAYS = date(2026, 4, 10)


def closed(name: str) -> tuple[Progress, Closing]:
    found = sprint(name)
    return (
        measure_progress(found.document, found.checkins, found.closing.on, amendments=found.amendments),
        found.closing,
    )


@pytest.mark.parametrize(
    ("name", "value", "metric", "verdict", "heading"),
    [
        ("lead", 61.0, "between", "operate", "Closed: operating"),
        ("price", 57.0, "between", "operate", "Closed: operating"),
        ("referral", 51.0, "past", "stop", "Closed: stopped in week 4, as agreed at stop line 55"),
    ],
)
def test_the_examples(name: str, value: float, metric: str, verdict: str, heading: str) -> None:
    found, closing = closed(name)
    end = closing_facts(found, closing)
    assert found.readings[-1].value == value
    assert (end.is_delivered, end.metric) == (True, metric)
    suggestion = suggest_verdict(end, closing.on, found.charter.success_metric.target_on)
    assert suggestion.verdict == verdict == closing.verdict
    assert closing_title(closing, found) == heading
    if verdict == "operate":
        assert suggestion.by == closing.confirm_by
        assert missing_in_closing(suggestion, closing) == []


DONE: dict[str, Any] = {"is_delivered": True, "metric": "reached"}


@pytest.mark.parametrize(
    ("end", "verdict", "wanted", "by"),
    [
        ({"is_delivered": False}, "stop", ("reason",), None),
        ({"is_delivered": False, "metric": "past", "is_outside_twice": True}, "stop", ("reason",), None),
        ({"metric": "past"}, "stop", ("reason", "decommission"), None),
        ({"is_outside_twice": True}, "stop", ("reason", "decommission"), None),
        ({"metric": "past", "is_unread": True}, "stop", ("reason", "decommission"), None),
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
        ({"metric": "between"}, "operate", ("confirm_by",), TARGET_ON),
        ({"metric": "between", "is_outside": True}, "operate", ("confirm_by",), IN_35_DAYS),
        ({}, "operate", (), None),
        ({"is_outside": True}, "operate", ("confirm_by",), IN_35_DAYS),
    ],
)
def test_the_first_row_that_holds(
    end: dict[str, Any], verdict: str | None, wanted: tuple[str, ...], by: date | None
) -> None:
    found = suggest_verdict(ClosingFacts(**{**DONE, **end}), ON, TARGET_ON)
    assert (found.verdict, found.wanted, found.by) == (verdict, wanted, by)


def test_ten_working_days_are_monday_to_friday() -> None:
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
def test_delivered_is_all_points_all_claims_and_no_promise_open(
    changes: dict[str, Any], is_delivered: bool
) -> None:
    found, closing = closed("lead")
    end = closing_facts(found, closing.model_copy(update=changes))
    assert end.is_delivered is is_delivered
    assert end.is_handover_open is ("handover_open" in changes)


def test_records_up_to_the_day_of_the_closing_count() -> None:
    found = sprint("lead")
    before = measure_progress(found.document, found.checkins, date(2026, 3, 26), amendments=found.amendments)
    assert not closing_facts(before, found.closing).is_delivered


def test_operating_against_a_suggested_stop_wants_a_reason() -> None:
    found, closing = closed("referral")
    suggestion = suggest_verdict(closing_facts(found, closing), closing.on)
    against = closing.model_copy(update={"verdict": "operate"})
    assert is_overruled(suggestion, against)
    assert [problem.code for problem in missing_in_closing(suggestion, against)] == ["overrules"]
    reasoned = against.model_copy(update={"reason": "the fax line is replaced on Monday"})
    assert missing_in_closing(suggestion, reasoned) == []
    assert not is_overruled(suggestion, closing)


def test_a_stop_is_always_open_and_what_goes_with_a_suggestion_is_asked_for() -> None:
    found, closing = closed("lead")
    suggestion = suggest_verdict(closing_facts(found, closing), closing.on, TARGET_ON)
    assert missing_in_closing(suggestion, closing.model_copy(update={"verdict": "stop", "confirm_by": None})) == []
    assert [one.code for one in missing_in_closing(suggestion, closing.model_copy(update={"confirm_by": None}))] == [
        "asked"
    ]
    late = closing.model_copy(update={"confirm_by": date(2026, 9, 1)})
    assert [one.code for one in missing_in_closing(suggestion, late)] == ["asked"]
    stop = suggest_verdict(ClosingFacts(False, "between"), ON)
    assert [
        one.message.split(" ")[0] for one in missing_in_closing(stop, closing.model_copy(update={"verdict": "stop"}))
    ] == ["reason"]
