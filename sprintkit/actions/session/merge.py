"""Two versions of a document that come from the same one, as one: what only one side changed is taken from that side.

Items of lists are known by their id, item or name, by what a waiver or a parked question points at, by being the
same on both sides, and only then by their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.paths import Parts


class Difference(NamedTuple):
    """One answer, or one item of a list, that two versions do not have alike; None on the side that has none."""

    path: str
    """Where it stands in the merged document; where this is gone from that, where it stood."""
    mine: Any
    theirs: Any


class Merged(NamedTuple):
    """Two versions as one."""

    document: dict[str, Any]
    taken: tuple[Difference, ...]
    """What they alone changed."""
    clashes: tuple[Difference, ...]
    """What both changed, each in their own way."""


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    chosen: Set[int] = frozenset(),
) -> Merged:
    """`mine` with all that `theirs` alone changed since `base`.

    Of what both changed mine stands, but for the clashes whose places in the order they come in are in `chosen`.
    """
    run = _Merge(chosen)
    document = run.table(base, mine, theirs, ())
    return Merged(document, tuple(run.taken), tuple(run.clashes))


class _Merge:
    def __init__(self, chosen: Set[int]) -> None:
        self.chosen = chosen
        self.taken: list[Difference] = []
        self.clashes: list[Difference] = []

    def table(
        self, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], place: Parts
    ) -> dict[str, Any]:
        keys = [*mine, *(key for key in theirs if key not in mine)]
        found = {
            key: self.value(base.get(key), mine.get(key), theirs.get(key), (*place, key)) for key in keys
        }
        return {key: value for key, value in found.items() if value is not None}

    def value(self, base: Any, mine: Any, theirs: Any, place: Parts) -> Any:
        if mine == theirs or theirs == base:
            return mine
        there = [one for one in (mine, theirs) if one is not None]
        is_out = len(there) == 1 and base is not None
        if not is_out and all(isinstance(one, Mapping) for one in there):
            return self.table(base if isinstance(base, Mapping) else {}, mine or {}, theirs or {}, place)
        if not is_out and all(_has_items(one) for one in there):
            return self.items(base if _has_items(base) else [], mine or [], theirs or [], place)
        difference = Difference(paths.with_indices(place), mine, theirs)
        if mine == base:
            self.taken.append(difference)
            return theirs
        self.clashes.append(difference)
        return theirs if len(self.clashes) - 1 in self.chosen else mine

    def items(
        self, base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], place: Parts
    ) -> list[Any]:
        merged: list[Any] = []
        for before, own, other in _in_rows(base, mine, theirs):
            item = self.value(before, own, other, (*place, len(merged)))
            if item is not None:
                merged.append(item)
        # Where nobody here touched the list, it stands in their order, what they put between included.
        return list(theirs) if list(mine) == list(base) else merged


def _has_items(value: Any) -> bool:
    """Whether a value is a list of tables."""
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _in_rows(
    base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]
) -> Iterator[tuple[Any, Any, Any]]:
    """The items of three versions, those that are the same item in one row; None where a version has it not.

    They come in the order of mine, or of theirs where only they moved some; what is new on their side comes last.
    """
    own, other = _partners(base, mine), _partners(base, theirs)
    before = {place: at for at, place in own.items()}
    new = [at for at in range(len(theirs)) if at not in other.values()]
    both = _partners([theirs[at] for at in new], mine, set(before), by_place=False)
    twins = {place: new[at] for at, place in both.items()}
    rows: list[tuple[int | None, int | None, int | None]] = [
        (before.get(at), at, other.get(before[at]) if at in before else twins.get(at))
        for at in range(len(mine))
    ]
    rows += [(old, None, there) for old, there in sorted(other.items()) if old not in own]
    rows += [(None, None, at) for at in new if at not in twins.values()]
    if _is_in_order(own) and not _is_in_order(other):
        order = iter(sorted((row for row in rows if row[2] is not None), key=lambda row: row[2] or 0))
        rows = [next(order) if row[2] is not None else row for row in rows]
    for old, at, there in rows:
        yield (
            None if old is None else base[old],
            None if at is None else mine[at],
            None if there is None else theirs[there],
        )


def _is_in_order(partners: Mapping[int, int]) -> bool:
    places = [place for _, place in sorted(partners.items())]
    return places == sorted(places)


def _partners(
    base: Sequence[Any], side: Sequence[Any], taken: Set[int] = frozenset(), *, by_place: bool = True
) -> dict[int, int]:
    """For items of `base` their places in `side`, as far as they are there and not `taken`."""
    found: dict[int, int] = {}
    free = [at for at in range(len(side)) if at not in taken]
    for is_same in (_is_called_the_same, lambda one, two: one == two):
        for at, item in enumerate(base):
            fits = [place for place in free if at not in found and is_same(item, side[place])]
            if len(fits) == 1 or (fits and item == side[fits[0]]):
                found[at] = fits[0]
                free.remove(fits[0])
    if by_place and len(side) >= len(base):
        for at in range(len(base)):
            if at not in found and at in free:
                found[at] = at
                free.remove(at)
    return found


def _is_called_the_same(one: Any, two: Any) -> bool:
    return _name(one) is not None and _name(one) == _name(two)


def _name(item: Any) -> object:
    if isinstance(item, Mapping) and isinstance(item.get("path"), str):
        return item["path"], item.get("rule")
    return paths.identity(item)
