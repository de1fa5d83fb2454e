"""Values of a charter at many path patterns, in one walk.

A charter is read again at every key that is typed and a thousand times in a row in CI, so the walk is made of
`attrgetter`s: one for all fields outside lists, one for the fields of each list's entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

from sprintkit.charter.model import Charter


class _LevelSelector:
    """What is read of a charter, or of every entry of a list."""

    __slots__ = ("fields", "get", "is_flat", "lists", "texts")

    def __init__(self) -> None:
        self.fields: list[str] = []
        """Dotted names, none of them through a list."""
        self.texts: dict[str, Callable[[Any], list[str]]] = {}
        """Lists of texts."""
        self.lists: dict[str, tuple[Callable[[Any], list[Any]], _LevelSelector]] = {}
        """Lists of entries, and what is read of each."""
        self.get: Callable[[Any], tuple[Any, ...]] = _nothing
        self.is_flat = True

    def below(self, name: str) -> _LevelSelector:
        """The level of the entries of a list."""
        if name not in self.lists:
            self.lists[name] = (attrgetter(name), _LevelSelector())
        return self.lists[name][1]

    def add(self, pattern: str) -> None:
        """Read also what stands at `pattern`, seen from here."""
        name, many, rest = pattern.partition("[]")
        if not many:
            self.fields.append(name)
            self.get = _tuple_getter(self.fields)
        elif rest:
            self.below(name).add(rest.removeprefix("."))
            self.is_flat = False
        else:
            self.texts[name] = attrgetter(name)
            self.is_flat = False

    def collect(self, model: Any, found: list[Any]) -> None:
        """Add all values to `found`, missing ones too."""
        found += self.get(model)
        for texts in self.texts.values():
            found += texts(model)
        for entries, level in self.lists.values():
            if level.is_flat:
                found += chain.from_iterable(map(level.get, entries(model)))
            else:
                for entry in entries(model):
                    level.collect(entry, found)

    def walk(self, model: Any, path: str) -> Iterator[tuple[str, Any]]:
        """Path and value of all that is there."""
        for name, value in zip(self.fields, self.get(model), strict=True):
            if value:
                yield f"{path}{name}", value
        for name, texts in self.texts.items():
            for at, text in enumerate(texts(model)):
                if text:
                    yield f"{path}{name}[{at}]", text
        for name, (entries, level) in self.lists.items():
            for at, entry in enumerate(entries(model)):
                yield from level.walk(entry, f"{path}{name}[{at}].")


class FieldSelector:
    """The fields at some patterns: `success_metric.name`, `process.steps[].rule`, `scope.cut_first[]`."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._top = _LevelSelector()
        for pattern in self.patterns:
            self._top.add(pattern)

    def values(self, charter: Charter) -> list[Any]:
        """All values that are there, in no promised order."""
        found: list[Any] = []
        self._top.collect(charter, found)
        return list(filter(None, found))

    def items(self, charter: Charter) -> Iterator[tuple[str, Any]]:
        """Path and value of all that is there."""
        return self._top.walk(charter, "")


def _nothing(_model: Any) -> tuple[Any, ...]:
    return ()


def _tuple_getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    one = attrgetter(names[0])
    return lambda model: (one(model),)
