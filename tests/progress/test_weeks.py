"""The progress of the three examples on the day of every check-in and on the Monday after it; and the weeks of any."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.weeks import Weeks
from tests.conftest import example_json
from tests.records.helpers import example_sprint, small_charter

ROWS = [
    pytest.param(name, row, id=f"{name}-{row['date']}")
    for name, rows in example_json("weeks")["sprints"].items()
    for row in rows
]


def test_the_examples_have_thirty_expected_days() -> None:
    assert len(ROWS) == 30


@pytest.mark.slow
@pytest.mark.parametrize(("name", "row"), ROWS)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_the_examples_have_their_expected_figures_whatever_the_order_of_files(
    name: str, row: dict[str, Any], seed: int | None
) -> None:
    sprint = example_sprint(name)
    checkins, amendments = list(sprint.checkins), list(sprint.amendments)
    if seed is not None:
        random.Random(seed).shuffle(checkins)
        random.Random(seed).shuffle(amendments)
    figures = measure_progress(
        sprint.document, checkins, date.fromisoformat(row["date"]), amendments=amendments
    ).as_dict()
    figures["missing"] = figures["missing_at_deadline"]
    figures["reasons"] = [{"code": reason["code"], "about": reason["about"]} for reason in figures["reasons"]]
    expected = {key: value for key, value in row.items() if key != "date"}
    assert {key: figures[key] for key in expected} == expected


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_blocker_categories_are_in_the_order_in_which_they_first_occur(name: str) -> None:
    sprint = example_sprint(name)
    for row in example_json("weeks")["sprints"][name]:
        day = date.fromisoformat(row["date"])
        figures = measure_progress(
            sprint.document, sprint.checkins, day, amendments=sprint.amendments
        ).as_dict()
        assert list(figures["blockers"]) == list(row["blockers"])


def test_the_json_has_its_keys_in_order() -> None:
    sprint = example_sprint("lead")
    figures = measure_progress(sprint.document, sprint.checkins, date(2026, 2, 27)).as_dict()
    assert list(figures) == [
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
    assert [list(reason) for reason in figures["reasons"]] == [["code", "about", "message"]]
    assert figures["next"] == {"id": "M3", "title": "live feeds pass their checks", "due_week": 2}
    assert figures["last_checkin"] == date(2026, 2, 27)
    assert (figures["weeks"], figures["planned"]) == (6, 35)
    assert isinstance(figures["planned"], int)


def test_without_a_timeline_every_figure_is_empty() -> None:
    figures = measure_progress(small_charter(timeline={}), [], date(2026, 3, 6)).as_dict()
    assert {key: value for key, value in figures.items() if value not in (None, [], {})} == {}


@pytest.mark.parametrize("weeks", [0, -3])
def test_an_invalid_length_counts_as_no_timeline(weeks: int) -> None:
    document = small_charter()
    document["timeline"]["weeks"] = weeks
    assert measure_progress(document, [], date(2026, 3, 6)).week is None


@pytest.mark.parametrize(
    ("day", "week"),
    [(-8, 0), (-1, 0), (0, 1), (6, 1), (7, 2), (25, 4), (28, 5), (400, 58)],
)
def test_weeks_are_counted_from_the_start_and_are_0_before_it(day: int, week: int) -> None:
    start = date(2026, 3, 2)
    assert measure_progress(small_charter(), [], start + timedelta(days=day)).as_dict()["week"] == week


@pytest.mark.parametrize("start", [date(2026, 3, 2) + timedelta(days=days) for days in range(7)])
@pytest.mark.parametrize("weekday", ["mon", "wed", "fri", "sun"])
def test_each_week_has_its_check_in_day_whatever_weekday_it_starts_on(start: date, weekday: str) -> None:
    document = small_charter()
    document["timeline"] = {"start": start, "weeks": 3, "checkin_day": weekday}
    weeks = Weeks.from_charter(parse_lenient(document).charter)
    assert weeks is not None
    for week in range(1, 4):
        day = weeks.checkin_on(week)
        assert weeks.week_of(day) == week
        assert f"{day:%a}".lower() == weekday
        assert weeks.last_due_week(day) == week - 1
        assert weeks.last_due_week(day + timedelta(days=1)) == week


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_last_day_of_the_calendar_raise_no_error(day: date) -> None:
    for start in (date.min, date(2026, 3, 2), date.max):
        document = small_charter()
        document["timeline"]["start"] = start
        measure_progress(document, [], day).as_dict()
