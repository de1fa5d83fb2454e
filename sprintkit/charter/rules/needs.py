"""Whether anything that sign-off needs can be missing: a quick look that spares most charters the long one."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Any

from ..bank import bank
from ..model import Charter
from .gather import Level
from .rule import PLAIN, said


def all_there(charter: Charter, used: frozenset[str]) -> bool:
    """Whether surely nothing is missing that GEN-002 tells; False where only the long look can say.

    `used` are the keys of the people who are named somewhere.
    """
    lean = charter.depth == "lean"
    if not lean:
        people = charter.people
        if not people or any(key in people and not said(people[key].role) for key in used):
            return False
        if any(
            limit.at_most is None and limit.at_least is None for limit in charter.success_metric.guardrails
        ):
            return False
    values: list[Any] = []
    if not _collect(_needs(lean), charter, values) or None in values:
        return False
    unclear = [value for value in values if value.__class__ is str and value[:1] not in PLAIN]
    return all(map(said, unclear))


@cache
def _needs(lean: bool) -> Level:
    """The fields that are needed at a depth, and the least counts of the lists."""
    top = Level()
    for pattern, question in bank().items():
        told = question.told
        if told.told_by or not (told.core if lean else told.needed) or pattern.startswith("people"):
            continue
        if question.kind in ("items", "texts"):
            level, name = top, pattern
            while "[]" in name:
                before, _, name = name.partition("[].")
                level.is_flat = False
                level = level.below(before)
            level.is_flat = False
            level.below(name).least = told.least_lean if lean else told.least
        elif pattern != "success_metric.guardrails[].at_most":  # or at_least
            top.add(pattern)
    return top


def _collect(level: Level, model: Any, values: list[Any]) -> bool:
    """Collect the values that are needed; False where a list is too short, or an entry empty."""
    values += level.get(model)
    for get, below in level.lists.values():
        entries = get(model)
        if len(entries) < below.least:
            return False
        if below.is_flat and below.fields:
            values += chain.from_iterable(map(below.get, entries))
            continue
        for entry in entries:
            if entry.__class__ is str:
                values.append(entry)
            elif not (below.fields or any(entry.__dict__.values())) or not _collect(below, entry, values):
                return False
    return True
