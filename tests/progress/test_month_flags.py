"""The monthly reviews of operation: each flag with its figures, what is due, and whether operation is confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_strict
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.progress.month_flags import FLAGS
from sprintkit.progress.operating_words import confirmation_sentence, operating_sentence
from sprintkit.progress.operation import Confirmation, Operation, operation_on
from sprintkit.records.calendar import first_day, is_month, month_after, month_of, months_between
from sprintkit.records.closing import Closing
from sprintkit.records.parsing import parse_record
from sprintkit.records.review import Review
from tests.records.helpers import example_sprint, small_charter

CLOSED_ON = date(2026, 3, 27)
MONTHS = ("2026-04", "2026-05", "2026-06", "2026-07", "2026-08")
CALM: dict[str, Any] = {
    "metric": 40.0, "guardrails": {"hours": 8.0, "margin": 30.0}, "cases": 100, "automatic_share_pct": 60.0,
    "overrides_pct": 4.0, "users_active": 10, "held_open": 3, "held_oldest_days": 5, "checks_failed": 0,
    "incidents": 0, "cost_actual": 900.0, "decision": "continue", "decided_by": "olga",
}  # fmt: skip
"""A month without a flag for `charter_with_ten_users`."""


def charter_with_ten_users(**budget: int) -> Charter:
    """`small_charter` with ten users: target 40, stop line 80, hours at most 10 (displacement), margin at least 20."""
    users = [{"role": "clerk", "headcount": 10}]
    return parse_strict(small_charter(use_case={"statement": "x", "users": users}, budget=budget))


def closing(on: date = CLOSED_ON, verdict: str = "operate", **fields: Any) -> Closing:
    document = {
        "on": on, "verdict": verdict, "decided_by": "ann", "acceptance_met": [True], "readiness_open": [],
        "handover_open": [], "cost_actual": 1.0, "lesson": "x", **fields,
    }  # fmt: skip
    return parse_record(Closing, document)


def reviews(*changes: dict[str, Any]) -> list[Review]:
    """Reviews from April on, one for each of `changes` to a calm month."""
    return [
        parse_record(Review, {"month": month, **CALM, **change})
        for month, change in zip(MONTHS, changes, strict=False)
    ]


def operation_with(
    written: list[Review],
    day: date | None = None,
    charter: Charter | None = None,
    settings: Settings = DEFAULT_SETTINGS,
    **fields: Any,
) -> Operation:
    """The operation on a day, by default the first day of the last review's month."""
    day = day or first_day(written[-1].month)
    operation = operation_on(charter or charter_with_ten_users(), [closing(**fields)], written, day, settings)
    assert operation is not None
    return operation


def flags_of(operation: Operation) -> list[list[str]]:
    return [month.flag_names for month in operation.months]


def test_the_lead_example_reaches_its_target_in_its_second_month_and_is_confirmed() -> None:
    sprint = example_sprint("lead")

    def on(day: date) -> Operation:
        operation = operation_on(sprint.charter, [sprint.closing], sprint.reviews, day)
        assert operation is not None
        return operation

    april, may = on(date(2026, 4, 30)), on(date(2026, 5, 29))
    assert [(month.month, month.metric_state, month.flags) for month in may.months] == [
        ("2026-04", "between", ()),
        ("2026-05", "reached", ()),
    ]
    assert [review.metric for review in sprint.reviews] == [54.0, 48.0]
    assert april.open_confirm_by == date(2026, 5, 29) and len(april.months) == 1
    assert may.open_confirm_by is None
    assert may.confirmation is not None
    assert (may.confirmation.month, may.confirmation.metric_state) == ("2026-05", "reached")


