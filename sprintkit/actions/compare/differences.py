"""Finds every value that differs between two charter documents; items of a list are matched by name.

Two documents with different digests always have a difference, and two with the same digest never do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, TypedDict

from sprintkit.charter import paths
from sprintkit.charter.paths import PathParts
from sprintkit.signoff.canonical import canonical_json

Document = Mapping[str, Any]
_WRITTEN_ALIKE: Final = (str, int, bool, date)
"""Types of which equal values have the same canonical form, and others another."""


class ChangeData(TypedDict):
    """A change in JSON."""

    path: str
    """List items are identified by name if they have one."""
    label: str
    """The field's label, after the name of its list item: `Replay passed: Weight`."""
    old: Any
    """As in the file; null if it was absent."""
    new: Any
    """As in the file; null if it was removed."""


class Difference(NamedTuple):
    """One value that differs; None stands for an absent value."""

    parts: PathParts
    """The path in the newer document, or in the older one if the value was removed."""
    is_removed: bool
    """Whether the newer document lacks it, so that `parts` are of the older one."""
    old: Any
    new: Any


def find_differences(before: Document, after: Document) -> list[Difference]:
    """All differences, in the order of the newer document. Tables that both documents have are compared key by key."""
    return list(_differences(before, after, (), ()))


def is_same_content(old: Any, new: Any) -> bool:
    """Whether two values have the same digest: 15 and 15.0 do; 1 and true, or a blank and an absent text, do not."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = {key for key in (*old, *new) if old.get(key) is not None or new.get(key) is not None}
        return all(is_same_content(old.get(key), new.get(key)) for key in keys)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(is_same_content, old, new))
    if type(old) is type(new) and type(old) in _WRITTEN_ALIKE:
        return bool(old == new)
    return canonical_json({"value": old}) == canonical_json({"value": new})


def _differences(old: Any, new: Any, old_parts: PathParts, new_parts: PathParts) -> Iterator[Difference]:
    if is_same_content(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in (*new, *(key for key in old if key not in new)):
            yield from _differences(old.get(key), new.get(key), (*old_parts, key), (*new_parts, key))
    elif _is_table_list(old) and _is_table_list(new):
        yield from _item_differences(old, new, old_parts, new_parts)
    else:
        is_removed = new is None
        yield Difference(old_parts if is_removed else new_parts, is_removed, old, new)


def _is_table_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _item_differences(
    old: list[Any], new: list[Any], old_parts: PathParts, new_parts: PathParts
) -> Iterator[Difference]:
    pairs = _match_items(old, new)
    matched = {old_index for old_index, _ in pairs}
    partner = {new_index: old_index for old_index, new_index in pairs}
    for index, item in enumerate(new):
        if index in partner:
            old_index = partner[index]
            yield from _differences(old[old_index], item, (*old_parts, old_index), (*new_parts, index))
        else:
            yield Difference((*new_parts, index), False, None, item)
    for index, item in enumerate(old):
        if index not in matched:
            yield Difference((*old_parts, index), True, item, None)
    order = [partner[index] for index in range(len(new)) if index in partner]
    if order != sorted(order):
        yield Difference(
            new_parts,
            False,
            [item_label(item, number) for number, item in enumerate(old, 1)],
            [item_label(item, number) for number, item in enumerate(new, 1)],
        )


def _match_items(old: list[Any], new: list[Any]) -> list[tuple[int, int]]:
    """Pairs of indices, in the old and in the new list, of matching items.

    Items match by a name that is unique in each list. Items without one match if they are equal, the rest by order.
    """
    old_names, new_names = list(map(paths.item_name, old)), list(map(paths.item_name, new))
    if None not in old_names + new_names and all(
        len(set(names)) == len(names) for names in (old_names, new_names)
    ):
        return [(old_names.index(name), index) for index, name in enumerate(new_names) if name in old_names]
    pairs, left = [], list(range(len(old)))
    unmatched = []
    for index, item in enumerate(new):
        equal = next((number for number in left if is_same_content(old[number], item)), None)
        if equal is None:
            unmatched.append(index)
        else:
            left.remove(equal)
            pairs.append((equal, index))
    return sorted([*pairs, *zip(left, unmatched, strict=False)])


def item_label(item: Any, number: int) -> str:
    """The name of a list item for people: its title, else its name, else its first text, else its number."""
    if isinstance(item, Mapping):
        for value in (
            item.get("title"),
            item.get("name"),
            item.get("role"),
            paths.item_name(item),
            *item.values(),
        ):
            if isinstance(value, str) and value.strip():
                return value
    return f"number {number}"
