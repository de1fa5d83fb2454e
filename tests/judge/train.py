"""Trains the judge: writes `sprintkit/charter/judge/weights.txt` and `tests/judge/figures.md`.

    make judge

Needs scikit-learn (`pip install -e '.[judge]'`) and takes a minute. With the same versions of the libraries it writes
the same bytes on any machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from sprintkit.charter.judge.score import (
    ENGLISH,
    OTHER_LANGUAGES,
    SCALE,
    WEIGHTS_FILE,
    Families,
    Weights,
    format_weights,
)
from tests.judge.answers import REALISTIC, Answer, training_answers
from tests.judge.figures import FIGURES_FILE, CrossValidated, figures_text
from tests.judge.fitting import REGULARISATION, Array, Feature, Vocabulary, features_of, fit, round_weights

FOLDS: Final = 10
REALISTIC_PARTS: Final = 40
"""Into how many parts the realistic answers are split for cross-validation, since their trades are not known."""
LEFT_ALONE: Final = {"calm": 0.995, "strict": 0.985}
"""By setting, the share of cross-validated strong answers to leave alone. The thresholds follow from it.

In English these are the realistic answers. They were written to provoke false alarms of the rules, so even more of the
everyday answers are left alone. In other languages these are the strong answers in `answers/`, which are harder still:
most are paired with a weak one that differs by a word. The answers in `tests/examples/answers.toml` are for measuring.
"""
SMALLEST_WEIGHT: Final = 0.15
KIND_FAMILIES: Final = ("words", "ends", "form", "topic")
KIND_SMALLEST_WEIGHT: Final = 0.3
KIND_REGULARISATION: Final = 2.0


def main() -> None:
    """Train, cross-validate, and write both files."""
    answers = training_answers()
    features = [features_of(answer) for answer in answers]
    weights, bias = _train(answers, features)
    kind_bias, kind_features = _train_kinds(answers, features)
    scores = _cross_validate(answers, features)
    strong = [(answer, score) for answer, score in zip(answers, scores, strict=True) if not answer.is_weak]
    realistic = [score for answer, score in strong if answer.trade == REALISTIC]
    others = [score for answer, score in strong if answer.language != "en"]
    trained = Weights(
        version="",
        bias=bias,
        thresholds={
            setting: {
                ENGLISH: round(float(np.quantile(realistic, share)), 2),
                OTHER_LANGUAGES: round(float(np.quantile(others, share)), 2),
            }
            for setting, share in LEFT_ALONE.items()
        },
        features=_by_family(weights),
        kind_bias=kind_bias,
        kind_features=kind_features,
    )
    digest = hashlib.sha256(format_weights(trained).encode()).hexdigest()
    trained = replace(trained, version=f"1-{digest[:8]}")
    WEIGHTS_FILE.write_text(format_weights(trained), "utf-8", newline="\n")
    written = [index for index, answer in enumerate(answers) if answer.is_written]
    area = roc_auc_score([answers[index].is_weak for index in written], [scores[index] for index in written])
    cross_validated = CrossValidated(answers, scores, float(area))
    Path(FIGURES_FILE).write_text(figures_text(trained, cross_validated), "utf-8", newline="\n")
    print(
        f"{trained.version}: {len(weights)} weights, {WEIGHTS_FILE.stat().st_size // 1024} KB, AUC {area:.4f}"
    )


def _train(
    answers: Sequence[Answer], features: Sequence[dict[Feature, float]]
) -> tuple[dict[Feature, int], int]:
    """The rounded weight of each feature whose weight is not 0, and the bias."""
    vocabulary = Vocabulary(answers, features)
    targets = np.array([1.0 if answer.is_weak else -1.0 for answer in answers])
    costs = REGULARISATION * np.array([float(answer.weight) for answer in answers])
    weights = fit(vocabulary.matrix(features), targets, costs)
    return _rounded_by_name(vocabulary, weights, SMALLEST_WEIGHT)


def _train_kinds(
    answers: Sequence[Answer], features: Sequence[dict[Feature, float]]
) -> tuple[dict[str, int], dict[str, Families]]:
    """For each kind of weakness its bias, and the rounded weights that distinguish it from the other kinds."""
    chosen = [index for index, answer in enumerate(answers) if answer.kind]
    weak = [answers[index] for index in chosen]
    wordy = [
        {feature: value for feature, value in features[index].items() if feature[0] in KIND_FAMILIES}
        for index in chosen
    ]
    vocabulary = Vocabulary(weak, wordy)
    matrix = vocabulary.matrix(wordy)
    costs = np.full(len(weak), KIND_REGULARISATION)
    biases: dict[str, int] = {}
    weights_by_kind: dict[str, Families] = {}
    for kind in sorted({answer.kind for answer in weak}):
        targets = np.array([1.0 if answer.kind == kind else -1.0 for answer in weak])
        weights = fit(matrix, targets, costs)
        rounded, biases[kind] = _rounded_by_name(vocabulary, weights, KIND_SMALLEST_WEIGHT)
        weights_by_kind[kind] = _by_family(rounded)
    return biases, weights_by_kind


def _by_family(weights: Mapping[Feature, int]) -> Families:
    families: dict[str, dict[str, int]] = {}
    for (family, name), weight in weights.items():
        families.setdefault(family, {})[name] = weight
    return families


def _rounded_by_name(
    vocabulary: Vocabulary, weights: Array, smallest: float
) -> tuple[dict[Feature, int], int]:
    """The rounded weight of each feature whose weight is not 0, and the bias, which is the last weight."""
    *rounded, bias = round_weights(weights, smallest, SCALE)
    return {name: weight for name, weight in zip(vocabulary.names, rounded, strict=True) if weight}, bias


def _cross_validate(answers: Sequence[Answer], features: Sequence[dict[Feature, float]]) -> list[float]:
    """The score of each answer under rounded weights that were trained without its trade."""
    groups = [
        f"{answer.trade} {index % REALISTIC_PARTS}" if answer.trade == REALISTIC else answer.trade
        for index, answer in enumerate(answers)
    ]
    scores = [0.0] * len(answers)
    for known, unknown in GroupKFold(FOLDS).split(answers, groups=groups):
        weights, bias = _train([answers[index] for index in known], [features[index] for index in known])
        for index in unknown:
            total = sum(value * weights.get(name, 0) for name, value in sorted(features[index].items()))
            scores[index] = (bias + total) / SCALE
    return scores


if __name__ == "__main__":
    main()