@pytest.mark.parametrize(
    ("changes", "flags", "about", "message"),
    [
        ([{"metric": 81.0}], [], None, ""),
        ([{"metric": 81.0}, {"metric": 80.0}], [], None, ""),
        ([{"metric": 81.0}, {"metric": 80.5}], ["stop due"], None, "80.5 minutes in May 2026, after 81 in April 2026"),
        ([{"guardrails": {"hours": 11.0}}], [], None, ""),
        ([{"guardrails": {"hours": 11.0}}, {"guardrails": {"hours": 10.0}}], [], None, ""),
        ([{"guardrails": {"hours": 11.0}}, {"guardrails": {"hours": 12.0}}], ["displaced"], "hours", "reads 12 in May"),
        ([{"guardrails": {"margin": 11.0}}, {"guardrails": {"margin": 12.0}}], [], None, ""),
        ([{"guardrails": {"hours": 11.0}}, {}, {"guardrails": {"hours": 12.0}}], [], None, ""),
        ([{"users_active": 5}], [], None, ""),
        ([{"users_active": 4}], ["deserted"], "users_active", "4 of 10 users used it in April 2026"),
        ([{}, {"automatic_share_pct": 40.1}], [], None, ""),
        ([{}, {"automatic_share_pct": 40.0}], ["deserted"], "automatic_share_pct", "from 60% in April 2026"),
        ([{"automatic_share_pct": 0.3}, {"automatic_share_pct": 0.2}], ["deserted"], "automatic_share_pct", "0.2%"),
        ([{"automatic_share_pct": 0.0}, {"automatic_share_pct": 0.0}], [], None, ""),
        ([{"held_oldest_days": 6}], ["pile-up"], "held_oldest_days", "waited 6 days in April 2026, more than 5."),
        ([{"held_open": held} for held in (1, 2, 3)], [], None, ""),
        ([{"held_open": held} for held in (1, 2, 2, 3)], [], None, ""),
        ([{"held_open": held} for held in (1, 2, 3, 4)], ["pile-up"], "held_open", "three months running: 1, 2, 3, 4."),
        ([{}, {}, {"overrides_pct": 6.0}], [], None, ""),
        ([{}, {}, {"overrides_pct": 6.1}], ["drift"], None, "6.1% of the results in June 2026, more than 1.5 times"),
        ([{"overrides_pct": 0.1}, {"overrides_pct": 0.2}, {"overrides_pct": 0.225}], [], None, ""),
        ([{}, {"overrides_pct": 12.1}], ["drift"], None, "the mean of 8.05%"),
    ],
)  # fmt: skip
def test_each_flag_has_its_exact_limit(
    changes: list[dict[str, Any]], flags: list[str], about: str | None, message: str
) -> None:
    operation = operation_with(reviews(*changes))
    latest = operation.latest
    assert latest is not None
    assert latest.flag_names == flags, latest.flags
    if flags:
        (flag,) = latest.flags
        assert flag.about == about and message in flag.message, flag.message
        assert flag.remedy and flag.short_message


@pytest.mark.parametrize(("funded", "is_flagged"), [(4, False), (3, True), (1, True), (None, False)])
def test_fewer_than_three_funded_months_left_is_a_flag(funded: int | None, is_flagged: bool) -> None:
    charter = charter_with_ten_users(**({} if funded is None else {"operations_months_funded": funded}))
    operation = operation_with(reviews({}), charter=charter)
    assert flags_of(operation) == [["unfunded"] if is_flagged else []]
    if funded == 3:
        assert operation.months[0].flags[0].message == (
            "3 months of operating are funded from the closing on 27 March 2026; 2 are left after April 2026, fewer "
            "than 3."
        )


@pytest.mark.parametrize(
    ("day", "due", "flags"),
    [
        (date(2026, 3, 27), None, []),
        (date(2026, 4, 30), None, []),
        (date(2026, 5, 1), "2026-04", []),
        (date(2026, 5, 7), "2026-04", []),
        (date(2026, 5, 8), "2026-04", [["unowned"]]),
        (date(2026, 6, 8), "2026-04", [["unowned"], ["unowned"]]),
    ],
)
def test_a_month_without_a_review_is_due_then_unowned(
    day: date, due: str | None, flags: list[list[str]]
) -> None:
    operation = operation_with([], day)
    assert (operation.due_month, flags_of(operation)) == (due, flags)
    assert operation.next_month == "2026-04"


def test_a_missing_month_between_two_reviews_is_unowned_and_breaks_a_run() -> None:
    april, _, june = reviews({"metric": 90.0}, {}, {"metric": 90.0})
    operation = operation_with([april, june], date(2026, 6, 30))
    assert [(month.month, month.flag_names) for month in operation.months] == [
        ("2026-04", []),
        ("2026-05", ["unowned"]),
        ("2026-06", []),
    ]
    assert operation.next_month == operation.due_month == "2026-05"


def test_an_owner_who_is_not_among_the_people_is_a_flag_of_the_last_month_only() -> None:
    charter = charter_with_ten_users()
    charter = charter.model_copy(update={"owner": charter.owner.model_copy(update={"person": "gone"})})
    operation = operation_with(reviews({}, {}), charter=charter)
    assert flags_of(operation) == [[], ["unowned"]]
    assert operation.months[1].flags[0].about == "owner"


