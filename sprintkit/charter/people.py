"""People: each name typed once, everywhere else its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import paths
from .bank import person_patterns
from .blank import is_blank
from .model import Charter
from .slug import free, slug


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
    """Path and key of every person field that is answered, in the order of the file."""
    for pattern in person_patterns():
        yield from _values(charter, pattern.split("."), "")


def _values(here: Any, keys: list[str], path: str) -> Iterator[tuple[str, str]]:
    if not keys:
        if isinstance(here, str) and not is_blank(here):
            yield path, here
        return
    key, many = keys[0].removesuffix("[]"), keys[0].endswith("[]")
    path = f"{path}.{key}" if path else key
    below = getattr(here, key)
    if many:
        for at, item in enumerate(below):
            yield from _values(item, keys[1:], f"{path}[{at}]")
    else:
        yield from _values(below, keys[1:], path)
