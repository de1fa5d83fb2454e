"""What the judge achieves on answers that it was not trained on, and that `figures.md` says so."""

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
"""By group: the least share of weak answers that are found, and of strong ones that are left alone."""


@pytest.mark.slow
def test_the_figures_are_those_of_the_shipped_weights() -> None:
    text = FIGURES_FILE.read_text("utf-8")
    assert f"Weights {judge_version()}," in text
    assert text[text.index(MEASURED_HEADING) :].splitlines() == measured_lines(), "run `make judge`"


@pytest.mark.slow
def test_weak_answers_are_found_and_strong_ones_left_alone() -> None:
    measured = measured_shares("strict")
    for group, (least_found, least_clean) in TARGETS.items():
        weak, detected, strong, clean = measured[group]
        assert detected / weak >= least_found, group
        assert clean / strong >= least_clean, group


def test_no_measured_answer_was_learned() -> None:
    learned = {(answer.topic, answer.text.casefold()) for answer in written_answers()}
    texts = {text for _, text in learned}
    shared = {str(sample.value) for sample in samples() if str(sample.value).casefold() in texts}
    assert shared == set()


def test_there_are_enough_training_answers_of_enough_trades() -> None:
    answers = list(written_answers())
    assert len(answers) >= 2000
    assert len({answer.trade for answer in answers}) >= 60
    assert {answer.language for answer in answers} == {"en", "de", "es", "fr"}
    kinds = {answer.kind for answer in answers if answer.is_weak}
    assert len(kinds) >= 8
    texts = [(answer.topic, answer.text) for answer in answers]
    conflicting = {(a.topic, a.text.casefold()) for a in answers if a.is_weak} & {
        (a.topic, a.text.casefold()) for a in answers if not a.is_weak
    }
    assert conflicting == set() and len(texts) > 0
    assert len(training_answers()) > len(answers)
