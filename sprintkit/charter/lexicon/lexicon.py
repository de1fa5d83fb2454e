"""The lexicon: every term list a rule reads, and how a workspace adds terms to them.

The lists of English, German, Spanish and French read every answer together, since people mix languages. `[words.en]` in
`sprintkit.toml` adds terms to the English lists, a table of any other language (`[words.it]`) beside them. The lists of a
language are imported when the first lexicon is built.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from sprintkit.charter.language import LANGUAGES_WITH_LISTS, language_code
from sprintkit.charter.lexicon import english, english_metrics, english_people
from sprintkit.charter.lexicon.matching import TermList
from sprintkit.charter.lexicon.text import fold
from sprintkit.charter.lexicon.verbs import VerbList
from sprintkit.errors import InputError, Problem

_MODULES: Final = {"de": "german", "es": "spanish", "fr": "french"}


def _terms_of(*modules: ModuleType) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(term if term.isascii() else fold(term) for term in value.split(", ") if term)
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }


ENGLISH_TERMS: Final[dict[str, tuple[str, ...]]] = _terms_of(english, english_people, english_metrics)
"""The English terms by the name of their list. Every list has a name here."""


@cache
def terms_in(language: str) -> dict[str, tuple[str, ...]]:
    """The terms that sprintkit brings for the code of a language, by the name of their list; empty for most languages."""
    if language == "en":
        return ENGLISH_TERMS
    name = _MODULES.get(language)
    return _terms_of(import_module(f"sprintkit.charter.lexicon.{name}")) if name else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every term list by its name in lower case, ready for matching. `english` describes each list."""

    added: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names of the lists that the workspace adds terms to, by the code of a language."""

    placeholder: TermList
    placeholder_phrase: TermList
    placeholder_exempt: TermList
    fill_in: TermList
    braced: TermList
    weasel: TermList
    weasel_exempt: TermList
    vague: VerbList
    noun_or_verb: TermList
    nounish: TermList
    concrete: VerbList
    concrete_with_object: VerbList
    object: TermList
    interpretive: VerbList
    noun_mark: TermList
    noun_before: TermList
    passive: TermList
    clause: TermList
    person_seen: TermList
    grabbag: TermList
    tech: TermList
    tech_exempt: TermList
    strict_group: TermList
    not_a_name: TermList
    """FUNCTION, GROUP, ROLE, FILLER and PLACEHOLDER together: words that make up no person's name."""
    join: TermList
    join_exempt: TermList
    tech_role: TermList
    tech_role_exempt: TermList
    trade_too: TermList
    tech_trade: TermList
    tech_exact: TermList
    tech_phrase: TermList
    activity: TermList
    activity_exempt: TermList
    accuracy: TermList
    accuracy_exempt: TermList
    percent: TermList
    points: TermList
    report: TermList
    report_exempt: TermList
    live: TermList
    dash: TermList
    dash_exempt: TermList
    score: TermList
    score_exempt: TermList
    reason: TermList
    manual: TermList
    hedge: TermList
    hedge_exempt: TermList
    condition: TermList
    law: TermList
    sturdy: TermList
    thing: TermList
    vague_opening: VerbList
    physical: VerbList
    case_mark: TermList
    abstract: TermList
    noun_too: VerbList
    after_noun: TermList
    interpretive_end: VerbList
    same_case: TermList
    system: TermList
    job: TermList
    trade: TermList
    job_ending: TermList
    vacant: TermList
    unnamed: TermList
    counted: TermList
    model_word: TermList
    being: TermList
    paper_too: TermList
    handled: TermList
    sent: TermList
    carry_on: VerbList
    manual_ending: TermList
    not_somebody: TermList
    verdict: TermList
    judged: TermList


