"""The trained weights, and the score of an answer under them.

`make judge` writes the weights from the answers in `tests/judge/answers`. They are whole numbers, so that the file is
the same on every machine, and loaded on first use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from sprintkit.charter.judge.features import FeatureBlock, feature_blocks

WEIGHTS_FILE: Final = Path(__file__).with_name("weights.txt")
SCALE: Final = 24
"""A weight of this size in the file is 1."""


ENGLISH: Final = "english"
OTHER_LANGUAGES: Final = "others"

Families = Mapping[str, Mapping[str, int]]
"""Weights by the family and the name of a feature."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The result of training."""

    version: str
    """Changes with any weight."""
    bias: int
    thresholds: Mapping[str, Mapping[str, float]]
    """By setting, then for `ENGLISH` and `OTHER_LANGUAGES`: the score from which an answer counts as weak."""
    features: Families
    """How strongly each feature points to a weak answer."""
    kind_bias: Mapping[str, int]
    kind_features: Mapping[str, Families]
    """By kind of weakness: how strongly each feature points to it."""


def judge_version() -> str:
    """The version of the weights, without loading them."""
    with WEIGHTS_FILE.open(encoding="utf-8") as file:
        return str(json.loads(file.readline())["version"])


@cache
def load_weights() -> Weights:
    """The weights that sprintkit ships with."""
    header_line, *sections = WEIGHTS_FILE.read_text("utf-8").rstrip("\n").split("\n\n")
    header = json.loads(header_line)
    features: dict[str, Mapping[str, int]] = {}
    kind_features: dict[str, dict[str, Mapping[str, int]]] = {kind: {} for kind in header["kinds"]}
    for section in sections:
        heading, _, body = section.partition("\n")
        cells = body.replace("\n", "\t").split("\t")
        kind, _, family = heading.partition(_KIND_MARK)
        families = kind_features[kind] if family else features
        families[family or heading] = dict(zip(cells[::2], map(int, cells[1::2]), strict=True))
    return Weights(
        version=header["version"],
        bias=header["bias"],
        thresholds=header["thresholds"],
        features=features,
        kind_bias=header["kinds"],
        kind_features=kind_features,
    )


_KIND_MARK: Final = ": "


def format_weights(weights: Weights) -> str:
    """The weights as their file holds them: a header, and a section for each family of features.

    A section is a heading and a line for each feature. For a kind of weakness, the heading names the kind.
    """
    header = {
        "version": weights.version,
        "bias": weights.bias,
        "thresholds": weights.thresholds,
        "kinds": weights.kind_bias,
    }
    sections = [json.dumps(header), *_format_families("", weights.features)]
    for kind, families in weights.kind_features.items():
        sections += _format_families(f"{kind}{_KIND_MARK}", families)
    return "\n\n".join(sections) + "\n"


def _format_families(prefix: str, families: Families) -> list[str]:
    return [
        "\n".join([f"{prefix}{family}", *(f"{name}\t{names[name]}" for name in sorted(names))])
        for family, names in sorted(families.items())
    ]


@lru_cache(maxsize=8192)
def score(topic: str, text: str) -> float:
    """How weak `text` is as an answer to the questions of `topic`: 0 if a strong one is as likely as a weak one."""
    return weigh(load_weights(), topic, text)


def weigh(weights: Weights, topic: str, text: str) -> float:
    """The score of an answer under some weights."""
    return _total(weights.bias, weights.features, feature_blocks(topic, text)) / SCALE


def _total(bias: int, families: Families, blocks: Iterable[FeatureBlock]) -> float:
    total = float(bias)
    for family, value, names in blocks:
        weights = families.get(family)
        if weights is not None:
            total += value * sum(filter(None, map(weights.get, names)))
    return total


@lru_cache(maxsize=8192)
def likeliest_kind(topic: str, text: str) -> str:
    """What makes a weak answer weak: `generic`, `wish`, `group`, `vague`, …"""
    weights = load_weights()
    blocks = feature_blocks(topic, text)
    return max(
        weights.kind_features,
        key=lambda kind: _total(weights.kind_bias[kind], weights.kind_features[kind], blocks),
    )
