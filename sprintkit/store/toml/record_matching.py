"""Matches the records of a changed list with those of the old one, so that each keeps its own comments."""

from __future__ import annotations

from typing import Any

from sprintkit.store.toml.values import is_identical

Record = dict[str, Any]

_IDENTITY_KEYS = ("id", "item", "name")


def match_records(old: list[Record], new: list[Record]) -> list[int | None]:
    """For each record of `new`, the index of the same record in `old`; None for a record that was added.

    Identical records are matched first, then the most similar ones (a shared id, item or name counts most). Among equally
    similar ones, the nearest wins.
    """
    matches: list[int | None] = [None] * len(new)
    unmatched = list(range(len(old)))
    for new_index, record in enumerate(new):
        old_index = next((index for index in unmatched if is_identical(old[index], record)), None)
        if old_index is not None:
            matches[new_index] = old_index
            unmatched.remove(old_index)
    changed = [new_index for new_index, old_index in enumerate(matches) if old_index is None]
    candidates = (
        (_similarity(old[old_index], new[new_index]), -abs(old_index - new_index), old_index, new_index)
        for old_index in unmatched
        for new_index in changed
        if not _is_different_record(old[old_index], new[new_index])
    )
    for similarity, _, old_index, new_index in sorted(candidates, reverse=True):
        if similarity and old_index in unmatched and matches[new_index] is None:
            matches[new_index] = old_index
            unmatched.remove(old_index)
    if len(old) == len(new):
        for index in changed:
            is_open = matches[index] is None and index in unmatched
            if is_open and not _is_different_record(old[index], new[index]):
                matches[index] = index
    return matches


def _is_different_record(old: Record, new: Record) -> bool:
    """Whether two records have different identities and agree in less than half of their values."""
    for key in _IDENTITY_KEYS:
        if key in old and key in new:
            equal = sum(name in new and is_identical(value, new[name]) for name, value in old.items())
            return not is_identical(old[key], new[key]) and 2 * equal < len(old)
    return False


def _similarity(old: Record, new: Record) -> int:
    score = 0
    for key, value in old.items():
        if key in new and value and is_identical(value, new[key]):
            score += 100 if key in _IDENTITY_KEYS else 3 if isinstance(value, str) else 1
    return score
