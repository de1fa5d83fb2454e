"""A landing is described in one way: as a week of the sprint, or as the time after the deadline."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from sprintkit.progress.health_words import describe_health
from sprintkit.progress.landing import (
    describe_landing,
    describe_landing_briefly,
    describe_shift,
    expected_landing,
    landing_at,
)
from sprintkit.progress.summary import forecast_sentences, metric_sentences
from sprintkit.records.checkin import CheckIn
from sprintkit.text.labels import HEALTH_MEANINGS
from tests.progress.test_health import READ, checkins_on_plan, progress_on
from tests.records.helpers import acceptances, checkin, friday


@pytest.mark.parametrize(
    ("moment", "words", "brief"),
    [
        (Fraction(21, 5), "in week 5", "week 5"),
        (5, "in week 5", "week 5"),
        (Fraction(0), "in week 1", "week 1"),
        (5.02, "1 day after the deadline", "1 day late"),
        (5.2, "2 days after the deadline", "2 days late"),
        (5.25, "half a week after the deadline", "half a week late"),
        (5.9, "1 week after the deadline", "1 week late"),
        (6.5, "1½ weeks after the deadline", "1½ weeks late"),
        (37.5, "32½ weeks after the deadline", "32½ weeks late"),
        (400, "over a year after the deadline", "over a year late"),
        (None, "never", "never"),
    ],
)
def test_a_landing_is_described_relative_to_the_deadline(
    moment: float | None, words: str, brief: str
) -> None:
    landing = landing_at(moment, 5)
    assert (describe_landing(landing), describe_landing_briefly(landing)) == (words, brief)


def test_the_landing_follows_the_pace_once_there_is_one() -> None:
    assert expected_landing(5.75, None, 1, 4) == landing_at(5.75, 4), "in week 1, if nothing slips"
    assert expected_landing(6.5, 20.0, 2, 5) == landing_at(20.0, 5)
    assert expected_landing(6.5, None, 2, 5) == landing_at(None, 5), "nothing is earned, so it never lands"
    assert expected_landing(None, None, 2, 5) is None and expected_landing(5.0, None, 0, 5) is None


def test_a_shift_is_described_without_its_direction() -> None:
    assert [describe_shift(weeks) for weeks in (1.5, -1.5, 1, 0.1)] == [
        "1½ weeks",
        "1½ weeks",
        "1 week",
        "1 day",
    ]


def test_the_meaning_of_on_track_follows_the_milestones_due_and_accepted() -> None:
    def meaning(as_of_week: int, planned: int, earned: int, next_due: tuple[str, int] | None) -> str:
        return describe_health(
            "on_track", as_of_week=as_of_week, planned=planned, earned=earned, next_due=next_due
        )

    assert meaning(1, 0, 0, ("P1", 2)) == "no milestone was due yet; the first, P1, is due in week 2"
    assert meaning(1, 20, 20, ("P2", 2)) == "lands in time if nothing slips"
    assert meaning(2, 40, 40, ("P3", 3)) == HEALTH_MEANINGS["on_track"]
    assert meaning(5, 100, 100, None) == "everything is accepted"


@pytest.mark.parametrize(("value", "is_worse"), [(91.0, True), (90.0, False), (70.0, False)])
def test_a_reading_worse_than_the_baseline_is_pointed_out(value: float, is_worse: bool) -> None:
    reading = {"value": value, "from": friday(2) - timedelta(days=3), "to": friday(2)}
    progress = progress_on(checkins_on_plan(2, metric=reading), friday(2))
    sentences = [sentence.text for sentence in metric_sentences(progress)]
    assert progress.health == "on_track"
    assert bool(sentences) is is_worse
    assert all("worse than the baseline of" in text for text in sentences)


@pytest.mark.parametrize(
    ("entries", "codes", "lands"),
    [
        (checkins_on_plan(2), [], ["in week 4 at the pace so far"]),
        (
            [checkin(1, accepted=acceptances("A")), checkin(2, **READ)],
            ["S1"],
            ["1 week after the deadline if nothing slips further"],
        ),
        ([checkin(1, **READ), checkin(2), checkin(3)], ["H1"], ["never at the pace so far"]),
    ],
)
def test_the_landing_in_a_reason_is_not_repeated(
    entries: list[CheckIn], codes: list[str], lands: list[str]
) -> None:
    progress = progress_on(entries, friday(len(entries)))
    assert [reason.code for reason in progress.reasons] == codes
    assert [sentence.text for sentence in forecast_sentences(progress) if sentence.label == "Lands"] == lands
