"""Builds the changes of a charter that an amendment records: a new value, a removed item, cut milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.paths import PathParts
from sprintkit.progress.cut import Weights

Document = Mapping[str, Any]
ChangeRecord = dict[str, Any]
"""One entry of `changes`: path, old and new; absent means there is none."""

_POINTING: Final = ("waivers", "parked")
"""Lists whose entries point into the charter by path."""
_KINDS: Final = {
    "budget": "budget",
    "data_requirements": "data",
    "integration_points": "integration",
    "owner": "person",
    "people": "person",
    "plan": "plan",
    "success_metric": "metric",
    "timeline": "plan",
    "value": "budget",
}
"""The kind of an amendment that changes a section; scope for any other."""


def change_of(document: Document, parts: PathParts, new: Any) -> ChangeRecord:
    """The change of the value at resolved parts; with `new` None, its removal."""
    change: ChangeRecord = {"path": paths.format_path_by_name(document, parts)}
    try:
        old = paths.get_value(document, parts)
    except paths.PathError:
        old = None
    if old is not None:
        change["old"] = old
    if new is not None:
        change["new"] = new
    return change


def removal_of(document: Document, parts: PathParts) -> list[ChangeRecord]:
    """The changes that remove an item from its list, with the waivers and parked questions that point into it."""
    changes = [change_of(document, parts, None)]
    for name in _POINTING:
        entries = document.get(name)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if _points_into(document, entry, parts):
                changes.append(change_of(document, (name, index), None))
    return changes


def _points_into(document: Document, entry: Any, parts: PathParts) -> bool:
    path = entry.get("path") if isinstance(entry, Mapping) else None
    if not isinstance(path, str):
        return False
    try:
        return paths.is_within(paths.resolve(document, path), parts)
    except paths.PathError:
        return False


def cut_changes(document: Document, removed: Sequence[str], weights: Weights) -> list[ChangeRecord]:
    """The changes that remove milestones and give their points to those that stay."""
    changes = []
    for milestone_id in removed:
        changes += removal_of(document, paths.resolve(document, ("plan", "milestones", milestone_id)))
    for milestone_id, points in weights.items():
        place = paths.resolve(document, ("plan", "milestones", milestone_id, "weight"))
        changes.append(change_of(document, place, points))
    return changes


def kind_of(changes: Sequence[ChangeRecord]) -> str:
    """The kind of a non-editorial amendment with these changes; scope if they belong to several kinds."""
    kinds = set()
    for change in changes:
        try:
            section = str(paths.parse(str(change.get("path", "")))[0])
        except paths.PathError:
            continue
        if section not in _POINTING:
            kinds.add(_KINDS.get(section, "scope"))
    return kinds.pop() if len(kinds) == 1 else "scope"