@pytest.mark.parametrize(
    ("metric", "flags", "state", "open_by"),
    [
        (40.0, [], "reached", None),
        (60.0, [], "not_measured", date(2026, 7, 30)),
        (81.0, ["stop due"], "past", None),
    ],
)
def test_the_metric_is_judged_again_at_confirm_by(
    metric: float, flags: list[str], state: str, open_by: date | None
) -> None:
    operation = operation_with(reviews({"metric": metric}), confirm_by=date(2026, 4, 30))
    assert flags_of(operation) == [flags]
    assert operation.confirmation is not None
    assert (operation.confirmation.metric_state, operation.open_confirm_by) == (state, open_by)
    assert operation.confirmation.is_extended == (open_by is not None)


def test_a_reading_between_the_lines_adds_a_quarter_and_keeps_the_last_day_of_a_month() -> None:
    operation = operation_with(reviews({"metric": 60.0}), confirm_by=date(2026, 4, 1), on=date(2026, 3, 1))
    assert operation.open_confirm_by == date(2026, 7, 1)
    november = parse_record(Review, {"month": "2026-11", **CALM, "metric": 60.0})
    operation = operation_with([november], confirm_by=date(2026, 11, 30))
    assert operation.open_confirm_by == date(2027, 2, 28)
    last = parse_record(Review, {"month": "9999-12", **CALM, "metric": 60.0})
    assert operation_with([last], date.max, confirm_by=date.max, on=date(9999, 11, 1)).open_confirm_by is None


def test_a_target_not_reached_after_one_more_quarter_makes_a_stop_due() -> None:
    between = {"metric": 60.0}
    april, august = date(2026, 4, 30), date(2026, 7, 30)
    written = reviews(between, between, between, between)
    operation = operation_with(written, confirm_by=april)
    assert flags_of(operation) == [[], [], [], ["stop due"]]
    assert operation.confirmation == Confirmation(august, "2026-07", "between", is_extended=True)
    assert (operation.open_confirm_by, operation.is_stop_due) == (None, True)
    (flag,) = operation.months[-1].flags
    assert flag.message == (
        "The metric reads 60 minutes in July 2026, and the target is still not reached: it was to be confirmed by "
        "30 July 2026, after one more quarter."
    )


@pytest.mark.parametrize(
    ("changes", "day", "fields", "sentence"),
    [
        ([], date(2026, 5, 29), {"confirm_by": date(2026, 5, 29)}, "{0}, to be confirmed by 29 May 2026."),
        ([{}], date(2026, 5, 30), {"confirm_by": date(2026, 5, 29)},
         "{0}, overdue: it was to be confirmed by 29 May 2026."),
        ([{}], date(2026, 5, 30), {"confirm_by": date(2026, 4, 29)}, "{0}, confirmed in April 2026."),
        ([{"metric": 60.0}], date(2026, 5, 30), {"confirm_by": date(2026, 4, 29)},
         "{0}, to be confirmed by 29 July 2026, after one more quarter."),
        ([{"metric": 60.0}], date(2026, 7, 30), {"confirm_by": date(2026, 4, 29)},
         "{0}, overdue: it was to be confirmed by 29 July 2026, after one more quarter."),
        ([{"metric": 60.0}] * 4, date(2026, 7, 30), {"confirm_by": date(2026, 4, 29)},
         "{0}, not confirmed, with the target not reached in July 2026, after one more quarter: a stop is due ({1})."),
        ([{"metric": 81.0}], date(2026, 5, 30), {"confirm_by": date(2026, 4, 29)},
         "{0}, not confirmed, with the metric past its stop line in April 2026: a stop is due ({1})."),
        ([{}, {"metric": 81.0}, {"metric": 82.0}], date(2026, 6, 30), {"confirm_by": date(2026, 4, 29)},
         "{0}, confirmed in April 2026: a stop is due ({1})."),
        ([{}, {"decision": "stop"}], date(2026, 5, 30), {"confirm_by": date(2026, 5, 29)},
         "{0} until it is closed: the review of May 2026 decided to stop ({1})."),
        ([], date(2026, 4, 10), {"decide_by": date(2026, 4, 10)}, "{0} for now, to be decided by 10 April 2026."),
        ([], date(2026, 4, 11), {"decide_by": date(2026, 4, 10)},
         "{0} for now: overdue, it was to be decided by 10 April 2026 ({1})."),
        ([{}], date(2026, 4, 30), {}, "{0}."),
    ],
)  # fmt: skip
def test_one_sentence_describes_the_operation(
    changes: list[dict[str, Any]], day: date, fields: dict[str, Any], sentence: str
) -> None:
    operation = operation_with(reviews(*changes), day, **fields)
    assert operating_sentence(operation, "lead") == sentence.format(
        "Operated by its owner", "sprintkit close lead"
    )


