"""Parses documents into charters: strictly for `charter.toml`, leniently for drafts and `check`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.describe import describe_value
from sprintkit.charter.model import Charter
from sprintkit.charter.paths import PathPart, PathParts
from sprintkit.charter.question_bank import models_by_path, questions_by_path
from sprintkit.charter.slug import is_valid_id
from sprintkit.errors import MAX_MESSAGES, InputError, Problem
from sprintkit.text.composing import compose, compose_document
from sprintkit.text.value_parsing import parse_number

_Removals = dict[PathPart, Any]
"""What to remove from a document: a tree of path parts, in which `_HERE` marks the end of a path."""
_HERE: Final = -1


class Fault(NamedTuple):
    """One thing in a document that a charter does not accept."""

    kind: Literal["wrong_type", "unknown_key", "bound"]
    path: str
    """With indices."""
    message: str
    """What is wrong and what to type instead. It begins with the path."""


@dataclass(frozen=True, slots=True)
class ParsedCharter:
    """A document and the charter parsed from it."""

    charter: Charter
    """Holds every acceptable value. Others are left out; an unacceptable list item is replaced by an empty one."""
    document: Mapping[str, Any]
    """As it was given, faults included."""
    faults: tuple[Fault, ...]

    @property
    def unknown_keys(self) -> tuple[Fault, ...]:
        """The faults that lenient parsing does not excuse."""
        return tuple(fault for fault in self.faults if fault.kind == "unknown_key")


def parse_lenient(document: Mapping[str, Any]) -> ParsedCharter:
    """Parse a document leniently: report its faults and keep everything else."""
    faults: dict[str, Fault] = {}
    cleaned: Any = compose_document(document)
    charter = None
    while charter is None:
        try:
            charter = Charter.model_validate(cleaned)
        except ValidationError as error:
            details = [
                (tuple(part for part in detail["loc"] if part != "[key]"), detail)
                for detail in error.errors(include_url=False)
            ]
            new_faults = [
                _as_fault(parts, detail, position) for position, (parts, detail) in enumerate(details)
            ]
            for fault in reversed(new_faults):
                if fault is not None:
                    faults.setdefault(fault.path, fault)
            cleaned = _remove_values(cleaned, (parts for parts, _ in details))
    bound_faults = _check_bounds(charter, tuple(faults))
    for fault in bound_faults:
        faults.setdefault(fault.path, fault)
    unusable = [paths.parse(fault.path) for fault in bound_faults if fault.path.endswith(".truth_for")]
    if unusable:
        charter = Charter.model_validate(_remove_values(cleaned, unusable))
    return ParsedCharter(charter, document, tuple(reversed(faults.values())))


def parse_strict(document: Mapping[str, Any], file: str | None = None) -> Charter:
    """Parse a document strictly. Raises InputError with every fault; `file` is the file they are reported for."""
    parsed = parse_lenient(document)
    if parsed.faults:
        raise InputError.from_problems(faults_as_problems(parsed.faults, file))
    return parsed.charter


def faults_as_problems(faults: tuple[Fault, ...], file: str | None) -> list[Problem]:
    """The faults of `file` as problems."""
    return [Problem(fault.kind, fault.message, file) for fault in faults]


def _as_fault(parts: PathParts, detail: ErrorDetails, position: int) -> Fault | None:
    """One of pydantic's errors as a fault. None for a blank value: it counts as missing, not as a wrong type.

    `position` is the number of the error, from 0. Errors beyond those shown skip the slow search for a similar key.
    """
    path = paths.format_path(parts) if parts else "the file"
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Fault("unknown_key", path, _unknown_key_message(parts, has_suggestion=position < MAX_MESSAGES))
    if is_blank(detail["input"]) and parts:
        return None
    if kind == "greater_than":
        return Fault("bound", path, f"{path} must be more than {detail['ctx']['gt']}.")
    if path == "schema":
        return Fault(
            "wrong_type", path, "schema is the version of the file's format, the number 1. Write: schema = 1"
        )
    message = f"{path} {_expected_type(parts)}, not {describe_value(detail['input'])}."
    if isinstance(detail["input"], str) and kind in ("int_type", "float_type"):
        number = parse_number(detail["input"])
        message += "" if number is None else f" Type {number}, without quotes."
    return Fault("wrong_type", path, message)


def _expected_type(parts: PathParts) -> str:
    """What a value must be, as the end of a sentence."""
    pattern = paths.path_pattern(parts)
    question = questions_by_path().get(pattern)
    if question is None or (question.kind == "texts" and isinstance(parts[-1], int)):
        parent = questions_by_path().get(pattern.removesuffix("[]"))
        if parent is not None and parent.choices:
            return f"must be one of: {', '.join(parent.choices)}"
        if parent is not None and parent.kind == "texts":
            return "must be a text"
        return "must be a table"
    if question.kind == "items":
        return "must be a table" if question.pattern in models_by_path() else "must be a list of tables"
    if question.choices and question.kind == "choice":
        return f"must be one of: {', '.join(question.choices)}"
    return {
        "texts": "must be a list of texts",
        "integer": "must be a whole number",
        "number": "must be a number",
        "date": "must be a date like 2026-02-16 (without quotes)",
        "bool": "must be true or false",
    }.get(question.kind, "must be a text")


def _unknown_key_message(parts: PathParts, *, has_suggestion: bool) -> str:
    path, name = paths.format_path(parts), str(parts[-1])
    if not has_suggestion:
        return f"{path} is not a key of a charter."
    known = _known_keys(paths.path_pattern(parts[:-1]))
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    suggestion = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."
    return f"{path} is not a key of a charter. {suggestion} Keys of your own belong in [extra]."


@cache
def _known_keys(pattern: str) -> tuple[str, ...]:
    model: type[BaseModel] = models_by_path().get(pattern, Charter)
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _remove_values(document: Any, places: Iterable[PathParts]) -> Any:
    """A copy of a document without the values at `places`, made in one pass.

    List items and people are emptied instead, so that other items keep their index.
    """
    root: _Removals = {}
    for parts in places:
        removals = root
        for part in parts:
            removals = removals.setdefault(part, {})
        removals[_HERE] = {}
    return {} if _HERE in root else _remove_from(document, root, ())


def _remove_from(value: Any, removals: _Removals, parts: PathParts) -> Any:
    """A copy of the value at `parts` without the values that `removals` leads to from there."""
    if isinstance(value, list):
        items = list(value)
        question = questions_by_path().get(paths.path_pattern(parts))
        has_choices = question is not None and bool(question.choices)
        for index in sorted((part for part in removals if isinstance(part, int)), reverse=True):
            if _HERE in removals[index] and has_choices:
                del items[index]
            else:
                items[index] = _empty_value(items[index], removals[index], (*parts, index))
        return items
    if isinstance(value, Mapping):
        table = dict(value)
        for part, inner in removals.items():
            if part not in value:
                continue
            key = str(part)
            if _HERE in inner and parts != ("people",):
                del table[key]
            else:
                table[key] = _empty_value(table[key], inner, (*parts, key))
        return table
    return value


def _empty_value(value: Any, removals: _Removals, parts: PathParts) -> Any:
    if _HERE in removals:
        return {} if paths.path_pattern(parts) in models_by_path() else ""
    return _remove_from(value, removals, parts)


def _check_bounds(charter: Charter, faulty_paths: tuple[str, ...]) -> list[Fault]:
    """The faults of values of the right type; `faulty_paths` are the paths of the faults found so far."""
    faults: list[Fault] = []
    charter_id = charter.charter.id
    if charter_id is not None and not is_blank(charter_id) and not is_valid_id(charter_id):
        rule = "must be a short name of letters, digits, hyphens, dots and underscores, like lead-routing"
        faults.append(Fault("bound", "charter.id", f"charter.id {rule}."))
    for key in charter.people:
        if not key.isascii() and compose(key) != key:
            path = paths.format_path(("people", key))
            message = f"{path} is there twice, in two spellings of the same letters. Keep one of them."
            faults.append(Fault("bound", path, message))
    total = sum(item.share_pct for item in charter.process.exceptions if item.share_pct is not None)
    if total > 100:
        path = "process.exceptions"
        faults.append(
            Fault("bound", path, f"{path} have shares that sum to {total:g}%, more than 100. Count again.")
        )
    for index, source in enumerate(charter.data_requirements):
        if any(path.startswith(f"data_requirements[{index}].fields[") for path in faulty_paths):
            continue  # the faulty entry may be the very name that `truth_for` gives
        unknown = [name for name in source.truth_for if name not in source.fields and not is_blank(name)]
        if unknown:
            path = f"data_requirements[{index}].truth_for"
            faults.append(
                Fault(
                    "bound",
                    path,
                    f"{path} names {', '.join(unknown)}, which is not among the fields of this source.",
                )
            )
    return faults
