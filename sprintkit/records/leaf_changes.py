"""Finds every single value that differs between two versions of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.charter.paths import PathParts
from sprintkit.records.in_force import is_same_value


class LeafChange(NamedTuple):
    """One value that differs; None where it is absent."""

    parts: PathParts
    old: Any
    new: Any


def leaf_changes(old: Any, new: Any, parts: PathParts = ()) -> Iterator[LeafChange]:
    """Every value that differs; tables and lists of the same shape are compared recursively."""
    if is_same_value(old, new):
        return
    if isinstance(old, Mapping) and (isinstance(new, Mapping) or is_blank(new)):
        table: Mapping[str, Any] = new if isinstance(new, Mapping) else {}
        for key in (*old, *(key for key in table if key not in old)):
            yield from leaf_changes(old.get(key), table.get(key), (*parts, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (old_item, new_item) in enumerate(zip(old, new, strict=True)):
            yield from leaf_changes(old_item, new_item, (*parts, index))
    else:
        yield LeafChange(parts, old, new)
