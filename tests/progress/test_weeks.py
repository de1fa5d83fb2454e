"""The three examples, on the day of every check-in and on the Monday after it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.progress.progress import measure_progress
from sprintkit.progress.weeks import Weeks
from tests.conftest import example_json
from tests.records.kit import small, sprint

ROWS = [
    pytest.param(name, row, id=f"{name}-{row['date']}")
    for name, rows in example_json("weeks")["sprints"].items()
    for row in rows
]


def test_all_weeks_are_there() -> None:
    assert len(ROWS) == 30


@pytest.mark.parametrize(("name", "row"), ROWS)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_figures_to_the_printed_digits_in_any_order_of_files(
    name: str, row: dict[str, Any], seed: int | None
) -> None:
    found = sprint(name)
    checkins, amendments = list(found.checkins), list(found.amendments)
    if seed is not None:
        random.Random(seed).shuffle(checkins)
        random.Random(seed).shuffle(amendments)
    told = measure_progress(
        found.document, checkins, date.fromisoformat(row["date"]), amendments=amendments
    ).as_dict()
    told["missing"] = told["missing_at_deadline"]
    told["reasons"] = [{"code": one["code"], "about": one["about"]} for one in told["reasons"]]
    expected = {key: value for key, value in row.items() if key != "date"}
    assert {key: told[key] for key in expected} == expected


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_the_categories_of_blockers_stand_in_the_order_they_surfaced(name: str) -> None:
    found = sprint(name)
    for row in example_json("weeks")["sprints"][name]:
        day = date.fromisoformat(row["date"])
        told = measure_progress(found.document, found.checkins, day, amendments=found.amendments).as_dict()
        assert list(told["blockers"]) == list(row["blockers"])


def test_the_shape_of_the_json() -> None:
    found = sprint("lead")
    told = measure_progress(found.document, found.checkins, date(2026, 2, 27)).as_dict()
    assert list(told) == [
        "week",
        "as_of_week",
        "weeks",
        "planned",
        "earned",
        "earned_schedule",
        "forecast_kind",
        "forecast_pace",
        "earned_schedule_at_deadline",
        "points_at_deadline",
        "missing_at_deadline",
        "health",
        "reasons",
        "blockers",
        "early_share",
        "next",
        "last_checkin",
    ]
    assert [list(reason) for reason in told["reasons"]] == [["code", "about", "message"]]
    assert told["next"] == {"id": "M3", "title": "live feeds pass their checks", "due_week": 2}
    assert told["last_checkin"] == date(2026, 2, 27)
    assert (told["weeks"], told["planned"]) == (6, 35)
    assert isinstance(told["planned"], int)


def test_without_a_timeline_there_are_no_figures() -> None:
    told = measure_progress(small(timeline={}), [], date(2026, 3, 6)).as_dict()
    assert {key: value for key, value in told.items() if value not in (None, [], {})} == {}


@pytest.mark.parametrize("weeks", [0, -3])
def test_a_length_that_is_none_counts_as_no_timeline(weeks: int) -> None:
    document = small()
    document["timeline"]["weeks"] = weeks
    assert measure_progress(document, [], date(2026, 3, 6)).week is None


@pytest.mark.parametrize(
    ("day", "week"),
    [(-8, 0), (-1, 0), (0, 1), (6, 1), (7, 2), (25, 4), (28, 5), (400, 58)],
)
def test_weeks_are_counted_from_the_start_and_0_before_it(day: int, week: int) -> None:
    start = date(2026, 3, 2)
    assert measure_progress(small(), [], start + timedelta(days=day)).as_dict()["week"] == week


@pytest.mark.parametrize("start", [date(2026, 3, 2) + timedelta(days=days) for days in range(7)])
@pytest.mark.parametrize("weekday", ["mon", "wed", "fri", "sun"])
def test_each_week_has_its_check_in_day_whatever_weekday_it_starts_on(start: date, weekday: str) -> None:
    document = small()
    document["timeline"] = {"start": start, "weeks": 3, "checkin_day": weekday}
    weeks = Weeks.of(parse_lenient(document).charter)
    assert weeks is not None
    for week in range(1, 4):
        day = weeks.checkin_on(week)
        assert weeks.week_of(day) == week
        assert f"{day:%a}".lower() == weekday
        assert not weeks.has_passed(week, day)
        assert weeks.has_passed(week, day + timedelta(days=1))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_no_day_is_too_far(day: date) -> None:
    for start in (date.min, date(2026, 3, 2), date.max):
        document = small()
        document["timeline"]["start"] = start
        measure_progress(document, [], day).as_dict()
