"""Text prepared for matching: folded, split into words, and without its quotations."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

GAP: Final = "\x00"
"""Replaces whatever is removed from a text, so that no phrase matches across the gap."""

_EQUIVALENT_CHARACTERS: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)
_ASCII_SPACES: Final = ("  ", *"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f")
"""ASCII white space that folding changes. Long texts without any need not be split and joined."""
WORD: Final = re.compile(r"[\w-]+")
_ASCII_NON_WORDS_TO_SPACES: Final = "".join(
    char if char.isalnum() or char in "_-" else " " for char in map(chr, range(128))
)
"""Translation table for `str.translate`: three times as fast as searching an ASCII text for words."""
_QUOTATION: Final = re.compile(r"""(?<!\w)'[^']{1,40}'(?!\w)|(?<!\d)"[^"]{1,40}"|`[^`]{1,40}`""")
"""A straight double mark behind a digit stands for inches, and opens nothing."""
_QUOTATION_MARK: Final = re.compile(r"""['"`]""")
_UNSPACED_SCRIPT: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003134f]"
)
"""Thai, Lao, Burmese, Khmer, kana, Hangul and Han."""


def fold(text: str) -> str:
    """Normalise a text for comparison: NFKC, case, typographic characters, white space.

    "Ｔｂｄ " and "tbd" fold to the same text.
    """
    if text.isascii():
        if len(text) > 400 and not any(space in text for space in _ASCII_SPACES):
            return text.lower().strip()
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(_EQUIVALENT_CHARACTERS).casefold().split())


def has_unspaced_script(text: str) -> bool:
    """Whether a text has letters of a script that puts no spaces between words."""
    return not text.isascii() and _UNSPACED_SCRIPT.search(text) is not None


class Text:
    """A text in the forms that matching needs, each computed on first use."""

    __slots__ = ("_folded", "_unquoted", "_words", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._folded: str | None = None
        self._words: frozenset[str] | None = None
        self._unquoted: Text | None = None

    @property
    def folded(self) -> str:
        """The folded text."""
        if self._folded is None:
            self._folded = fold(self.raw)
        return self._folded

    @property
    def words(self) -> frozenset[str]:
        """The different words of the folded text."""
        if self._words is None:
            self._words = frozenset(self.words_in_order())
        return self._words

    def words_in_order(self) -> list[str]:
        """The words of the folded text, from first to last."""
        raw = self.raw
        if raw.isascii():
            return raw.lower().translate(_ASCII_NON_WORDS_TO_SPACES).split()
        return WORD.findall(self.folded)

    def contains(self, signs: str) -> bool:
        """Whether the text contains `signs`, which have no letters."""
        return signs in (self.raw if self.raw.isascii() else self.folded)

    @property
    def unquoted(self) -> Text:
        """The text without quotations of up to 40 characters: a quoted word is mentioned, not used."""
        if self._unquoted is None:
            folded = self.folded
            remaining = _QUOTATION.sub(GAP, folded) if _QUOTATION_MARK.search(folded) else folded
            self._unquoted = self if remaining == folded else Text(remaining)
        return self._unquoted
