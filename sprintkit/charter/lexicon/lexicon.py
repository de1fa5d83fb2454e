"""The lexicon: every term list a rule reads, and how a workspace adds terms to them.

`[words.en]` in `sprintkit.toml` adds terms to the English lists. A table of any other language (`[words.de]`)
adds terms beside them, so a charter may mix languages.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sprintkit.charter.lexicon import english
from sprintkit.charter.lexicon.matching import TermList
from sprintkit.charter.lexicon.verbs import VerbList
from sprintkit.errors import InputError, Problem

ENGLISH_TERMS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(term for term in value.split(", ") if term)
    for name, value in vars(english).items()
    if name.isupper() and isinstance(value, str)
}
"""The English terms by the name of their list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every term list by its name in lower case, ready for matching. `english` describes each list."""

    placeholder: TermList
    placeholder_phrase: TermList
    placeholder_exempt: TermList
    fill_in: TermList
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
    """MANUAL, with a plural of each English term."""
    hedge: TermList
    hedge_exempt: TermList
    condition: TermList


_VERB_LISTS: Final = ("VAGUE", "CONCRETE", "CONCRETE_WITH_OBJECT", "INTERPRETIVE")
_NAME_LISTS: Final = ("FUNCTION", "GROUP", "ROLE", "FILLER", "PLACEHOLDER")
_PART_LISTS: Final = ("FUNCTION", "GROUP", "ROLE", "FILLER", "IRREGULAR")
"""Lists that have no field of their own: they are parts of other fields."""


def build_lexicon(additions: Mapping[str, Any] | None = None) -> Lexicon:
    """The English lexicon with `additions`, a table of lists for each language: {"de": {"WEASEL": [...]}}.

    English verbs match in all their forms, verbs of other languages only as typed. Raises InputError with one
    problem for each unknown list and each value that is not a list of texts.
    """
    english_terms = {name: list(terms) for name, terms in ENGLISH_TERMS.items()}
    other_terms: dict[str, list[str]] = {name: [] for name in ENGLISH_TERMS}
    for language, lists in _validate_additions(additions or {}).items():
        for name, terms in lists.items():
            (english_terms if language == "en" else other_terms)[name].extend(terms)

    def term_list(*names: str) -> TermList:
        return TermList(term for name in names for term in (*english_terms[name], *other_terms[name]))

    def verb_list(name: str) -> VerbList:
        irregular = (*english_terms["IRREGULAR"], *other_terms["IRREGULAR"])
        return VerbList(other_terms[name], inflected=english_terms[name], irregular=irregular)

    fields: dict[str, Any] = {
        name.lower(): term_list(name)
        for name in ENGLISH_TERMS
        if name not in _VERB_LISTS and name not in _PART_LISTS
    }
    fields |= {name.lower(): verb_list(name) for name in _VERB_LISTS}
    fields["not_a_name"] = term_list(*_NAME_LISTS)
    manual = english_terms["MANUAL"]
    fields["manual"] = TermList([*manual, *(f"{term}s" for term in manual), *other_terms["MANUAL"]])
    return Lexicon(**fields)


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


ENGLISH: Final = build_lexicon()
"""The English lexicon without additions."""
