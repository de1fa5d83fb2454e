"""Lists of terms (words and phrases) and how they match a text.

Terms and texts are folded before they are compared. A term never matches inside a word: "flag bragging rights"
does not match "rag". Scripts written without spaces have no word edges, so a term in one of them matches anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from sprintkit.charter.lexicon.text import GAP, WORD, Text, fold, has_unspaced_script

_COMMON_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "be", "but", "by", "for", "if", "in", "is", "it", "less", "more", "not", "of", "on",
     "or", "so", "some", "such", "that", "the", "this", "to", "with"}
)  # fmt: skip
"""Words that nearly every text has, which makes them poor index keys."""


class TermList:
    """A list of terms, indexed on first use. Only terms that a text may contain are ever compiled."""

    __slots__ = ("_index", "_index_words", "_unindexed", "terms")

    def __init__(self, terms: Iterable[str], *, are_folded: bool = False) -> None:
        self.terms = (frozenset(terms) if are_folded else frozenset(map(fold, terms))) - {""}
        self._index_words: frozenset[str] | None = None
        self._index: dict[str, list[str]] = {}
        self._unindexed: tuple[str, ...] = ()

    def __contains__(self, folded: object) -> bool:
        """Whether a folded text is one of the terms."""
        return folded in self.terms

    def may_match(self, text: Text) -> bool:
        """False if no term can match the text. Cheap, and the answer for nearly every text."""
        return bool(self._candidates(text))

    def first_match(self, text: Text, exempt: TermList | None = None) -> str | None:
        """The first term that matches the text outside the matches of `exempt`, or None."""
        match = next(self.matches(text, exempt), None)
        return match[0] if match else None

    def matches(self, text: Text, exempt: TermList | None = None) -> Iterator[re.Match[str]]:
        """Every match in the folded text from which `exempt` is removed, from first to last."""
        candidates = self._candidates(text)
        if candidates:
            yield from compile_terms(candidates).finditer(
                text.folded if exempt is None else exempt.remove_matches(text)
            )

    def begins(self, text: Text) -> bool:
        """Whether the text begins with one of the terms."""
        candidates = self._candidates(text)
        return bool(candidates) and compile_terms(candidates).match(text.folded) is not None

    def remove_matches(self, text: Text) -> str:
        """The folded text with every match replaced by a gap."""
        candidates = self._candidates(text)
        return compile_terms(candidates).sub(GAP, text.folded) if candidates else text.folded

    def _candidates(self, text: Text) -> tuple[str, ...]:
        """The terms that the text contains, be it inside a word."""
        index_words = self._index_words
        if index_words is None:
            index_words = self._build_index()
        shared = index_words & text.words
        if not shared and not self._unindexed:
            return ()
        candidates = [term for term in self._unindexed if text.contains(term)]
        if shared:
            folded, index = text.folded, self._index
            candidates += [term for word in shared for term in index[word] if term in folded]
        return tuple(sorted(candidates))

    def _build_index(self) -> frozenset[str]:
        """Index every term by its rarest word and return those words. Terms without a word are not indexed."""
        unindexed: list[str] = []
        for term in self.terms:
            words = [] if has_unspaced_script(term) else WORD.findall(term)
            if words:
                rarest = min(words, key=lambda word: (word in _COMMON_WORDS, -len(word)))
                self._index.setdefault(rarest, []).append(term)
            else:
                unindexed.append(term)
        self._unindexed = tuple(unindexed)
        self._index_words = frozenset(self._index)
        return self._index_words


@lru_cache(maxsize=1024)
def compile_terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that matches each of the terms, longer ones first."""
    whole_word: list[str] = []
    anywhere: list[str] = []
    for term in sorted(terms, key=lambda term: (-len(term), term)):
        has_edges = WORD.search(term) and not has_unspaced_script(term)
        (whole_word if has_edges else anywhere).append(re.escape(term))
    parts = [rf"(?<![\w-])(?:{'|'.join(whole_word)})(?![\w-])"] if whole_word else []
    return re.compile("|".join(parts + anywhere) or r"(?!)")


def mentions(text: str, phrase: str) -> bool:
    """Whether a folded text contains a folded phrase or its plural, not inside a word."""
    if not phrase:
        return False
    has_edges = not has_unspaced_script(phrase)
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not has_edges or (not _is_word_character(text[start - 1 : start]) and _is_word_end(text, end)):
            return True
        start = text.find(phrase, start + 1)
    return False


def _is_word_end(text: str, end: int) -> bool:
    """Whether a word, or its plural, ends at `end`."""
    if text[end : end + 1] == "s":
        end += 1
    return not _is_word_character(text[end : end + 1])


def _is_word_character(char: str) -> bool:
    return char == "-" or char == "_" or char.isalnum()
