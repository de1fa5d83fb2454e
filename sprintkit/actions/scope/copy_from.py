"""Copies people, sources and tools from another sprint into a new one; never decisions, metric or dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sprintkit.charter import people
from sprintkit.charter.blank import is_blank

SOURCE_KEYS: Final = ("name", "system", "fields", "data_owner", "refresh", "personal_data")
POINT_KEYS: Final = ("name", "tool", "surface")


def copy_from(document: Mapping[str, Any], template: Mapping[str, Any]) -> dict[str, Any]:
    """`document` with the people, sources and tools of `template`; lists that have an answer stay as they are.

    Granted access and the source of truth are not copied, since the new sprint decides on both.
    """
    copied, keys = _copy_people(dict(document), template.get("people"))
    for name, item_keys in (("data_requirements", SOURCE_KEYS), ("integration_points", POINT_KEYS)):
        items = template.get(name)
        copies = [
            _copy_item(item, item_keys, keys)
            for item in (items if isinstance(items, list) else ())
            if isinstance(item, Mapping)
        ]
        copies = [copy for copy in copies if copy]
        if copies and is_blank(copied.get(name)):
            copied[name] = copies
    return copied


def _copy_people(document: dict[str, Any], template_people: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """The document with all people of the template, and a mapping of their keys in the template to those in it."""
    new_keys: dict[str, str] = {}
    for key, person in template_people.items() if isinstance(template_people, Mapping) else ():
        name = person.get("name") if isinstance(person, Mapping) else None
        if not isinstance(name, str) or is_blank(name):
            continue
        table = document.get("people")
        known: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
        others = {known_key: entry for known_key, entry in known.items() if known_key != key}
        new_key = people.find_person(others, name)
        if new_key is None and key not in known:
            document["people"] = {**known, key: dict(person)}
            new_key = key
        elif new_key is None and people.find_person({key: known[key]}, name) == key:
            new_key = key
        elif new_key is None:
            document, new_key = people.add_person(document, name)
        new_keys[key] = new_key
    return document, new_keys


def _copy_item(
    item: Mapping[str, Any], item_keys: tuple[str, ...], keys: Mapping[str, str]
) -> dict[str, Any]:
    copy = {key: item[key] for key in item_keys if key in item and not is_blank(item[key])}
    owner = copy.get("data_owner")
    if isinstance(owner, str):
        copy["data_owner"] = keys.get(owner, owner)
    return copy
