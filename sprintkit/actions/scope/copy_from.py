"""What a new sprint takes over from another one: people, sources and tools; never decisions, metric or dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sprintkit.charter import people
from sprintkit.charter.blank import is_blank

SOURCE_KEYS: Final = ("name", "system", "fields", "data_owner", "refresh", "personal_data")
POINT_KEYS: Final = ("name", "tool", "surface")


def copied_from(document: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """`document` with people, sources and tools of `other`; lists that have an answer already stay.

    Whether access is granted, and which source wins, is a decision that the new sprint takes itself.
    """
    result, keys = _people(dict(document), other.get("people"))
    for name, wanted in (("data_requirements", SOURCE_KEYS), ("integration_points", POINT_KEYS)):
        theirs = other.get(name)
        items = [
            _part(item, wanted, keys)
            for item in (theirs if isinstance(theirs, list) else ())
            if isinstance(item, Mapping)
        ]
        items = [item for item in items if item]
        if items and is_blank(result.get(name)):
            result[name] = items
    return result


def _people(document: dict[str, Any], entries: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """The document with all people of another, and the keys they have here by those they had there."""
    keys: dict[str, str] = {}
    for key, entry in entries.items() if isinstance(entries, Mapping) else ():
        name = entry.get("name") if isinstance(entry, Mapping) else None
        if not isinstance(name, str) or is_blank(name):
            continue
        here = document.get("people")
        known = here if isinstance(here, Mapping) else {}
        found = people.find({one: who for one, who in known.items() if one != key}, name)
        if found is None and key not in known:
            document["people"] = {**known, key: dict(entry)}
            found = key
        elif found is None and people.find({key: known[key]}, name) == key:
            found = key
        elif found is None:
            document, found = people.enter(document, name)
        keys[key] = found
    return document, keys


def _part(item: Mapping[str, Any], wanted: tuple[str, ...], keys: Mapping[str, str]) -> dict[str, Any]:
    part = {key: item[key] for key in wanted if key in item and not is_blank(item[key])}
    owner = part.get("data_owner")
    if isinstance(owner, str):
        part["data_owner"] = keys.get(owner, owner)
    return part
