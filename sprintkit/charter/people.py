"""People: each name typed once, everywhere else its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.field_selector import FieldSelector
from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import person_patterns
from sprintkit.charter.slug import free, slug


def fold(text: str) -> str:
    """Text as names, groups and answers are compared: without case, blanks folded."""
    return " ".join(text.casefold().split())


def find(people: Mapping[str, Any], text: str) -> str | None:
    """The key of the person that `text` names by key or by name; None for nobody known."""
    if text in people:
        return text
    wanted = fold(text)
    for key, entry in people.items():
        name = entry.get("name") if isinstance(entry, Mapping) else None
        if isinstance(name, str) and fold(name) == wanted:
            return key
    return None


def enter(document: Mapping[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """A document in which `text` is a person, and the key: somebody known, else a new entry in `[people]`.

    A new key is the slug of the first word, where taken of the whole name, then with -2, -3, …
    """
    known = document.get("people")
    people: Mapping[str, Any] = known if isinstance(known, Mapping) else {}
    found = find(people, text)
    if found is not None:
        return dict(document), found
    name = " ".join(text.split())
    key = slug(name.partition(" ")[0], fallback="person")
    if key in people:
        key = free(slug(name, fallback="person"), people)
    return paths.set_value(document, ("people", key), {"name": name}), key


def used(charter: Charter) -> dict[str, list[str]]:
    """Every key that a person field holds, with the paths of those fields, in the order of the file."""
    places: dict[str, list[str]] = {}
    for path, key in references(charter):
        places.setdefault(key, []).append(path)
    return places


def references(charter: Charter) -> Iterator[tuple[str, str]]:
    """Path and key of every person field that is answered."""
    return ((path, key) for path, key in person_fields().items(charter) if not is_blank(key))


def keys_used(charter: Charter) -> frozenset[str]:
    """The keys that person fields hold."""
    return frozenset(key for key in set(person_fields().values(charter)) if not is_blank(key))


@cache
def person_fields() -> FieldSelector:
    """The fields that hold a key of `[people]`."""
    return FieldSelector(person_patterns())
