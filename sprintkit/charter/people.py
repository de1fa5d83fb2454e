"""The people of a charter: each name is typed once in `[people]`, and person fields hold its key.

The word lists that tell a role from a name are slow to load, so they are imported only for a text with a comma.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.field_selector import FieldSelector
from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import person_field_patterns
from sprintkit.charter.slug import first_free_name, slugify
from sprintkit.text.composing import compose, fold_name

_NEAR_NAME: Final = 0.85
"""Similarity, 0 to 1, from which one name counts as a misspelling of another."""


def find_person(people: Mapping[str, Any], text: str) -> str | None:
    """The key of the person whose key or name is `text`; None if nobody matches."""
    if text in people:
        return text
    if not text.isascii():
        composed = compose(text)
        for key in people:
            if compose(key) == composed:
                return key
    folded = fold_name(text)
    for key, entry in people.items():
        name = entry.get("name") if isinstance(entry, Mapping) else None
        if isinstance(name, str) and fold_name(name) == folded:
            return key
    return None


def add_person(document: Mapping[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """A copy of `document` in which the person `text` is entered in `[people]`, and the person's key.

    The name is kept as typed; a role after a comma becomes the person's role unless they have one. Somebody known by
    that key or name is not entered again. A new key is the slug of the first word; if that is taken, of the whole
    name; if that is taken too, with -2, -3, … added.
    """
    entered = document.get("people")
    people: Mapping[str, Any] = entered if isinstance(entered, Mapping) else {}
    known_key = find_person(people, text)
    if known_key is not None:
        return dict(document), known_key
    name, role = name_and_role(text)
    if role and (known_key := find_person(people, name)) is not None:
        has_role = not is_blank(paths.get_value(document, ("people", known_key, "role")))
        return dict(document) if has_role else _with_role(document, known_key, role), known_key
    key = slugify(next(iter(name.split()), ""), fallback="person")
    if key in people:
        key = first_free_name(slugify(name, fallback="person"), people)
    entry = {"name": name, "role": role} if role else {"name": name}
    return paths.set_value(document, ("people", key), entry), key


def nearest_name(typed: str, names: Collection[str], *, is_finished: bool = False) -> str:
    """The closest of `names` to a typed full name, to catch misspellings; empty if none is close enough.

    Unless typing `is_finished`, a name that is the beginning of one of `names` is not a misspelling yet.
    """
    folded = {fold_name(name): name for name in names}
    wanted = fold_name(typed)
    if " " not in wanted or (not is_finished and any(name.startswith(wanted) for name in folded)):
        return ""
    from difflib import get_close_matches  # needed only for an unknown name

    matches = get_close_matches(wanted, folded, n=1, cutoff=_NEAR_NAME)
    return folded[matches[0]] if matches else ""


def name_and_role(text: str) -> tuple[str, str]:
    """The name and the role in "Bram Yellowby, Head of Sales"; the unchanged text and "" if it holds no role."""
    if "," not in text:
        return text, ""
    from sprintkit.charter.name_and_role import split_role

    return split_role(text)


def _with_role(document: Mapping[str, Any], key: str, role: str) -> dict[str, Any]:
    return paths.set_value(document, ("people", key, "role"), role)


def paths_by_person(charter: Charter) -> dict[str, list[str]]:
    """The paths of all person fields by the key they hold, in the order of the file."""
    paths_by_key: dict[str, list[str]] = {}
    for path, key in person_references(charter):
        paths_by_key.setdefault(key, []).append(path)
    return paths_by_key


def person_references(charter: Charter) -> Iterator[tuple[str, str]]:
    """The path and key of every answered person field, in the order of the file."""
    return ((path, key) for path, key in person_selector().items(charter) if not is_blank(key))


def referenced_people(charter: Charter) -> frozenset[str]:
    """The keys that person fields hold."""
    return frozenset(key for key in set(person_selector().values(charter)) if not is_blank(key))


@cache
def person_selector() -> FieldSelector:
    """Reads the fields that hold a key of `[people]`."""
    return FieldSelector(person_field_patterns())
