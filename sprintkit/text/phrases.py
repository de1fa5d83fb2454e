"""Sentences that the program composes: patterns, and the values that fill their slots.

A Phrase is a `str` of the English sentence, so it can be used like any text. A document rewords it if a house or a
language replaces the pattern. Every pattern is a constant of the module that uses it, and has a unique key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from types import ModuleType
from typing import NamedTuple

from sprintkit.text.dates import format_date, format_month
from sprintkit.text.numbers import format_figure, format_rounded, format_thousands


class Figure(NamedTuple):
    """A measured value in a slot, with its unit."""

    value: float
    unit: str | None = None


class Month(NamedTuple):
    """A month in a slot."""

    month: str
    """Such as `2026-04`."""


class Listing(NamedTuple):
    """Texts in a slot, joined as `a, b and c`."""

    items: tuple[str, ...]


Slot = str | int | float | Fraction | date | Figure | Listing | Month


class Pattern(NamedTuple):
    """A sentence, or a part of one, with slots in braces."""

    key: str
    """Its key in a house's `words.json`."""
    english: str

    def __call__(self, **slots: Slot) -> Phrase:
        """The sentence with its slots filled in."""
        return Phrase(self, slots)


class Phrase(str):
    """An English sentence that knows its pattern and its slots."""

    __slots__ = ("pattern", "slots")

    pattern: Pattern
    slots: Mapping[str, Slot]

    def __new__(cls, pattern: Pattern, slots: Mapping[str, Slot]) -> Phrase:
        """The sentence in English. Raises KeyError if a slot of the pattern has no value."""
        text = fill_pattern(pattern.english, slots, _format_slot)
        phrase = super().__new__(cls, text)
        phrase.pattern, phrase.slots = pattern, slots
        return phrase


_TWO = Pattern("two_sentences", "{first} {second}")
_AND = Pattern("last_of_list", "{others} and {last}")


def fill_pattern(text: str, slots: Mapping[str, Slot], format_slot: Callable[[Slot], str]) -> str:
    """`text` with every `{slot}` filled in. Braces inside a value stay as they are."""
    pieces: list[str] = []
    for index, part in enumerate(text.split("{")):
        name, brace, rest = part.partition("}")
        pieces += [format_slot(slots[name]), rest] if index and brace else [part]
    return "".join(pieces)


def join_sentences(first: str, second: str) -> str:
    """Both sentences, one after the other; an empty one is left out."""
    return _TWO(first=first, second=second) if first and second else first or second


def join_names(names: tuple[str, ...], word: Callable[[Phrase], str] = str) -> str:
    """Names as `a, b and c`; `word` joins the last two in the reader's language."""
    if len(names) < 2:
        return "".join(names)
    return word(_AND(others=", ".join(names[:-1]), last=names[-1]))


def count_phrase(number: float | Fraction, one: Pattern, many: Pattern) -> Phrase:
    """A number with its noun: by the pattern `one` or, for any other number, `many`. Both have the slot `n`."""
    return (one if format_rounded(number) == "1" else many)(n=number)


def patterns_of(module: ModuleType) -> dict[str, str]:
    """The English text of every pattern that is a constant of a module, by key."""
    return {value.key: value.english for value in vars(module).values() if isinstance(value, Pattern)}


def _format_slot(slot: Slot) -> str:
    if isinstance(slot, str):
        return slot
    if isinstance(slot, date):
        return format_date(slot)
    if isinstance(slot, Figure):
        return format_figure(slot.value, slot.unit)
    if isinstance(slot, Listing):
        return join_names(slot.items)
    if isinstance(slot, Month):
        return format_month(slot.month)
    return format_thousands(slot) if isinstance(slot, int) else format_rounded(slot)
