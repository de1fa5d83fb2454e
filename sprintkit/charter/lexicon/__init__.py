"""The word lists the rules read, and how a project adds to them.

A workspace adds entries in `sprintkit.toml`: `[words.en]` adds to the English lists, any other language
(`[words.de]`, …) stands beside them, so a charter may be written in several.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sprintkit.charter.lexicon import english
from sprintkit.charter.lexicon.matching import CUT, Phrases, Text, Verbs, fold, is_unspaced, names
from sprintkit.errors import InputError, Problem

ENTRIES: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(entry for entry in value.split(", ") if entry)
    for name, value in vars(english).items()
    if name.isupper() and isinstance(value, str)
}
"""The English entries by the name of their list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """Every word list, ready to be asked. `english` says what each holds."""

    placeholder: Phrases
    placeholder_phrase: Phrases
    placeholder_exempt: Phrases
    fill_in: Phrases
    weasel: Phrases
    weasel_exempt: Phrases
    vague: Verbs
    noun_or_verb: Phrases
    nounish: Phrases
    concrete: Verbs
    concrete_with_object: Verbs
    object: Phrases
    interpretive: Verbs
    noun_mark: Phrases
    noun_before: Phrases
    passive: Phrases
    clause: Phrases
    person_seen: Phrases
    grabbag: Phrases
    tech: Phrases
    tech_exempt: Phrases
    strict_group: Phrases
    nobody: Phrases
    """FUNCTION, GROUP, ROLE, FILLER and PLACEHOLDER: what is no part of a person's name."""
    join: Phrases
    join_exempt: Phrases
    tech_role: Phrases
    tech_role_exempt: Phrases
    trade_too: Phrases
    tech_trade: Phrases
    tech_exact: Phrases
    tech_phrase: Phrases
    activity: Phrases
    activity_exempt: Phrases
    accuracy: Phrases
    accuracy_exempt: Phrases
    percent: Phrases
    report: Phrases
    report_exempt: Phrases
    live: Phrases
    dash: Phrases
    dash_exempt: Phrases
    score: Phrases
    score_exempt: Phrases
    reason: Phrases
    manual: Phrases
    hedge: Phrases
    hedge_exempt: Phrases
    condition: Phrases


def word_lists(extra: Mapping[str, Any] | None = None) -> WordLists:
    """The English lists with the entries of `extra` added, a table per language: {"de": {"WEASEL": […]}}.

    Verbs of other languages are taken as they are typed, English ones in all their forms.
    Raises InputError with every list that is unknown or holds something else than texts.
    """
    english_lists = {name: list(entries) for name, entries in ENTRIES.items()}
    others: dict[str, list[str]] = {name: [] for name in ENTRIES}
    for language, lists in _checked(extra or {}).items():
        for name, entries in lists.items():
            (english_lists if language == "en" else others)[name].extend(entries)

    def phrases(*names: str) -> Phrases:
        return Phrases(entry for name in names for entry in (*english_lists[name], *others[name]))

    def verbs(name: str) -> Verbs:
        irregular = (*english_lists["IRREGULAR"], *others["IRREGULAR"])
        return Verbs(others[name], inflect=english_lists[name], irregular=irregular)

    made: dict[str, Any] = {name.lower(): phrases(name) for name in ENTRIES if name not in (*_VERBS, *_PARTS)}
    made |= {name.lower(): verbs(name) for name in _VERBS}
    manual = english_lists["MANUAL"]
    made["manual"] = Phrases([*manual, *(f"{entry}s" for entry in manual), *others["MANUAL"]])
    made["nobody"] = phrases("FUNCTION", "GROUP", "ROLE", "FILLER", "PLACEHOLDER")
    return WordLists(**made)


_VERBS: Final = ("VAGUE", "CONCRETE", "CONCRETE_WITH_OBJECT", "INTERPRETIVE")
_PARTS: Final = ("FUNCTION", "GROUP", "ROLE", "FILLER", "IRREGULAR")


def _checked(extra: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """`extra` as tables of lists of texts; raises InputError with all that is not."""
    problems: list[Problem] = []
    found: dict[str, dict[str, list[str]]] = {}
    for language, lists in extra.items():
        where = f"words.{language}"
        if not isinstance(lists, Mapping):
            problems.append(Problem("wrong_type", f"{where} must be a table of word lists.", hint=_SHAPE))
            continue
        for name, entries in lists.items():
            if name not in ENTRIES:
                near = difflib.get_close_matches(str(name).upper(), ENTRIES, n=1, cutoff=0.5)
                meant = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(ENTRIES)}."
                problems.append(Problem("unknown_key", f"{where}.{name} is no word list. {meant}"))
            elif not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
                problems.append(
                    Problem("wrong_type", f"{where}.{name} must be a list of texts.", hint=_SHAPE)
                )
            else:
                found.setdefault(str(language), {})[name] = entries
    if problems:
        raise InputError.of(problems)
    return found


_SHAPE: Final = 'Write it like this: [words.en] WEASEL = ["in good time"]'

ENGLISH: Final = word_lists()
"""The lists as they come."""

__all__ = [
    "CUT",
    "ENGLISH",
    "ENTRIES",
    "Phrases",
    "Text",
    "Verbs",
    "WordLists",
    "fold",
    "is_unspaced",
    "names",
    "word_lists",
]
