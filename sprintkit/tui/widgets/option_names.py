"""Finds options by typed letters, and by typed digits if the options have numbers in their names, such as P5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NUMBERED: Final = re.compile(r"[^\W\d_]{0,4}[-_ ]?\d{1,4}")
"""A name with a number in it: P5, M12, 3."""


class OptionNames:
    """The names of a control's options: their keys, their labels and the first words of their labels."""

    def __init__(self, keys: Sequence[str], labels: Sequence[str]) -> None:
        self._names = [
            tuple(_fold(name) for name in (key, label, label.partition(" ")[0]) if name)
            for key, label in zip(keys, labels, strict=True)
        ]
        first_words = [label.partition(" ")[0] for label in labels]
        self.are_numbered = any(_NUMBERED.fullmatch(word) and not word.isdigit() for word in first_words)
        """Whether the names contain numbers. If so, a typed digit is part of a name, not the position of an option."""

    def starting_with(self, typed: str) -> list[int]:
        """Return the indices of options with a name, or a number in it, that starts with `typed`."""
        folded = _fold(typed)
        if not folded:
            return []
        return [index for index, names in enumerate(self._names) if self._any_starts_with(names, folded)]

    def named_exactly(self, typed: str) -> list[int]:
        """Return the indices of options with a name, or a number in it, that is exactly `typed`."""
        folded = _fold(typed)
        return [
            index
            for index, names in enumerate(self._names)
            if folded in names or (self._is_number(folded) and folded in map(_number, names))
        ]

    def _any_starts_with(self, names: Sequence[str], folded: str) -> bool:
        if any(name.startswith(folded) for name in names):
            return True
        return self._is_number(folded) and any(_number(name).startswith(folded) for name in names)

    def _is_number(self, folded: str) -> bool:
        return self.are_numbered and folded.isdigit()


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _number(name: str) -> str:
    """The number in a name such as `p5`; empty if it is no such name."""
    return re.sub(r"\D", "", name) if _NUMBERED.fullmatch(name) else ""
