"""The lexicon of the rules: term lists, and how they match what people typed."""

from __future__ import annotations

from sprintkit.charter.lexicon.lexicon import (
    ENGLISH_TERMS,
    Lexicon,
    build_lexicon,
    built_in_lexicon,
    terms_in,
)
from sprintkit.charter.lexicon.matching import TermList, mentions
from sprintkit.charter.lexicon.text import GAP, Text, fold, has_unspaced_script
from sprintkit.charter.lexicon.verbs import VerbList, verb_forms

__all__ = [
    "ENGLISH_TERMS",
    "GAP",
    "Lexicon",
    "TermList",
    "Text",
    "VerbList",
    "build_lexicon",
    "built_in_lexicon",
    "fold",
    "has_unspaced_script",
    "mentions",
    "terms_in",
    "verb_forms",
]
