"""Editing a document: items of lists added, copied, moved and removed, with all that points into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.paths import Parts
from sprintkit.charter.slug import free

_POINTERS: Final = ("waivers", "parked")
"""The lists whose items hold a path into the document."""


def append(document: Mapping[str, Any], place: Parts, item: Any) -> dict[str, Any]:
    """A document with `item` at the end of the list at `place`."""
    items = paths.get(document, place)
    return paths.set_value(document, (*place, len(items) if isinstance(items, list) else 0), item)


def copy(document: Mapping[str, Any], place: Parts) -> dict[str, Any]:
    """A document with a copy of the item at `place` right behind it; its id, item or name gets a -2.

    What points into the items behind it goes on pointing at them.
    """
    *above, at = place
    items = list(paths.get(document, tuple(above)))
    index = int(at)
    twin = items[index]
    name = paths.identity(twin)
    if name is not None:
        taken = {paths.identity(item) for item in items}
        key = next(key for key in ("id", "item", "name") if twin.get(key) == name)
        twin = {**twin, key: free(name, {one for one in taken if one is not None})}
    items.insert(index + 1, twin)
    return _rebuilt(document, tuple(above), items, lambda old: old if old <= index else old + 1)


def move(document: Mapping[str, Any], place: Parts, by: int) -> dict[str, Any]:
    """A document with the item at `place` moved `by` places, at most to an end of its list."""
    *above, at = place
    items = list(paths.get(document, tuple(above)))
    index = int(at)
    target = min(max(index + by, 0), len(items) - 1)
    items.insert(target, items.pop(index))
    order = list(range(len(items)))
    order.insert(target, order.pop(index))
    return _rebuilt(document, tuple(above), items, order.index)


def remove(document: Mapping[str, Any], place: Parts) -> dict[str, Any]:
    """A document without the item at `place`, and without the waivers and parked questions that point into it."""
    *above, at = place
    items = list(paths.get(document, tuple(above)))
    index = int(at)
    del items[index]
    return _rebuilt(document, tuple(above), items, lambda old: None if old == index else old - (old > index))


def _rebuilt(
    document: Mapping[str, Any], place: Parts, items: list[Any], moved: Callable[[int], int | None]
) -> dict[str, Any]:
    """A document with the list at `place` replaced, and every path into it written anew.

    `moved` tells where an item of the old list stands in the new one; None for one that is gone.
    """
    changed = paths.set_value(document, place, items)
    for name in _POINTERS:
        pointers = document.get(name)
        if not isinstance(pointers, list) or name == place[0]:
            continue
        kept = []
        for pointer in pointers:
            target = _target(document, pointer)
            if target is None or not paths.begins(target, place) or len(target) == len(place):
                kept.append(pointer)
                continue
            index = moved(int(target[len(place)]))
            if index is not None:
                there = (*place, index, *target[len(place) + 1 :])
                kept.append({**pointer, "path": paths.written(changed, there)})
        if kept != pointers:
            changed = {**changed, name: kept}
            if not kept:
                del changed[name]
    return changed


def _target(document: Mapping[str, Any], pointer: Any) -> Parts | None:
    """Where a waiver or a parked question points, resolved; None where it points nowhere."""
    path = pointer.get("path") if isinstance(pointer, Mapping) else None
    if not isinstance(path, str):
        return None
    try:
        return paths.resolve(document, path)
    except paths.PathError:
        return None
