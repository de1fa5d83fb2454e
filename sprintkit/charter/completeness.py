"""What is missing: for a charter to exist, for sign-off, and how much is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from sprintkit.charter import paths
from sprintkit.charter.blank import PLAIN, is_blank, is_blank_text
from sprintkit.charter.field_selector import _LevelSelector
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.people import keys_used, used
from sprintkit.charter.question_bank import Question, questions_by_path


class Gap(NamedTuple):
    """A question without the answer that is needed."""

    path: str
    """With indices; the list itself where it has too few entries."""
    question: Question
    least: int
    """How many entries are needed at least."""


def missing(reading: ParsedCharter) -> list[Gap]:
    """What GEN-002 tells at the charter's depth: needed for sign-off and not there, in the order of the file.

    What another rule tells when it is missing is left to that rule.
    """
    charter = reading.charter
    lean = charter.depth == "lean"
    found: list[tuple[str, str]] = []
    _walk(_needed(lean), charter, "", "", found)
    if not lean:
        found.extend(_people_gaps(charter))
    if not found:
        return []
    order = _order()
    found.sort(key=lambda gap: order[gap[0]])
    questions = questions_by_path()
    return [
        Gap(path, questions[pattern], _least(pattern, lean) if questions[pattern].kind in _LISTS else 1)
        for pattern, path in found
    ]


_LISTS: Final = ("items", "texts")


class _Needed:
    """What is needed of a charter, or of every entry of a list."""

    def __init__(self) -> None:
        self.fields = _LevelSelector()
        self.lists: dict[str, tuple[Callable[[Any], list[Any]], _Needed]] = {}
        self.least = 0

    @property
    def is_plain(self) -> bool:
        """Whether it wants fields, and no lists in its entries."""
        return bool(self.fields.fields) and not self.lists

    def below(self, name: str) -> _Needed:
        if name not in self.lists:
            self.lists[name] = (attrgetter(name), _Needed())
        return self.lists[name][1]


@cache
def _needed(lean: bool) -> _Needed:
    """Needed fields and least counts at a depth, but for people."""
    top = _Needed()
    for pattern, question in questions_by_path().items():
        told = question.told
        if told.told_by or not (told.core if lean else told.needed) or pattern.startswith("people"):
            continue
        *lists, name = pattern.split("[].")
        level = top
        for one in lists:
            level = level.below(one)
        if question.kind in _LISTS:
            level.below(name).least = told.least_lean if lean else told.least
        else:
            level.fields.add(name)
    return top


@cache
def _order() -> dict[str, int]:
    return {pattern: at for at, pattern in enumerate(questions_by_path())}


def _walk(needed: _Needed, model: Any, pattern: str, path: str, found: list[tuple[str, str]]) -> bool:
    """Add pattern and path of all that is missing in a charter or entry; False for an entry with nothing in it."""
    values = needed.fields.get(model)
    if not (values and _all_show(values)):
        if path and _is_blank_entry(model):
            return False
        for name, value in zip(needed.fields.fields, values, strict=True):
            if not _shows(value) and not (name == "at_most" and model.at_least is not None):
                found.append((pattern + name, path + name))
    for name, (get, below) in needed.lists.items():
        entries, standing = get(model), 0
        if below.is_plain and _all_show(chain.from_iterable(map(below.fields.get, entries))):
            standing = len(entries)  # most lists: one look at all that is needed of their entries
        else:
            for at, entry in enumerate(entries):
                if entry.__class__ is str:
                    standing += _shows(entry)
                else:
                    standing += _walk(below, entry, f"{pattern}{name}[].", f"{path}{name}[{at}].", found)
        if standing < below.least:
            found.append((pattern + name, path + name))
    return True


def _people_gaps(charter: Charter) -> Iterator[tuple[str, str]]:
    """Nobody at all, or somebody who is named somewhere and has no role."""
    if not any(not _is_blank_entry(person) for person in charter.people.values()):
        yield "people", "people"
    roleless = [key for key, person in charter.people.items() if not _shows(person.role)]
    if roleless:
        named = keys_used(charter)
        for key in roleless:
            if key in named:
                yield "people[].role", paths.with_indices(("people", key, "role"))


def _shows(value: Any) -> bool:
    """Whether a value is an answer."""
    if value.__class__ is str:
        return value[:1] in PLAIN or not is_blank_text(value)
    return value is not None


def _all_show(values: Iterable[Any]) -> bool:
    """Whether all values are answers; in one go, as a charter has hundreds."""
    for value in values:
        if value.__class__ is str:
            if value[:1] not in PLAIN and is_blank_text(value):
                return False
        elif value is None:
            return False
    return True


def core_missing(reading: ParsedCharter) -> list[Gap]:
    """What of the core is not answered, whatever the depth: there is no charter before it is."""
    return [
        gap
        for question in questions_by_path().values()
        if question.told.core
        for gap in _gaps(reading, question, question.told.least_lean)
    ]


def core_parked(reading: ParsedCharter) -> list[str]:
    """Paths of parked questions that keep a charter from being: those that are or hold a question of the core."""
    core = [question.pattern for question in questions_by_path().values() if question.told.core]
    found = []
    for parked in parked_places(reading):
        pattern = paths.pattern(parked)
        if any(one == pattern or one.startswith((f"{pattern}.", f"{pattern}[]")) for one in core):
            found.append(paths.with_indices(parked))
    return found


def parked_places(reading: ParsedCharter) -> list[paths.Parts]:
    """Where the parked questions point, resolved; one that points nowhere is left out."""
    places = []
    for parked in reading.charter.parked:
        if parked.path is not None and not is_blank(parked.path):
            try:
                places.append(paths.resolve(reading.document, parked.path, append=True))
            except paths.PathError:
                continue
    return places


class Count(NamedTuple):
    """Questions asked at a depth, and how many of them are answered."""

    answered: int
    questions: int


def counts(reading: ParsedCharter) -> Count:
    """Answered and asked questions of the whole charter."""
    return total(leaves(reading))


class Leaf(NamedTuple):
    """One question that counts: for an entry that stands, or that is needed and not there yet."""

    question: Question
    path: paths.Parts
    answered: bool
    parked: bool


def total(found: Sequence[Leaf]) -> Count:
    """How many of `found` are answered."""
    return Count(sum(leaf.answered for leaf in found), len(found))


def leaves(reading: ParsedCharter) -> list[Leaf]:
    """Every question that counts at the charter's depth, in the order of the file.

    In lean those of the core; in full all that is needed for sign-off. Asked for every entry that stands and for
    at least the least count of entries; answered when of the right type, not blank and not parked.
    """
    lean = reading.charter.depth == "lean"
    people = used(reading.charter)
    parked = parked_places(reading)
    found: list[Leaf] = []
    for question in questions_by_path().values():
        if not question.is_leaf or not (question.told.core if lean else question.told.needed):
            continue
        for place, value in _places(reading.charter, question.pattern, lean):
            if question.parent == "people[]" and place[1] not in people:
                continue
            is_parked = any(paths.begins(place, start) for start in parked)
            found.append(Leaf(question, place, not is_parked and not is_blank(value), is_parked))
    return found


def _places(here: Any, pattern: str, lean: bool) -> Iterator[tuple[paths.Parts, Any]]:
    """Where the question `pattern` stands in a charter, and what is there, with the entries that are still needed."""
    places: list[tuple[paths.Parts, Any]] = [((), here)]
    walked = ""
    for key in pattern.split("."):
        name, many = key.removesuffix("[]"), key.endswith("[]")
        walked = f"{walked}.{name}" if walked else name
        below: list[tuple[paths.Parts, Any]] = []
        for place, value in places:
            inner = None if value is None else getattr(value, name)
            if name == "at_most" and value is not None and inner is None:
                inner = value.at_least
            if not many:
                below.append(((*place, name), inner))
            elif isinstance(inner, Mapping):
                below.extend(((*place, name, entry), item) for entry, item in inner.items())
            else:
                least = _least(walked, lean)
                entries = list(inner or ())
                entries += [None] * (least - len(entries))
                below.extend(((*place, name, at), item) for at, item in enumerate(entries))
        places = below
        walked += "[]" if many else ""
    yield from places


def _least(pattern: str, lean: bool) -> int:
    """Least count of entries of a list at a depth; 0 where none are needed."""
    question = questions_by_path().get(pattern)
    if question is None or not (question.told.core if lean else question.told.needed):
        return 0
    return question.told.least_lean if lean else question.told.least


def _gaps(reading: ParsedCharter, question: Question, least: int) -> Iterator[Gap]:
    """Where a question is not answered: in every entry that stands, and for the list that has too few."""
    for place, value in _standing(reading.charter, question.pattern):
        if question.kind in ("items", "texts"):
            entries = list(value.values()) if isinstance(value, Mapping) else list(value or ())
            if sum(not _is_blank_entry(entry) for entry in entries) < least:
                yield Gap(paths.with_indices(place), question, least)
        elif is_blank(value):
            yield Gap(paths.with_indices(place), question, 1)


def _standing(charter: Charter, pattern: str) -> Iterator[tuple[paths.Parts, Any]]:
    """Where a question stands in the entries that are there; an entry with nothing in it is none."""
    places: list[tuple[paths.Parts, Any]] = [((), charter)]
    for key in pattern.split("."):
        name, many = key.removesuffix("[]"), key.endswith("[]")
        below: list[tuple[paths.Parts, Any]] = []
        for place, value in places:
            inner = getattr(value, name)
            if name == "at_most" and inner is None:
                inner = value.at_least
            if not many:
                below.append(((*place, name), inner))
            elif isinstance(inner, Mapping):
                below.extend(((*place, name, entry), item) for entry, item in inner.items())
            else:
                below.extend(
                    ((*place, name, at), item) for at, item in enumerate(inner) if not _is_blank_entry(item)
                )
        places = below
    yield from places


def _is_blank_entry(entry: Any) -> bool:
    """Whether an entry of a list has nothing in it."""
    if isinstance(entry, str):
        return is_blank_text(entry)
    return all(
        _is_blank_entry(value) if isinstance(value, BaseModel) else is_blank(value)
        for value in entry.__dict__.values()
    )
