"""Every picture shows the same numbers as shapes and in words, whatever the numbers are."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sprintkit.documents import blocker_chart, charts
from sprintkit.documents.shapes import Picture
from sprintkit.documents.wording import english, load_wording

WORDING = english()
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


def _assert_inside(picture: Picture) -> None:
    """No shape leaves the picture, and every coordinate is a finite number."""
    for shape in picture["shapes"]:
        points = shape.get("points") or [
            (shape.get(x), shape.get(y)) for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2")) if x in shape
        ]
        for x, y in points:
            assert math.isfinite(x)
            assert math.isfinite(y)
            assert -1 <= x <= picture["width"] + 1, shape
            assert -1 <= y <= picture["height"] + 1, shape


@given(baseline=NUMBERS, stop_line=NUMBERS, target=NUMBERS)
def test_the_scale_draws_any_three_numbers(baseline: float, stop_line: float, target: float) -> None:
    picture = charts.draw_scale(
        baseline=baseline, stop_line=stop_line, target=target, unit="u", wording=WORDING
    )
    assert WORDING.format_number(stop_line) in picture["words"]
    _assert_inside(picture)


def test_the_scale_reads_from_baseline_to_target() -> None:
    for baseline, stop_line, target in ((95.0, 80.0, 50.0), (41.0, 48.0, 60.0)):
        picture = charts.draw_scale(
            baseline=baseline, stop_line=stop_line, target=target, unit="u", wording=WORDING
        )
        x_of = {shape["role"]: shape["x1"] for shape in picture["shapes"] if shape["kind"] == "line"}
        assert x_of["muted-mark"] < x_of["danger-mark"] < x_of["accent-mark"]
    assert picture["words"] == "Baseline 41, switched off at 48, target 60 u."


def test_labels_do_not_overlap() -> None:
    picture = charts.draw_scale(
        baseline=100.0, stop_line=99.0, target=98.0, unit="u", wording=WORDING, width=340.0
    )
    positions = sorted(
        shape["x"] for shape in picture["shapes"] if shape["role"] in ("muted", "danger", "accent")
    )
    assert all(right - left >= 60 for left, right in itertools.pairwise(positions))


def test_the_ruler_lists_each_week_in_words() -> None:
    marks = [
        charts.MilestoneMark("M1", 1),
        charts.MilestoneMark("M2", 1),
        charts.MilestoneMark("M3", 4, is_live=True),
    ]
    picture = charts.draw_ruler(
        weeks=6, start=date(2026, 2, 16), deadline=date(2026, 3, 27), marks=marks, wording=WORDING
    )
    assert picture["words"] == (
        "Week 1: M1, M2. Week 4: M3. It starts on 16 February 2026; the deadline is 27 March 2026."
    )
    texts = [shape["text"] for shape in picture["shapes"] if shape["kind"] == "text"]
    assert {"M1", "M2", "M3", "16 Feb", "deadline 27 Mar"} <= set(texts)
    _assert_inside(picture)


@pytest.mark.parametrize("weeks", [0, -3, 54, 10**9])
def test_a_plan_that_cannot_be_drawn_is_given_in_words(weeks: int) -> None:
    picture = charts.draw_ruler(
        weeks=weeks, start=None, deadline=None, marks=[charts.MilestoneMark("M1", 2)], wording=WORDING
    )
    assert not picture["given"]
    assert picture["words"] == "Week 2: M1."


@pytest.mark.parametrize("count", [1, 12])
def test_many_milestones_in_one_week_fit(count: int) -> None:
    marks = [charts.MilestoneMark(f"M{number}", 12) for number in range(count)]
    for width in (680.0, 340.0):
        picture = charts.draw_ruler(
            weeks=12, start=None, deadline=None, marks=marks, wording=WORDING, width=width
        )
        _assert_inside(picture)


SCALE = {"baseline": 95.0, "stop_line": 80.0, "target": 50.0, "unit": "u"}
RULER = {"weeks": 6, "start": date(2026, 2, 16), "deadline": None, "marks": [charts.MilestoneMark("M1", 2)]}


@pytest.mark.parametrize(("draw", "values"), [(charts.draw_scale, SCALE), (charts.draw_ruler, RULER)])
def test_a_scale_turns_with_a_document_that_is_read_from_right_to_left(
    draw: Callable[..., Picture], values: dict[str, Any]
) -> None:
    from_left = draw(**values, wording=WORDING)
    from_right = draw(**values, wording=load_wording({"words.json": '{"dir": "rtl"}'}))
    assert from_left["words"] == from_right["words"]
    for left, right in zip(from_left["shapes"], from_right["shapes"], strict=True):
        x = "x1" if left["kind"] == "line" else "x"
        width = left["width"] if left["kind"] == "rect" else 0
        assert left[x] + width + right[x] == pytest.approx(from_left["width"], abs=0.02)


def test_the_plan_is_labelled_where_it_ends_and_weeks_say_what_they_are() -> None:
    picture = charts.draw_points(
        weeks=6, planned=[0, 15, 35, 50, 70, 90, 100], earned=[0, 15, 20], wording=WORDING
    )
    labels = {shape["text"]: shape for shape in picture["shapes"] if shape["kind"] == "text"}
    assert labels["plan: 100"]["y"] < labels["50"]["y"], "beside the end of its line"
    assert "20 of 35" in labels and "week" in labels


def test_points_stay_level_until_they_are_earned() -> None:
    picture = charts.draw_points(
        weeks=6, planned=[0, 15, 35, 50, 70, 90, 100], earned=[0, 15, 20], wording=WORDING
    )
    assert picture["words"] == "Week 2: 35 points planned, 20 earned."
    earned = next(shape["points"] for shape in picture["shapes"] if shape["role"] == "earned")
    assert all(first[0] == second[0] or first[1] == second[1] for first, second in itertools.pairwise(earned))
    _assert_inside(picture)


@given(values=st.lists(NUMBERS, max_size=12), target=NUMBERS, baseline=NUMBERS)
@example(values=[], target=5e-324, baseline=5e-324)
def test_the_metric_draws_any_readings(values: list[float], target: float, baseline: float) -> None:
    readings = [charts.MetricPoint(float(week), value, week % 2 == 0) for week, value in enumerate(values, 1)]
    picture = charts.draw_metric(
        weeks=6,
        readings=readings,
        baseline=baseline,
        stop_line=None,
        target=target,
        unit="min",
        wording=WORDING,
    )
    assert ("Not read yet." in picture["words"]) == (not values)
    _assert_inside(picture)


def test_blockers_are_boxes_by_category() -> None:
    blockers = [
        blocker_chart.BlockerBox("data", True, 3),
        blocker_chart.BlockerBox("data", False, 0),
        blocker_chart.BlockerBox("last_mile", False, 0),
    ]
    picture = blocker_chart.draw_blockers(blockers=blockers, wording=WORDING)
    assert picture["words"] == "data: 1 open (age in weeks: 3), 1 closed. last mile: 1 closed."
    assert [shape["role"] for shape in picture["shapes"] if shape["kind"] == "rect"].count("open-box") == 1
    assert not blocker_chart.draw_blockers(blockers=[], wording=WORDING)["given"]
    closed = blocker_chart.draw_blockers(
        blockers=[blocker_chart.BlockerBox("data", False, 0)], wording=WORDING
    )
    assert not closed["given"] and closed["words"] == "data: 1 closed."
    _assert_inside(
        blocker_chart.draw_blockers(
            blockers=[blocker_chart.BlockerBox("data", True, 1)] * 60, wording=WORDING
        )
    )


def test_the_number_of_a_reading_is_clear_of_the_lines() -> None:
    readings = [charts.MetricPoint(week, value, True) for week, value in ((2, 97.0), (5, 90.0), (6, 61.0))]
    picture = charts.draw_metric(
        weeks=6, readings=readings, baseline=95.0, stop_line=80.0, target=50.0, unit="u", wording=WORDING
    )
    dots = [shape for shape in picture["shapes"] if shape["kind"] == "dot"][
        : len(readings)
    ]  # the key's follow
    numbers = [shape for shape in picture["shapes"] if shape["kind"] == "text" and shape["role"] == "strong"]
    line_ys = [
        shape["y1"]
        for shape in picture["shapes"]
        if shape["kind"] == "line" and shape["role"].endswith("-line")
    ]
    assert [shape["text"] for shape in numbers] == ["97", "90", "61"]
    first, middle, last = numbers
    assert middle["x"] > dots[1]["x"] + 8, "beside the slope, which would cross it above and below"
    assert first["y"] < dots[0]["y"] - 3
    assert last["y"] > dots[-1]["y"] + 3  # the curve comes from above
    for number in (first, last):
        assert not [y for y in line_ys if number["y"] - 9 < y < number["y"]]