def test_confirmation_is_not_praised_while_a_stop_is_due_or_decided() -> None:
    by = date(2026, 4, 29)
    assert (
        confirmation_sentence(operation_with(reviews({}), confirm_by=by))
        == "Confirmed in April 2026: the target is reached."
    )
    past = reviews({}, {"metric": 81.0}, {"metric": 82.0})
    assert confirmation_sentence(operation_with(past, confirm_by=by)) == ""
    assert confirmation_sentence(operation_with(reviews({"decision": "stop"}), confirm_by=by)) == ""
    assert confirmation_sentence(operation_with(reviews({}))) == ""


def test_a_review_that_stops_waits_for_a_closing_after_which_nothing_is_due() -> None:
    written = reviews({}, {"decision": "stop"})
    charter, day = charter_with_ten_users(), date(2026, 8, 1)
    operation = operation_on(charter, [closing()], written, day)
    assert operation is not None and operation.stop_month == "2026-05" and not operation.is_over
    stopped = operation_on(charter, [closing(date(2026, 6, 3), "stop"), closing()], written, day)
    assert stopped is not None and stopped.is_over
    assert (stopped.stop_month, stopped.due_month, flags_of(stopped)) == (None, None, [[], []])


def test_a_sprint_that_was_never_operated_has_no_months() -> None:
    assert operation_on(charter_with_ten_users(), [], reviews({}), date(2026, 5, 1)) is None
    assert (
        operation_on(charter_with_ten_users(), [closing(verdict="stop")], reviews({}), date(2026, 5, 1))
        is None
    )
    assert operation_on(charter_with_ten_users(), [closing()], reviews({}), date(2026, 3, 26)) is None


def test_every_limit_is_a_setting_of_the_workspace() -> None:
    written = reviews({}, {})
    strict = Settings(
        active_users_pct=101.0, held_days=4, override_factor=0.5, funded_months_left=12, review_days=0
    )
    operation = operation_with(
        written, date(2026, 7, 1), charter_with_ten_users(operations_months_funded=12), strict
    )
    expected = ["deserted", "pile-up", "drift", "unfunded"]
    assert flags_of(operation)[1:] == [expected, ["unowned"]]
    assert [rule.code for rule in FLAGS if rule.code in expected] == expected


figures = st.fixed_dictionaries(
    {
        "metric": st.sampled_from([30.0, 60.0, 90.0]),
        "users_active": st.integers(0, 12),
        "held_open": st.integers(0, 5),
        "held_oldest_days": st.integers(0, 8),
        "overrides_pct": st.sampled_from([1.0, 4.0, 20.0]),
        "automatic_share_pct": st.sampled_from([0.0, 30.0, 60.0]),
        "decision": st.sampled_from(["continue", "adjust", "retrain", "stop"]),
    }
)


@given(changes=st.lists(figures, min_size=2, max_size=5), day=st.integers(0, 160), data=st.data())
def test_reviewing_never_changes_the_status_of_an_earlier_day_or_the_flags_of_an_earlier_month(
    changes: list[dict[str, Any]], day: int, data: st.DataObject
) -> None:
    written = reviews(*changes)
    last = written[-1]
    earlier_day = min(CLOSED_ON + timedelta(days=day), first_day(last.month) - timedelta(days=1))
    known = data.draw(st.permutations(written))
    without = [review for review in known if review is not last]
    charter, closings = charter_with_ten_users(), [closing(confirm_by=date(2026, 5, 29))]
    assert operation_on(charter, closings, known, earlier_day) == operation_on(
        charter, closings, without, earlier_day
    )
    later = operation_on(charter, closings, known, first_day(last.month))
    before = operation_on(charter, closings, without, first_day(last.month))
    assert later is not None and before is not None
    assert later.months[: len(before.months)] == before.months


def test_months_are_counted_over_years() -> None:
    assert month_after("2026-11", 2) == "2027-01" and month_after("2027-01", -1) == "2026-12"
    assert months_between("2026-11", "2027-02") == 3 and months_between("2027-02", "2026-11") == -3
    assert month_of(date(2026, 4, 30)) == "2026-04" and first_day(month_after("9999-12")) == date.max
    assert is_month("2026-04") and not any(
        map(is_month, ("2026-13", "2026-4", "0000-01", "2026-04\n", "٢٠٢٦-٠٤"))
    )
