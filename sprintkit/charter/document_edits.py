"""Adds, copies, moves and removes items of a document's lists, and keeps the paths that point into them valid.

Waivers and parked questions hold such paths. Every function returns a changed copy and leaves its argument alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.paths import PathParts
from sprintkit.charter.slug import first_free_name

_LISTS_WITH_PATHS: Final = ("waivers", "parked")


def append_item(document: Mapping[str, Any], place: PathParts, item: Any) -> dict[str, Any]:
    """Add `item` at the end of the list at `place`; an absent list is created."""
    items = paths.get_value(document, place)
    return paths.set_value(document, (*place, len(items) if isinstance(items, list) else 0), item)


def copy_item(document: Mapping[str, Any], place: PathParts) -> dict[str, Any]:
    """Insert a copy of the item at `place` after it, with -2 (or -3, …) added to the copy's id, item or name."""
    list_place, items, index = _split(document, place)
    copied = items[index]
    name = paths.item_name(copied)
    if name is not None:
        taken = {other for other in map(paths.item_name, items) if other is not None}
        key = next(key for key in paths.NAME_KEYS if copied.get(key) == name)
        copied = {**copied, key: first_free_name(name, taken)}
    items.insert(index + 1, copied)
    return _replace_list(document, list_place, items, lambda old: old if old <= index else old + 1)


def move_item(document: Mapping[str, Any], place: PathParts, by: int) -> dict[str, Any]:
    """Move the item at `place` by `by` positions, stopping at the ends of its list."""
    list_place, items, index = _split(document, place)
    target = min(max(index + by, 0), len(items) - 1)
    items.insert(target, items.pop(index))
    old_indices = list(range(len(items)))
    old_indices.insert(target, old_indices.pop(index))
    return _replace_list(document, list_place, items, old_indices.index)


def remove_item(document: Mapping[str, Any], place: PathParts) -> dict[str, Any]:
    """Remove the item at `place`, and the waivers and parked questions that point into it."""
    list_place, items, index = _split(document, place)
    del items[index]
    return _replace_list(
        document, list_place, items, lambda old: None if old == index else old - (old > index)
    )


def _split(document: Mapping[str, Any], place: PathParts) -> tuple[PathParts, list[Any], int]:
    """The place of the list that holds the item at `place`, a copy of that list, and the index of the item."""
    *list_place, index = place
    return tuple(list_place), list(paths.get_value(document, tuple(list_place))), int(index)


def _replace_list(
    document: Mapping[str, Any],
    place: PathParts,
    items: list[Any],
    new_index: Callable[[int], int | None],
) -> dict[str, Any]:
    """Replace the list at `place` and rewrite every path that points into it.

    `new_index` maps the index of an item in the old list to its index in `items`; None for a removed item.
    """
    changed = paths.set_value(document, place, items)
    for name in _LISTS_WITH_PATHS:
        entries = document.get(name)
        if not isinstance(entries, list) or name == place[0]:
            continue
        remaining = []
        for entry in entries:
            target = _resolve_target(document, entry)
            if target is None or not paths.is_within(target, place) or len(target) == len(place):
                remaining.append(entry)
                continue
            index = new_index(int(target[len(place)]))
            if index is not None:
                new_target = (*place, index, *target[len(place) + 1 :])
                remaining.append({**entry, "path": paths.format_path_by_name(changed, new_target)})
        if remaining != entries:
            changed = {**changed, name: remaining}
            if not remaining:
                del changed[name]
    return changed


def _resolve_target(document: Mapping[str, Any], entry: Any) -> PathParts | None:
    """Where a waiver or parked question points; None if it points nowhere."""
    path = entry.get("path") if isinstance(entry, Mapping) else None
    if not isinstance(path, str):
        return None
    try:
        return paths.resolve(document, path)
    except paths.PathError:
        return None
