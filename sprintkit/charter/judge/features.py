"""What the judge looks at in an answer: its letters, its words and its form.

Training and judging read the same features, so they are named here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from math import sqrt
from typing import Final, NamedTuple

MAX_CHARACTERS: Final = 200
"""How much of an answer is read. Weak answers show early, and typing must not get slower in a long text."""

PERSON_TOPIC: Final = "person"
"""The topic of all questions answered with a person: the same things make a name weak in each."""

_GRAM: Final = 4
_FOLDED: Final = str.maketrans("123456789’", "000000000'")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_QUOTES: Final = frozenset('"“”„«»‚‘')
_SIGNS: Final = {
    ":": "colon",
    ";": "semicolon",
    "/": "slash",
    "(": "bracket",
    "[": "square",
    "?": "question",
    "%": "percent",
    "→": "arrow",
    "_": "underscore",
    ",": "comma",
    "&": "and",
    ".": "point",
}
_LENGTHS: Final = (0, 1, 2, 3, 4, 4, 6, 6, 6, 9, 9, 9, 9, 9, 14, 14, 14, 14, 14, 14, 14, 14, 22)
"""The length class of an answer, by its number of words."""


class FeatureBlock(NamedTuple):
    """Features of one family that all have the same value."""

    family: str
    """`letters`, `words`, `pairs`, `ends`, `form`, `topic`; words and form within a topic have families of their own."""
    value: float
    names: Collection[str]


def feature_blocks(topic: str, text: str) -> tuple[FeatureBlock, ...]:
    """The features of `text` as an answer to the questions of `topic`.

    No name contains a line break or a tab. The values of letters and words shrink with the length of the text, so
    that long answers do not weigh more.
    """
    line = " ".join(text.split())[:MAX_CHARACTERS]
    folded = f" {line.lower().translate(_FOLDED)} "
    grams = {folded[start : start + _GRAM] for start in range(len(folded) - _GRAM + 1)}
    words = _WORD.findall(folded)
    different = set(words)
    word_value = 1 / sqrt(len(different) or 1)
    forms = _forms(line, folded, len(words))
    ends = (f"first {words[0]}", f"last {words[-1]}") if words else ()
    pairs = {f"{first} {second}" for first, second in pairwise(words)}
    return (
        FeatureBlock("letters", 1.5 / sqrt(len(grams) or 1), grams),
        FeatureBlock("words", word_value, different),
        FeatureBlock(f"words of {topic}", word_value, different),
        FeatureBlock("pairs", 0.7 * word_value, pairs),
        FeatureBlock("form", 0.4, forms),
        FeatureBlock(f"form of {topic}", 0.4, forms),
        FeatureBlock("ends", 0.5, ends),
        FeatureBlock("topic", 0.5, (topic,)),
    )


def _forms(line: str, folded: str, word_count: int) -> list[str]:
    """The features of an answer's form, whatever its words are."""
    forms = [f"length{_LENGTHS[min(word_count, len(_LENGTHS) - 1)]}", f"words{min(word_count, 15)}"]
    if "0" in folded:
        forms.append("digit")
    parts = line.split(" ")
    capitals = sum([part[:1].isupper() for part in parts[1:]])
    forms.append(f"capitals{min(capitals, 3)}")
    if capitals == len(parts) - 1 and parts[0][:1].isupper():
        forms.append("titlecase")
    if any(len(part) > 1 and part.isupper() for part in parts):
        forms.append("abbreviation")
    if not _QUOTES.isdisjoint(line):
        forms.append("quotation")
    if not line.isascii() and any("\u0370" <= sign < "\u1e00" or sign > "\u2e7f" for sign in line):
        forms.append("script")
    forms += [name for sign, name in _SIGNS.items() if sign in line]
    return forms
