"""Pictures: the same numbers as shapes and as words, whatever the numbers are."""

from __future__ import annotations

import itertools
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sprintkit.documents import charts
from sprintkit.documents.wording import english

WORDS = english()
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


def _inside(drawn: dict[str, Any]) -> None:
    """Nothing leaves the picture, and everything is a plain finite number."""
    for shape in drawn["shapes"]:
        spots = shape.get("points") or [
            (shape.get(x), shape.get(y)) for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2")) if x in shape
        ]
        for x, y in spots:
            assert math.isfinite(x)
            assert math.isfinite(y)
            assert -1 <= x <= drawn["width"] + 1, shape
            assert -1 <= y <= drawn["height"] + 1, shape


@given(baseline=NUMBERS, stop_line=NUMBERS, target=NUMBERS)
def test_the_scale_draws_any_three_numbers(baseline: float, stop_line: float, target: float) -> None:
    drawn = charts.scale(baseline=baseline, stop_line=stop_line, target=target, unit="u", wording=WORDS)
    assert WORDS.number(stop_line) in drawn["words"]
    _inside(drawn)


def test_the_scale_reads_from_baseline_to_target() -> None:
    for baseline, stop_line, target in ((95.0, 80.0, 50.0), (41.0, 48.0, 60.0)):
        drawn = charts.scale(baseline=baseline, stop_line=stop_line, target=target, unit="u", wording=WORDS)
        place = {shape["role"]: shape["x1"] for shape in drawn["shapes"] if shape["kind"] == "line"}
        assert place["muted-mark"] < place["danger-mark"] < place["accent-mark"]
    assert drawn["words"] == "Baseline 41, switched off at 48, target 60 u."


def test_labels_keep_apart() -> None:
    drawn = charts.scale(baseline=100.0, stop_line=99.0, target=98.0, unit="u", wording=WORDS, width=340.0)
    places = sorted(shape["x"] for shape in drawn["shapes"] if shape["role"] in ("muted", "danger", "accent"))
    assert all(b - a >= 60 for a, b in itertools.pairwise(places))


def test_the_ruler_says_each_week_in_words() -> None:
    marks = [charts.Mark("M1", 1), charts.Mark("M2", 1), charts.Mark("M3", 4, is_live=True)]
    drawn = charts.ruler(
        weeks=6, start=date(2026, 2, 16), deadline=date(2026, 3, 27), marks=marks, wording=WORDS
    )
    assert drawn["words"] == "Week 1: M1, M2. Week 4: M3."
    said = [shape["text"] for shape in drawn["shapes"] if shape["kind"] == "text"]
    assert {"M1", "M2", "M3", "16 Feb", "deadline 27 Mar"} <= set(said)
    _inside(drawn)


@pytest.mark.parametrize("weeks", [0, -3, 54, 10**9])
def test_a_plan_that_cannot_be_drawn_is_said(weeks: int) -> None:
    drawn = charts.ruler(weeks=weeks, start=None, deadline=None, marks=[charts.Mark("M1", 2)], wording=WORDS)
    assert not drawn["given"]
    assert drawn["words"] == "Week 2: M1."


@pytest.mark.parametrize("count", [1, 12])
def test_twelve_milestones_of_one_week_fit(count: int) -> None:
    marks = [charts.Mark(f"M{at}", 12) for at in range(count)]
    for width in (680.0, 340.0):
        drawn = charts.ruler(weeks=12, start=None, deadline=None, marks=marks, wording=WORDS, width=width)
        _inside(drawn)


def test_points_stay_level_until_they_are_earned() -> None:
    drawn = charts.points(weeks=6, planned=[0, 15, 35, 50, 70, 90, 100], earned=[0, 15, 20], wording=WORDS)
    assert drawn["words"] == "Week 2: 35 points planned, 20 earned."
    earned = next(shape["points"] for shape in drawn["shapes"] if shape["role"] == "earned")
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(earned))
    _inside(drawn)


@given(values=st.lists(NUMBERS, max_size=12), target=NUMBERS, baseline=NUMBERS)
@example(values=[], target=5e-324, baseline=5e-324)
def test_the_metric_draws_any_readings(values: list[float], target: float, baseline: float) -> None:
    readings = [charts.Reading(float(at), value, at % 2 == 0) for at, value in enumerate(values, 1)]
    drawn = charts.metric(
        weeks=6,
        readings=readings,
        baseline=baseline,
        stop_line=None,
        target=target,
        unit="min",
        wording=WORDS,
    )
    assert ("Not read yet." in drawn["words"]) == (not values)
    _inside(drawn)


def test_blockers_are_boxes_by_kind() -> None:
    blocked = [
        charts.Blocked("data", True, 3),
        charts.Blocked("data", False, 0),
        charts.Blocked("last_mile", False, 0),
    ]
    drawn = charts.blockers(blocked=blocked, wording=WORDS)
    assert drawn["words"] == "data: 1 open (age in weeks: 3), 1 closed. last mile: 1 closed."
    assert [shape["role"] for shape in drawn["shapes"] if shape["kind"] == "rect"].count("open-box") == 1
    assert not charts.blockers(blocked=[], wording=WORDS)["given"]
    _inside(charts.blockers(blocked=[charts.Blocked("data", True, 1)] * 60, wording=WORDS))


def test_the_number_of_a_reading_stands_clear_of_the_lines() -> None:
    readings = [charts.Reading(week, value, True) for week, value in ((2, 97.0), (5, 90.0), (6, 61.0))]
    drawn = charts.metric(
        weeks=6, readings=readings, baseline=95.0, stop_line=80.0, target=50.0, unit="u", wording=WORDS
    )
    dots = [shape for shape in drawn["shapes"] if shape["kind"] == "dot"]
    numbers = [shape for shape in drawn["shapes"] if shape["kind"] == "text" and shape["role"] == "strong"]
    lines = [
        shape["y1"]
        for shape in drawn["shapes"]
        if shape["kind"] == "line" and shape["role"].endswith("-line")
    ]
    assert [shape["text"] for shape in numbers] == ["97", "90", "61"]
    first, last = numbers[0], numbers[-1]
    assert first["y"] < dots[0]["y"] - 3
    assert last["y"] > dots[-1]["y"] + 3  # the curve comes from above
    for number in (first, last):
        assert not [y for y in lines if number["y"] - 9 < y < number["y"]]
