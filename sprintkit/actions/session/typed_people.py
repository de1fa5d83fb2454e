"""People as they are typed into a session: entered, corrected in place, named at last, or cleared."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from sprintkit.actions.session.analysis import value_at
from sprintkit.charter import paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.slug import first_free_name, slugify
from sprintkit.text.composing import fold_name

Document = Mapping[str, Any]

_PLACEHOLDER_KEY: Final = re.compile(r"new(-\d+)?")
"""Keys of people who were added and have no name yet."""
_SAME_PERSON: Final = 0.75
"""How alike two names are at least if one corrects the other."""


def enter_person(
    document: Document, parts: paths.PathParts, text: Any, replaced_key: str | None
) -> dict[str, Any]:
    """The document with the person typed at `parts`, who enters `[people]` if unknown.

    `replaced_key` is somebody nobody refers to any more: they go. A corrected name keeps their role.
    """
    changed = dict(document)
    if not isinstance(text, str) or is_blank(text):
        return changed  # clearing a field deletes nobody
    replaced = value_at(document, ("people", replaced_key)) if replaced_key is not None else None
    if replaced_key is not None:
        changed = paths.delete_value(changed, ("people", replaced_key))
    changed, key = people.add_person(changed, text)
    entry = value_at(changed, ("people", key))
    if replaced and not is_blank(replaced.get("role")) and entry == {"name": text}:
        likeness = difflib.SequenceMatcher(None, fold_name(text), fold_name(replaced["name"])).ratio()
        if likeness >= _SAME_PERSON:
            changed = paths.set_value(changed, ("people", key, "role"), replaced["role"])
    return paths.set_value(changed, parts, key)


def is_stray_person(document: Document, key: str, referenced: Collection[str], as_entered: Any) -> bool:
    """Whether nobody refers to a person, and nothing was said about them but what `as_entered` holds, or a name."""
    entry = value_at(document, ("people", key))
    if not isinstance(entry, Mapping) or key in referenced:
        return False
    return set(entry) <= {"name"} or entry == as_entered


def name_person(document: Document, key: str, text: Any) -> tuple[dict[str, Any], str]:
    """The document with the name of an entry as it was typed, and the entry's key from then on.

    A role behind a comma is split off if there is none yet; a placeholder key is replaced by one made from the name.
    """
    changed = dict(document)
    entries = value_at(changed, ("people",))
    if not isinstance(text, str) or is_blank(text) or not isinstance(entries, Mapping):
        return changed, key
    name, role = people.name_and_role(text)
    if role and is_blank(value_at(changed, ("people", key, "role"))):
        changed = paths.set_value(changed, ("people", key, "name"), name)
        changed = paths.set_value(changed, ("people", key, "role"), role)
    if not _PLACEHOLDER_KEY.fullmatch(key):
        return changed, key
    taken = {other for other in entries if other != key}
    new_key = slugify(name.split()[0], fallback="person")
    if new_key in taken:
        new_key = first_free_name(slugify(name, fallback="person"), taken)
    renamed = {new_key if other == key else other: entry for other, entry in changed["people"].items()}
    return {**changed, "people": renamed}, new_key


def clear_value(document: Document, parts: paths.PathParts) -> dict[str, Any]:
    """The document without the answer at `parts`. A person of whom nothing is left keeps an entry, without a name."""
    entry = value_at(document, parts[:2])
    if len(parts) == 3 and parts[0] == "people" and isinstance(entry, Mapping) and set(entry) <= {parts[2]}:
        return paths.set_value(document, parts[:2], {"name": ""})
    return paths.delete_value(document, parts)
