"""From a document to a charter: strictly, as charters load, or leniently, as drafts and `check` do."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.describe import describe_value
from sprintkit.charter.model import Charter
from sprintkit.charter.paths import Parts
from sprintkit.charter.question_bank import models_by_path, questions_by_path
from sprintkit.charter.slug import is_name
from sprintkit.errors import InputError, Problem


class Fault(NamedTuple):
    """One thing in a document that cannot be taken as it stands."""

    kind: Literal["wrong_type", "unknown_key", "bound"]
    path: str
    """With indices."""
    message: str
    """What is wrong and what to type instead; begins with the path."""


@dataclass(frozen=True, slots=True)
class ParsedCharter:
    """A document and what could be read of it."""

    charter: Charter
    """Everything of the right type; what is not is taken out, list items become empty ones."""
    document: Mapping[str, Any]
    """As typed."""
    faults: tuple[Fault, ...]

    @property
    def unknown_keys(self) -> tuple[Fault, ...]:
        """The faults that no reading is lenient about."""
        return tuple(fault for fault in self.faults if fault.kind == "unknown_key")


def parse_lenient(document: Mapping[str, Any]) -> ParsedCharter:
    """Read a document leniently: faults are told, everything else is kept."""
    found: dict[str, Fault] = {}
    cleaned: Any = document
    charter = None
    while charter is None:
        try:
            charter = Charter.model_validate(cleaned)
        except ValidationError as error:
            for detail in reversed(error.errors(include_url=False)):  # from the end, so that items stay put
                loc = _place(detail["loc"])
                fault = _fault(cleaned, loc, detail)
                if fault is not None:
                    found.setdefault(fault.path, fault)
                cleaned = _without(cleaned, loc)
    for fault in _bounds(charter, tuple(found)):
        found.setdefault(fault.path, fault)
        if fault.path.endswith(".truth_for"):
            cleaned = _without(cleaned, paths.parse(fault.path))
            charter = Charter.model_validate(cleaned)
    return ParsedCharter(charter, document, tuple(reversed(found.values())))


def parse_strict(document: Mapping[str, Any], where: str | None = None) -> Charter:
    """Read a document strictly. Raises InputError with every fault, `where` being its file."""
    reading = parse_lenient(document)
    if reading.faults:
        raise InputError.of(as_problems(reading.faults, where))
    return reading.charter


def as_problems(faults: tuple[Fault, ...], where: str | None) -> list[Problem]:
    """Faults as problems of the file `where`."""
    return [Problem(fault.kind, fault.message, where) for fault in faults]


def _place(loc: Parts) -> Parts:
    return tuple(part for part in loc if part != "[key]")


def _fault(document: Any, loc: Parts, detail: ErrorDetails) -> Fault | None:
    """What one of pydantic's errors means to a person; None where the value is blank, which is no wrong type."""
    path = paths.with_indices(loc) if loc else "the file"
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Fault("unknown_key", path, _unknown_key(loc))
    if is_blank(detail["input"]) and loc:
        return None
    if kind == "greater_than":
        return Fault("bound", path, f"{path} must be more than {detail['ctx']['gt']}.")
    if path == "schema":
        return Fault("wrong_type", path, "schema is the file's format, the number 1. Write: schema = 1")
    return Fault("wrong_type", path, f"{path} {_wanted(loc)}, not {describe_value(detail['input'])}.")


def _wanted(loc: Parts) -> str:
    """What kind of value belongs at a place."""
    question = questions_by_path().get(paths.pattern(loc))
    if question is None or (question.kind == "texts" and isinstance(loc[-1], int)):
        parent = questions_by_path().get(paths.pattern(loc).removesuffix("[]"))
        if parent is not None and parent.choices:
            return f"is one of: {', '.join(parent.choices)}"
        if parent is not None and parent.kind == "texts":
            return "must be a text"
        return "must be a table"
    if question.kind == "items":
        return "must be a table" if question.pattern in models_by_path() else "must be a list of tables"
    if question.choices and question.kind == "choice":
        return f"is one of: {', '.join(question.choices)}"
    return {
        "texts": "must be a list of texts",
        "integer": "must be a whole number",
        "number": "must be a number",
        "date": "must be a day like 2026-02-16 (without quotes)",
        "bool": "must be true or false",
    }.get(question.kind, "must be a text")


def _unknown_key(loc: Parts) -> str:
    path, name = paths.with_indices(loc), str(loc[-1])
    known = _known_keys(paths.pattern(loc[:-1]))
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    meant = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."
    return f"{path} is not a key of a charter. {meant} What is your own goes into [extra]."


@cache
def _known_keys(pattern: str) -> tuple[str, ...]:
    model: type[BaseModel] = models_by_path().get(pattern, Charter)
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _without(document: Any, loc: Parts, at: int = 0) -> Any:
    """A document without the value at `loc`; items of lists and people become empty ones, so others stay put."""
    if not loc:
        return {}
    if at == len(loc):
        return {} if paths.pattern(loc) in models_by_path() else ""
    part = loc[at]
    last = at == len(loc) - 1
    if isinstance(document, list) and isinstance(part, int):
        items = list(document)
        if last and questions_by_path()[paths.pattern(loc).removesuffix("[]")].choices:
            del items[part]
        else:
            items[part] = _without(items[part], loc, at + 1)
        return items
    if isinstance(document, Mapping) and part in document:
        table = dict(document)
        if last and paths.pattern(loc) != "people[]":
            del table[str(part)]
        else:
            table[str(part)] = _without(table[str(part)], loc, at + 1)
        return table
    return document


def _bounds(charter: Charter, unread: tuple[str, ...]) -> list[Fault]:
    """Bounds between fields that a charter must keep to load; `unread` are the paths of other faults."""
    faults: list[Fault] = []
    name = charter.charter.id
    if name is not None and not is_blank(name) and not is_name(name):
        path = "charter.id"
        told = "must be a short name of letters, digits, hyphens, dots and underscores, like lead-routing"
        faults.append(Fault("bound", path, f"{path} {told}."))
    total = sum(item.share_pct for item in charter.process.exceptions if item.share_pct is not None)
    if total > 100:
        path = "process.exceptions"
        faults.append(
            Fault("bound", path, f"{path} have shares that sum to {total:g}%, more than 100. Count again.")
        )
    for at, source in enumerate(charter.data_requirements):
        if any(path.startswith(f"data_requirements[{at}].fields[") for path in unread):
            continue  # the name that is missed may be the one that cannot be read
        strays = [name for name in source.truth_for if name not in source.fields and not is_blank(name)]
        if strays:
            path = f"data_requirements[{at}].truth_for"
            faults.append(
                Fault(
                    "bound",
                    path,
                    f"{path} names {', '.join(strays)}, which is not among the fields of this source.",
                )
            )
    return faults
