"""The trained weights, and the score of an answer under them.

`make judge` writes the weights from the answers in `tests/judge/answers`. They are whole numbers, so that the file is
the same on every machine, and loaded on first use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from sprintkit.charter.judge.features import feature_blocks

WEIGHTS_FILE: Final = Path(__file__).with_name("weights.txt")
SCALE: Final = 24
"""A weight of this size in the file is 1."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that training leaves behind."""

    version: str
    """Changes with any weight."""
    bias: int
    thresholds: Mapping[str, float]
    """By setting: the score from which an answer counts as weak."""
    features: Mapping[str, int]
    kind_bias: Mapping[str, int]
    kind_features: Mapping[str, Mapping[str, int]]
    """By kind of weakness: how much each feature speaks for it."""


def judge_version() -> str:
    """The version of the weights, without loading them."""
    with WEIGHTS_FILE.open(encoding="utf-8") as file:
        return str(json.loads(file.readline())["version"])


@cache
def load_weights() -> Weights:
    """The weights that sprintkit ships with."""
    header_line, _, body = WEIGHTS_FILE.read_text("utf-8").partition("\n")
    header = json.loads(header_line)
    sections = [_parse_section(section) for section in body.rstrip("\n").split("\n\n")]
    return Weights(
        version=header["version"],
        bias=header["bias"],
        thresholds=header["thresholds"],
        features=sections[0],
        kind_bias=header["kinds"],
        kind_features=dict(zip(header["kinds"], sections[1:], strict=True)),
    )


def _parse_section(section: str) -> dict[str, int]:
    cells = section.replace("\n", "\t").split("\t")
    return dict(zip(cells[::2], map(int, cells[1::2]), strict=True))


def format_weights(weights: Weights) -> str:
    """The weights as their file holds them: a header, then a line for each feature, a blank line before each kind."""
    header = {
        "version": weights.version,
        "bias": weights.bias,
        "thresholds": weights.thresholds,
        "kinds": weights.kind_bias,
    }
    sections = [weights.features, *weights.kind_features.values()]
    lines = ["\n".join(f"{name}\t{section[name]}" for name in sorted(section)) for section in sections]
    return json.dumps(header) + "\n" + "\n\n".join(lines) + "\n"


@lru_cache(maxsize=8192)
def score(topic: str, text: str) -> float:
    """How weak `text` is as an answer to the questions of `topic`: 0 if a strong one is as likely as a weak one."""
    return weigh(load_weights(), topic, text)


def weigh(weights: Weights, topic: str, text: str) -> float:
    """The score of an answer under some weights."""
    weight_of = weights.features.get
    total = float(weights.bias)
    for value, names in feature_blocks(topic, text):
        total += value * sum(filter(None, map(weight_of, names)))
    return total / SCALE


def likeliest_kind(topic: str, text: str) -> str:
    """What makes a weak answer weak: `generic`, `wish`, `group`, `vague`, …"""
    weights = load_weights()
    blocks = feature_blocks(topic, text)

    def kind_score(kind: str) -> float:
        weight_of = weights.kind_features[kind].get
        return weights.kind_bias[kind] + sum(
            value * sum(filter(None, map(weight_of, names))) for value, names in blocks
        )

    return max(weights.kind_features, key=kind_score)
