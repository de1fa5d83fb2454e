"""Reads the values of a charter at many path patterns in one pass.

The session reads the charter at every keystroke, and `check` may read a thousand charters. So one `attrgetter`
reads all fields outside lists, and one per list reads the fields of each of its entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

from sprintkit.charter.model import Charter


class LevelSelector:
    """The fields to read from a charter, or from every entry of one list."""

    __slots__ = ("fields", "get", "is_flat", "lists", "text_lists")

    def __init__(self) -> None:
        self.fields: list[str] = []
        """Dotted names that pass through no list."""
        self.text_lists: dict[str, Callable[[Any], list[str]]] = {}
        self.lists: dict[str, tuple[Callable[[Any], list[Any]], LevelSelector]] = {}
        """Lists of tables, each with the selector of its entries."""
        self.get: Callable[[Any], tuple[Any, ...]] = _no_values
        """Returns the values of `fields`."""
        self.is_flat = True
        """Whether it has `fields` only, and no lists."""

    def add(self, pattern: str) -> None:
        """Also read the field at `pattern`, which is relative to this level."""
        name, brackets, rest = pattern.partition("[]")
        if not brackets:
            self.fields.append(name)
            self.get = _tuple_getter(self.fields)
        elif rest:
            self._level_of(name).add(rest.removeprefix("."))
            self.is_flat = False
        else:
            self.text_lists[name] = attrgetter(name)
            self.is_flat = False

    def collect(self, model: Any, values: list[Any]) -> None:
        """Append the values of all fields to `values`, including missing ones."""
        values += self.get(model)
        for texts_of in self.text_lists.values():
            values += texts_of(model)
        for entries_of, level in self.lists.values():
            if level.is_flat:
                values += chain.from_iterable(map(level.get, entries_of(model)))
            else:
                for entry in entries_of(model):
                    level.collect(entry, values)

    def walk(self, model: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        """The path and value of every field that has a value; paths begin with `prefix`."""
        for name, value in zip(self.fields, self.get(model), strict=True):
            if value:
                yield f"{prefix}{name}", value
        for name, texts_of in self.text_lists.items():
            for index, text in enumerate(texts_of(model)):
                if text:
                    yield f"{prefix}{name}[{index}]", text
        for name, (entries_of, level) in self.lists.items():
            for index, entry in enumerate(entries_of(model)):
                yield from level.walk(entry, f"{prefix}{name}[{index}].")

    def _level_of(self, name: str) -> LevelSelector:
        if name not in self.lists:
            self.lists[name] = (attrgetter(name), LevelSelector())
        return self.lists[name][1]


class FieldSelector:
    """Reads the fields at some patterns: `success_metric.name`, `process.steps[].rule`, `scope.cut_first[]`."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._top = LevelSelector()
        for pattern in self.patterns:
            self._top.add(pattern)

    def values(self, charter: Charter) -> list[Any]:
        """All values present, in no particular order."""
        values: list[Any] = []
        self._top.collect(charter, values)
        return list(filter(None, values))

    def items(self, charter: Charter) -> Iterator[tuple[str, Any]]:
        """The path and value of every field that has a value."""
        return self._top.walk(charter, "")


def _no_values(_model: Any) -> tuple[Any, ...]:
    return ()


def _tuple_getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    get_value = attrgetter(names[0])  # with one name an attrgetter returns the bare value
    return lambda model: (get_value(model),)
