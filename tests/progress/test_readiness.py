"""The readiness score, with its worked numbers."""

from __future__ import annotations

import pytest

from sprintkit.charter.settings import Settings
from sprintkit.progress.readiness import compute_readiness, readiness_band
from sprintkit.records.readiness import AREAS, ReadinessScores


def readiness_scores(*areas: list[float]) -> ReadinessScores:
    """A score for every question, given as five scores for each area."""
    scored_areas = zip(AREAS, areas, strict=True)
    return ReadinessScores(
        **{
            name: float(value)
            for area, values in scored_areas
            for name, value in zip(area.question_ids, values, strict=True)
        }
    )


WORKED = readiness_scores(
    [1, 0.5, 0.5, 0, 1], [0.5, 0.5, 0, 1, 0], [1, 1, 0.5, 1, 0.5], [1, 0.5, 1, 1, 1], [0.5, 1, 0.5, 0, 1]
)


def test_the_worked_example_has_its_score() -> None:
    score = compute_readiness(WORKED)
    assert score.as_dict() == {
        "areas": {"data": 60.0, "process": 40.0, "ownership": 80.0, "metric": 90.0, "last_mile": 60.0},
        "weighted": 62.88,
        "equal": 66.0,
        "weakest": "process",
        "weakest_score": 40.0,
        "band": "scope, but fix process first",
        "note": None,
        "scale": "first pass",
        "unanswered": 0,
    }
    assert score.band_equal == score.band


def test_the_first_of_equal_areas_is_the_weakest() -> None:
    assert compute_readiness(readiness_scores(*[[1, 1, 1, 0, 0]] * 5)).weakest == "data"
    assert compute_readiness(readiness_scores([1] * 5, *[[1, 1, 1, 0, 0]] * 4)).weakest == "process"


@pytest.mark.parametrize(
    ("weakest", "total", "expected"),
    [
        (24.9, 90, "not ready to scope"),
        (25, 90, "scope, but fix last mile first"),
        (49.9, 90, "scope, but fix last mile first"),
        (50, 59.9, "scope, but fix last mile first"),
        (50, 60, "ready to scope"),
        (69.9, 95, "ready to scope"),
        (70, 79.9, "ready to scope"),
        (70, 80, "ready to build"),
    ],
)
def test_the_weakest_area_and_the_total_decide_the_band(weakest: float, total: float, expected: str) -> None:
    assert readiness_band(weakest, total, "last_mile") == expected


def test_a_note_says_that_the_band_depends_on_the_weights() -> None:
    score = compute_readiness(
        readiness_scores([0.5] * 5, [0.5] * 5, [0.5] * 5, [1] * 5, [1, 1, 0.5, 0.5, 0.5])
    )
    assert (round(score.weighted, 1), score.equal) == (60.4, 64.0)
    assert score.note is None
    score = compute_readiness(readiness_scores([0.5] * 5, [0.5] * 5, [0.5] * 5, [1] * 5, [0.5] * 5))
    assert (round(score.weighted, 1), score.equal) == (56.4, 60.0)
    assert (score.band, score.band_equal) == ("scope, but fix data first", "ready to scope")
    assert score.note == "the band depends on the weights"


@pytest.mark.parametrize(
    ("weakest", "expected"),
    [
        ([0, 0, 0, 0, 0], "research project"),
        ([0.5, 0, 0, 0, 0], "serious holes"),
        ([1, 0, 0, 0, 0], "serious holes"),
        ([1, 1, 0, 0, 0], "first pass"),
        ([1, 1, 1, 0, 0], "reasonably tested"),
        ([1, 1, 1, 1, 1], "strong"),
    ],
)
def test_the_score_of_the_weakest_area_has_a_label(weakest: list[float], expected: str) -> None:
    assert compute_readiness(readiness_scores(weakest, *[[1] * 5] * 4)).scale == expected


def test_an_unanswered_question_counts_as_no() -> None:
    score = compute_readiness(ReadinessScores(deputy=1.0))
    assert (score.areas["ownership"], score.unanswered, score.band) == (20.0, 24, "not ready to scope")


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (WORKED, ("exceptions_counted", "differences_settled", "steps_written")),
        (
            readiness_scores([1] * 5, [1] * 5, [1, 1, 0.5, 1, 1], [1] * 5, [0.5, 1, 1, 0, 1]),
            ("fallback_tried", "place_known", "hours_agreed"),
        ),
        (readiness_scores([1] * 5, [1] * 5, [1] * 5, [1] * 5, [1, 1, 1, 1, 0.5]), ("way_to_say_wrong",)),
        (readiness_scores(*[[1] * 5] * 5), ()),
        (ReadinessScores(), ("live_rows_read", "defects_measured", "one_truth")),
    ],
)
def test_what_to_fix_first_is_in_the_weakest_area_and_each_no_comes_before_what_was_only_said(
    answered: ReadinessScores, expected: tuple[str, ...]
) -> None:
    assert compute_readiness(answered).fix_first == expected


def test_thresholds_come_from_the_settings() -> None:
    assert compute_readiness(WORKED, Settings(score_fix_first=30.0)).band == "ready to scope"
