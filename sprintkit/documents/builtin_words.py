"""All words of the documents: those in `words.json`, and those declared in the code.

Field labels are declared with the charter's questions, choices with their closed lists, and composed sentences with
the rules that compose them. `wording.py` lets a workspace replace any of them in a `words.json` of its own.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from sprintkit.charter.choices import DATA_CHECKS, ON_FAIL, choice_label
from sprintkit.documents.builtin_templates import WORDS_FILE, template_bytes
from sprintkit.documents.fields import load_fields
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS
from sprintkit.records.readiness import readiness_questions
from sprintkit.text.phrases import patterns_of

NOTE_MARK: Final = "//"
"""The prefix of note keys. A note says where the words below it are used; no document shows it."""
_LISTS_WITHOUT_FIELD: Final[Mapping[str, Mapping[str, str]]] = {
    "handover": HANDOVER_ITEMS,
    "stopping": STOPPING_ITEMS,
    "readiness": {question.id: question.prompt for question in readiness_questions().values()},
    "check": {check: choice_label(check) for check in DATA_CHECKS},
    "on_fail": {answer: choice_label(answer) for answer in ON_FAIL},
}
"""Closed lists that no charter field declares: labels by choice, by the key that precedes the choice."""


@cache
def builtin_words() -> Mapping[str, Any]:
    """The built-in `words.json`, without its notes."""
    words: dict[str, Any] = json.loads(template_bytes(WORDS_FILE))
    return {key: value for key, value in words.items() if not is_note(key)}


def is_note(key: str) -> bool:
    """Whether a key of `words.json` is a note about the words below it."""
    return key.startswith(NOTE_MARK)


@cache
def default_sentences() -> Mapping[str, str]:
    """The English pattern of every composed sentence, by key."""
    from sprintkit.progress import (
        closing,
        closing_words,
        confidence,
        data_words,
        landing,
        operating_words,
        readiness_words,
        readings,
        reason_words,
        unsettled,
    )
    from sprintkit.records import readiness
    from sprintkit.text import phrases

    patterns: dict[str, str] = {}
    for module in (
        reason_words,
        landing,
        readings,
        closing,
        closing_words,
        confidence,
        operating_words,
        readiness,
        readiness_words,
        unsettled,
        data_words,
        phrases,
    ):
        patterns |= patterns_of(module)
    return patterns


@cache
def default_choices() -> Mapping[str, str]:
    """The label of every choice, by `field.choice`. Labels in `words.json` take precedence."""
    own: Mapping[str, str] = builtin_words()["choices"]
    lists: dict[str, dict[str, str]] = {key: dict(labels) for key, labels in _LISTS_WITHOUT_FIELD.items()}
    for pattern, field in load_fields().items():
        key = pattern.removesuffix("[]").rpartition(".")[2]
        for choice in field.choices:
            lists.setdefault(key, {}).setdefault(choice, choice_label(choice))
    labels = {f"{key}.{choice}": label for key, entries in lists.items() for choice, label in entries.items()}
    return {**labels, **own}


def complete_words() -> dict[str, Any]:
    """Everything that a workspace may replace, with the notes of `words.json`; `--eject words` writes it."""
    words: dict[str, Any] = json.loads(template_bytes(WORDS_FILE))
    words["labels"] = {pattern: field.label for pattern, field in load_fields().items()}
    words["choices"] = dict(default_choices())
    words["sentences"] = dict(default_sentences())
    return words


def encode_words(words: Mapping[str, Any]) -> bytes:
    """The content of a `words.json` file, in the order given, with a blank line before each note."""
    text = json.dumps(words, ensure_ascii=False, indent=2) + "\n"
    return text.replace(f'\n  "{NOTE_MARK}', f'\n\n  "{NOTE_MARK}').encode()


def is_choice(key: str) -> bool:
    """Whether a key of `choices` names a choice: `field.choice`, or `choice` alone for every field that has it."""
    known = default_choices()
    return key in known or any(name.rpartition(".")[2] == key for name in known)


def nearest(key: str, known: Iterable[str]) -> str:
    """The sentence "Did you mean …?" with the known key closest to `key`; empty if none is close."""
    closest = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f" Did you mean '{closest[0]}'?" if closest else ""
