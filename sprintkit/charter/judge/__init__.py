"""The judge: tells a weak answer from a strong one by what thousands of both look like.

A linear model over letters, words and form, trained by `make judge`. It decides nothing: ANS-001 reports its verdict as
advice, on answers that no other rule reports.
"""

from __future__ import annotations

from typing import NamedTuple

from sprintkit.charter.judge.features import MAX_CHARACTERS
from sprintkit.charter.judge.score import (
    ENGLISH,
    OTHER_LANGUAGES,
    judge_version,
    likeliest_kind,
    load_weights,
    score,
)
from sprintkit.charter.judge_setting import DEFAULT_JUDGE_SETTING, JudgeSetting


class WordWeight(NamedTuple):
    """The weight of one word of an answer."""

    word: str
    weight: float
    """How much weaker the answer is with the word than without it; below 0 if the word makes it stronger."""


def find_weakness(
    topic: str, text: str, setting: JudgeSetting = DEFAULT_JUDGE_SETTING, language: str | None = None
) -> str | None:
    """The kind of weakness of an answer (`generic`, `group`, …), or None if it is not weak under `setting`.

    `language` is the code of the charter's language, or None if it is unknown.
    """
    threshold = score_threshold(setting, language)
    if threshold is None or score(topic, text) < threshold:
        return None
    return likeliest_kind(topic, text)


def score_threshold(setting: JudgeSetting, language: str | None = None) -> float | None:
    """The score from which an answer in a language counts as weak; None if the judge is off."""
    if setting == "off":
        return None
    return load_weights().thresholds[setting][ENGLISH if language in (None, "en") else OTHER_LANGUAGES]


def word_weights(topic: str, text: str) -> list[WordWeight]:
    """The words of an answer that the judge reads, in order, each with its weight."""
    words = " ".join(text.split())[:MAX_CHARACTERS].split(" ")
    whole = score(topic, " ".join(words))
    return [
        WordWeight(word, whole - score(topic, " ".join(words[:index] + words[index + 1 :])))
        for index, word in enumerate(words)
    ]


__all__ = [
    "DEFAULT_JUDGE_SETTING",
    "JudgeSetting",
    "WordWeight",
    "find_weakness",
    "judge_version",
    "load_weights",
    "score",
    "score_threshold",
    "word_weights",
]
