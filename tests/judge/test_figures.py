"""How well the judge does on answers that it was not trained on, and that `figures.md` shows these figures."""

from __future__ import annotations

import pytest

from sprintkit.charter.judge import judge_version
from tests.judge.answers import training_answers, written_answers
from tests.judge.figures import FIGURES_FILE, MEASURED_HEADING, measured_lines, measured_shares
from tests.judge.measuring import samples

TARGETS = {
    "English": (0.85, 0.98),
    "English, public": (0.75, 0.97),
    "German, Spanish, French": (0.75, 0.97),
    "German, Spanish, French, public": (0.65, 0.97),
}
"""By group: the smallest share of weak answers to find, and of strong ones to leave alone."""


@pytest.mark.slow
def test_the_figures_belong_to_the_shipped_weights() -> None:
    text = FIGURES_FILE.read_text("utf-8")
    assert f"Weights {judge_version()}," in text
    assert text[text.index(MEASURED_HEADING) :].splitlines() == measured_lines(), "run `make judge`"


@pytest.mark.slow
def test_weak_answers_are_found_and_strong_ones_left_alone() -> None:
    measured = measured_shares("strict")
    for group, (found_target, clean_target) in TARGETS.items():
        weak, detected, strong, clean = measured[group]
        assert detected / weak >= found_target, group
        assert clean / strong >= clean_target, group


def test_no_measured_answer_was_trained_on() -> None:
    training_texts = {answer.text.casefold() for answer in written_answers()}
    assert [sample.value for sample in samples() if str(sample.value).casefold() in training_texts] == []


def test_there_are_enough_training_answers_of_enough_trades() -> None:
    answers = list(written_answers())
    assert len(answers) >= 2000
    assert len({answer.trade for answer in answers}) >= 60
    assert {answer.language for answer in answers} == {"en", "de", "es", "fr"}
    assert len({answer.kind for answer in answers if answer.is_weak}) >= 8
    assert len(training_answers()) > len(answers)


def test_no_training_answer_is_both_weak_and_strong() -> None:
    weak: set[tuple[str, str]] = set()
    strong: set[tuple[str, str]] = set()
    for answer in written_answers():
        (weak if answer.is_weak else strong).add((answer.topic, answer.text.casefold()))
    assert weak & strong == set()
