"""From a document to a record: strictly, with every fault told at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.describe import describe_value
from sprintkit.charter.questions import find_spec
from sprintkit.charter.type_hints import nested_model, unwrap_type
from sprintkit.errors import ExitCode, InputError, Problem
from sprintkit.records.base import Record, requires_content

M = TypeVar("M", bound=Record)

_WANTED: Final = {
    "string_type": "must be a text, in quotes",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "date_type": "must be a day like 2026-02-16 (without quotes)",
    "datetime_type": "must be a time with its zone, like 2026-02-16T14:05:00+01:00 (without quotes)",
    "timezone_aware": "must be a time with its zone, like 2026-02-16T14:05:00+01:00",
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}


class IncompleteError(InputError):
    """A record in which nothing is wrong but that something it must say is not there."""

    exit_code = ExitCode.NO


def parse_record(model: type[M], document: Mapping[str, Any], where: str | None = None) -> M:
    """The record in `document`, `where` being its file.

    A text or list that must say something may be missing or blank: the record loads, and `blanks` and the
    refusals of its kind tell it, so that one careless entry hides no other. Raises InputError with one problem for
    every other fault, of code wrong_type, unknown_key or missing (Incomplete, exit 1, where all are missing).
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = [_problem(model, detail, where) for detail in details if "[key]" not in detail["loc"]]
    if not problems:
        problems = [Problem("wrong_type", "A key of this file is no text.", where)]
    told = {problem.message for problem in problems}
    missing = [problem for problem in missing_values(model, document, where) if problem.message not in told]
    kind = IncompleteError if all(problem.code == "missing" for problem in problems) else InputError
    raise kind.from_problems([*problems, *missing])


def missing_values(
    model: type[Record], document: Mapping[str, Any], where: str | None = None
) -> list[Problem]:
    """A problem for every text or list that must say something and is missing or blank in `document`."""
    return [_missing(field, loc, where) for field, loc in _blank_fields(model, document, ())]


def missing_values_of(record: Record) -> list[Problem]:
    """`blanks` of a record that was read."""
    return missing_values(type(record), record.model_dump(by_alias=True, exclude_none=True))


def _blank_fields(
    model: type[BaseModel], document: Mapping[str, Any], above: paths.PathParts
) -> Iterator[tuple[FieldInfo, paths.PathParts]]:
    for name, field in model.model_fields.items():
        key = field.alias or name
        value = document.get(key)
        if is_blank(value):
            if requires_content(field.metadata) and not field.is_required():
                yield field, (*above, key)
            continue
        below = nested_model(field.annotation)
        if below is None:
            continue
        if get_origin(unwrap_type(field.annotation)) is list:
            for at, item in enumerate(value if isinstance(value, list) else ()):
                if isinstance(item, Mapping):
                    yield from _blank_fields(below, item, (*above, key, at))
        elif isinstance(value, Mapping):
            yield from _blank_fields(below, value, (*above, key))


def _problem(model: type[BaseModel], detail: ErrorDetails, where: str | None) -> Problem:
    loc, kind = detail["loc"], detail["type"]
    path = paths.format_path(loc) if loc else "the file"
    if kind == "extra_forbidden":
        return _unknown(model, loc, where)
    if kind == "missing":
        field = _field(model, loc)
        return _missing(field, loc, where) if field else Problem("missing", f"{path} is missing.", where)
    if path == "schema":
        return Problem("wrong_type", "schema is the file's format, the number 1.", where, "Write: schema = 1")
    if kind == "literal_error":
        wanted = f"is one of: {', '.join(_choices(model, loc))}"
    else:
        wanted = _WANTED.get(kind, "is no value that belongs here")
    return Problem("wrong_type", f"{path} {wanted}, not {describe_value(detail['input'])}.", where)


def _missing(field: FieldInfo, loc: paths.PathParts, where: str | None) -> Problem:
    asked = find_spec(field.metadata)
    question = f": {asked.prompt}" if asked else "."
    strong = asked.strong if asked else ""
    hint = f"For instance: {strong}" if strong else None
    return Problem("missing", f"{paths.format_path(loc)} is missing{question}", where, hint)


def _unknown(model: type[BaseModel], loc: paths.PathParts, where: str | None) -> Problem:
    name = str(loc[-1])
    owner = _model_at(model, loc[:-1]) or model
    known = [field.alias or key for key, field in owner.model_fields.items()]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    meant = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."
    return Problem("unknown_key", f"{paths.format_path(loc)} is no key of this record. {meant}", where)


def _model_at(model: type[BaseModel], loc: paths.PathParts) -> type[BaseModel] | None:
    """The model of the table at `loc`."""
    if not loc:
        return model
    if isinstance(loc[-1], int):
        return _model_at(model, loc[:-1])
    field = _field(model, loc)
    return nested_model(field.annotation) if field else None


def _field(model: type[BaseModel], loc: paths.PathParts) -> FieldInfo | None:
    """The field at `loc`, or the one whose list or table `loc` points into."""
    if isinstance(loc[-1], int):
        return _field(model, loc[:-1])
    owner = _model_at(model, loc[:-1])
    if owner is None:
        return None
    return next(
        (field for name, field in owner.model_fields.items() if (field.alias or name) == loc[-1]), None
    )


def _choices(model: type[BaseModel], loc: paths.PathParts) -> tuple[str, ...]:
    field = _field(model, loc)
    plain = unwrap_type(field.annotation) if field else None
    if get_origin(plain) is list:
        plain = unwrap_type(get_args(plain)[0])
    return tuple(str(arg) for arg in get_args(plain)) if get_origin(plain) is Literal else ()
