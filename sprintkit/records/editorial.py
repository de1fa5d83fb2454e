"""Decides whether a change of a charter is only one of wording: a text whose numbers stay the same."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from sprintkit.charter.question_bank import questions_by_path
from sprintkit.text.composing import compose

_NUMBER_WORDS: Final = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for number, word in enumerate(words.split(), 1)
    if word != "un"  # an article as well, like ein, une and una
}
"""Numbers from one to twelve in English, German, French and Spanish."""
_NUMBER: Final = re.compile(rf"\d+(?:[.,:]\d+)*|\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_FIRST_WORD: Final = re.compile(r"\w+")
_PROMISES: Final = ("use_case.statement", "deliverable.statement")
"""Statements whose first word is a promise: to assign is not to suggest."""

_IDENTITY: Final = (
    "people[].name",
    "people[].contact",
    "success_metric.unit",
    "success_metric.formula",
    "charter.supersedes",
    "plan.signatories[].party",
    "data_requirements[].system",
    "data_requirements[].acceptance[].field",
    "data_requirements[].acceptance[].check",
    "data_requirements[].acceptance[].on_fail",
    "data_requirements[].defects[].field",
    "integration_points[].tool",
    "budget.currency",
)
"""Texts that identify a person or thing: a different one is a different agreement."""

Wording = Literal["wording", "not_text", "number", "promise"]


def classify_wording(pattern: str, old: Any, new: Any) -> Wording:
    """Classify a change of the value at a path pattern.

    `not_text`: the value is not prose, or identifies a person or thing. `number`: a number in the text changes, in digits
    or in words. `promise`: the first word of a statement changes, which is what is promised.
    """
    question = questions_by_path().get(pattern)
    is_text = question is not None and question.kind in ("line", "prose") and pattern not in _IDENTITY
    if not (is_text and isinstance(old, str) and isinstance(new, str)):
        return "not_text"
    old, new = _fold(old), _fold(new)
    if _numbers(old) != _numbers(new):
        return "number"
    if pattern in _PROMISES and _FIRST_WORD.findall(old)[:1] != _FIRST_WORD.findall(new)[:1]:
        return "promise"
    return "wording"


def _numbers(text: str) -> list[str]:
    """The numbers in a folded text, in digits."""
    return [_NUMBER_WORDS.get(number, number) for number in _NUMBER.findall(text)]


def _fold(text: str) -> str:
    """The text with one spelling of each letter, in lower case."""
    return compose(text).casefold()