_VERB_LISTS: Final = (
    "VAGUE",
    "VAGUE_OPENING",
    "PHYSICAL",
    "CONCRETE",
    "CONCRETE_WITH_OBJECT",
    "NOUN_TOO",
    "INTERPRETIVE",
    "INTERPRETIVE_END",
    "CARRY_ON",
)
_LISTS_WITH_PLURAL: Final = ("MANUAL",)
"""Lists of which each English term matches with a plural s, too."""
_NAME_LISTS: Final = ("FUNCTION", "GROUP", "ROLE", "FILLER", "PLACEHOLDER")
_PART_LISTS: Final = ("FUNCTION", "GROUP", "ROLE", "FILLER", "IRREGULAR")
"""Lists that have no field of their own: they are parts of other fields."""


def build_lexicon(additions: Mapping[str, Any] | None = None) -> Lexicon:
    """The lexicon of all languages with `additions`, a table of lists for each language: {"it": {"WEASEL": [...]}}.

    Verbs match in all their regular forms; those added in other languages than English only as typed. Raises InputError
    with one problem for each unknown list and each value that is not a list of texts.
    """
    added = {
        language_code(language): lists for language, lists in _validate_additions(additions or {}).items()
    }
    brought = {language: terms_in(language) for language in LANGUAGES_WITH_LISTS}

    def typed(name: str, *, english: bool) -> list[str]:
        return [
            fold(term)
            for language, lists in added.items()
            if (language == "en") is english
            for term in lists.get(name, ())
        ]

    def term_list(*names: str) -> TermList:
        terms: list[str] = []
        for name in names:
            in_english = [*ENGLISH_TERMS[name], *typed(name, english=True)]
            if name in _LISTS_WITH_PLURAL:
                in_english += [f"{term}s" for term in in_english]
            terms += [*in_english, *typed(name, english=False)]
            for language in _MODULES:
                terms += brought[language].get(name, ())
        return TermList(terms, are_folded=True)

    def verb_list(name: str) -> VerbList:
        irregular = [
            *(pair for terms in brought.values() for pair in terms.get("IRREGULAR", ())),
            *typed("IRREGULAR", english=True),
            *typed("IRREGULAR", english=False),
        ]
        return VerbList(
            typed(name, english=False),
            inflected=[*ENGLISH_TERMS[name], *typed(name, english=True)],
            irregular=irregular,
            by_language={language: brought[language].get(name, ()) for language in _MODULES},
        )

    fields: dict[str, Any] = {
        name.lower(): term_list(name)
        for name in ENGLISH_TERMS
        if name not in _VERB_LISTS and name not in _PART_LISTS
    }
    fields |= {name.lower(): verb_list(name) for name in _VERB_LISTS}
    fields["not_a_name"] = term_list(*_NAME_LISTS)
    return Lexicon(
        **fields,
        added={
            language: frozenset(name for name, terms in lists.items() if any(map(str.strip, terms)))
            for language, lists in added.items()
        },
    )


@cache
def built_in_lexicon() -> Lexicon:
    """The lexicon without additions, built on first use."""
    return build_lexicon()


_EXAMPLE: Final = 'Write it like this: [words.en] WEASEL = ["in good time"]'


def _validate_additions(additions: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """The additions as lists of texts by language and list name. Raises InputError with every problem."""
    problems: list[Problem] = []
    valid: dict[str, dict[str, list[str]]] = {}
    for language, lists in additions.items():
        table = f"words.{language}"
        if not isinstance(lists, Mapping):
            problems.append(Problem("wrong_type", f"{table} must be a table of word lists.", hint=_EXAMPLE))
            continue
        for name, terms in lists.items():
            key = f"{table}.{name}"
            if name not in ENGLISH_TERMS:
                problems.append(Problem("unknown_key", f"{key} is not a word list. {_suggest_list(name)}"))
            elif not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
                problems.append(Problem("wrong_type", f"{key} must be a list of texts.", hint=_EXAMPLE))
            else:
                valid.setdefault(str(language), {})[name] = terms
    if problems:
        raise InputError.from_problems(problems)
    return valid


def _suggest_list(name: object) -> str:
    close = difflib.get_close_matches(str(name).upper(), ENGLISH_TERMS, n=1, cutoff=0.5)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(ENGLISH_TERMS)}."
