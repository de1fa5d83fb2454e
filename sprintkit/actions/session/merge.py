"""Merges two versions of a document that started from the same one; each change of one side alone is taken.

Items of lists are matched by id, item or name, by what a waiver or a parked question points at, then by equality,
and only then by position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.paths import PathParts


class Difference(NamedTuple):
    """An answer, or an item of a list, that differs between two versions; None on a side that does not have it."""

    path: str
    """Its path in the merged document; where it was, if the merged document does not have it."""
    mine: Any
    theirs: Any


class MergeResult(NamedTuple):
    """Two versions merged into one."""

    document: dict[str, Any]
    their_changes: tuple[Difference, ...]
    """What only they changed; it is taken."""
    conflicts: tuple[Difference, ...]
    """What both changed, each in their own way."""


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    chosen: Set[int] = frozenset(),
) -> MergeResult:
    """`mine` with everything that only `theirs` changed since `base`.

    A conflict is resolved with my value, unless its index in `conflicts` is in `chosen`: then with theirs.
    """
    merger = _Merger(chosen)
    document = merger.merge_tables(base, mine, theirs, ())
    return MergeResult(document, tuple(merger.their_changes), tuple(merger.conflicts))


class _Merger:
    """One merge, with the differences found so far."""

    def __init__(self, chosen: Set[int]) -> None:
        self.chosen = chosen
        self.their_changes: list[Difference] = []
        self.conflicts: list[Difference] = []

    def merge_tables(
        self, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], parts: PathParts
    ) -> dict[str, Any]:
        keys = [*mine, *(key for key in theirs if key not in mine)]
        merged = {
            key: self._merge_values(base.get(key), mine.get(key), theirs.get(key), (*parts, key))
            for key in keys
        }
        return {key: value for key, value in merged.items() if value is not None}

    def _merge_values(self, base: Any, mine: Any, theirs: Any, parts: PathParts) -> Any:
        if mine == theirs or theirs == base:
            return mine
        present = [value for value in (mine, theirs) if value is not None]
        is_removal = len(present) == 1 and base is not None
        if not is_removal and all(isinstance(value, Mapping) for value in present):
            base_table = base if isinstance(base, Mapping) else {}
            return self.merge_tables(base_table, mine or {}, theirs or {}, parts)
        if not is_removal and all(_is_item_list(value) for value in present):
            return self._merge_items(base if _is_item_list(base) else [], mine or [], theirs or [], parts)
        difference = Difference(paths.format_path(parts), mine, theirs)
        if mine == base:
            self.their_changes.append(difference)
            return theirs
        self.conflicts.append(difference)
        return theirs if len(self.conflicts) - 1 in self.chosen else mine

    def _merge_items(
        self, base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], parts: PathParts
    ) -> list[Any]:
        merged: list[Any] = []
        for base_item, my_item, their_item in _match_items(base, mine, theirs):
            item = self._merge_values(base_item, my_item, their_item, (*parts, len(merged)))
            if item is not None:
                merged.append(item)
        # If I did not touch the list, it keeps their order exactly, with their insertions where they put them.
        return list(theirs) if list(mine) == list(base) else merged


def _is_item_list(value: Any) -> bool:
    """Whether a value is a list of tables."""
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _match_items(
    base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]
) -> Iterator[tuple[Any, Any, Any]]:
    """The items of three versions, matched; None for a version that does not have the item.

    They come in my order, or in their order if only they moved items; their new items come last.
    """
    my_index, their_index = _match_indices(base, mine), _match_indices(base, theirs)
    base_index = {my: old for old, my in my_index.items()}
    their_new = [index for index in range(len(theirs)) if index not in their_index.values()]
    new_on_both = _match_indices(
        [theirs[index] for index in their_new], mine, set(base_index), by_position=False
    )
    their_twin = {my: their_new[position] for position, my in new_on_both.items()}
    rows: list[tuple[int | None, int | None, int | None]] = [
        (base_index.get(my), my, their_index.get(base_index[my]) if my in base_index else their_twin.get(my))
        for my in range(len(mine))
    ]
    rows += [(old, None, their) for old, their in sorted(their_index.items()) if old not in my_index]
    rows += [(None, None, their) for their in their_new if their not in their_twin.values()]
    if _keeps_order(my_index) and not _keeps_order(their_index):
        in_their_order = iter(
            sorted((row for row in rows if row[2] is not None), key=lambda row: row[2] or 0)
        )
        rows = [next(in_their_order) if row[2] is not None else row for row in rows]
    for old, my, their in rows:
        yield (
            None if old is None else base[old],
            None if my is None else mine[my],
            None if their is None else theirs[their],
        )


def _keeps_order(matches: Mapping[int, int]) -> bool:
    """Whether matched items are in the same order on both sides."""
    indices = [index for _, index in sorted(matches.items())]
    return indices == sorted(indices)


def _match_indices(
    base: Sequence[Any], side: Sequence[Any], taken: Set[int] = frozenset(), *, by_position: bool = True
) -> dict[int, int]:
    """Maps indices of items in `base` to the indices of the same items in `side`, apart from those in `taken`."""
    matches: dict[int, int] = {}
    free = [index for index in range(len(side)) if index not in taken]
    for is_same in (_has_same_identity, lambda base_item, item: base_item == item):
        for base_index, base_item in enumerate(base):
            candidates = [
                index for index in free if base_index not in matches and is_same(base_item, side[index])
            ]
            if len(candidates) == 1 or (candidates and base_item == side[candidates[0]]):
                matches[base_index] = candidates[0]
                free.remove(candidates[0])
    if by_position and len(side) >= len(base):
        for index in range(len(base)):
            if index not in matches and index in free:
                matches[index] = index
                free.remove(index)
    return matches


def _has_same_identity(item: Any, other: Any) -> bool:
    return _identity(item) is not None and _identity(item) == _identity(other)


def _identity(item: Any) -> object:
    """What an item is recognised by: the place it points at, or its name; None if it has neither."""
    if isinstance(item, Mapping) and isinstance(item.get("path"), str):
        return item["path"], item.get("rule")
    return paths.item_name(item)
