"""Parses a document into a record: strictly, and reporting every problem at once."""

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
from sprintkit.errors import MAX_MESSAGES, ExitCode, InputError, Problem
from sprintkit.records.base import Record, requires_content
from sprintkit.text.composing import compose_document

M = TypeVar("M", bound=Record)

_EXPECTED: Final = {
    "string_type": "must be a text, in quotes",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "date_type": "must be a date like 2026-02-16 (without quotes)",
    "datetime_type": "must be a time with its zone, like 2026-02-16T14:05:00+01:00 (without quotes)",
    "timezone_aware": "must be a time with its zone, like 2026-02-16T14:05:00+01:00",
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}
"""What a value must be, by pydantic's error type."""


class IncompleteError(InputError):
    """A record is valid as far as it goes, but lacks required values."""

    exit_code = ExitCode.NO


def parse_record(model: type[M], document: Mapping[str, Any], source_path: str | None = None) -> M:
    """The record in `document`; `source_path` is its file, for problems.

    A required text or list that is missing or blank does not keep the record from loading, so that one careless entry
    hides no other; `missing_values` and the validator of its kind report it. Other faults raise InputError with a problem
    for each, of code wrong_type, unknown_key or missing; IncompleteError if values are missing and nothing else is wrong.
    """
    document = compose_document(document)
    try:
        return model.model_validate(document)
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = [
        _problem(model, detail, source_path, position)
        for position, detail in enumerate(details)
        if "[key]" not in detail["loc"]
    ]
    if not problems:
        problems = [Problem("wrong_type", "A key of this file is not a text.", source_path)]
    messages = {problem.message for problem in problems}
    missing = [
        problem for problem in missing_values(model, document, source_path) if problem.message not in messages
    ]
    error_type = IncompleteError if all(problem.code == "missing" for problem in problems) else InputError
    raise error_type.from_problems([*problems, *missing])


def missing_values(
    model: type[Record], document: Mapping[str, Any], source_path: str | None = None
) -> list[Problem]:
    """A problem for every required text or list that is missing or blank in `document`."""
    return [_missing(field, parts, source_path) for field, parts in _blank_fields(model, document, ())]


def missing_values_of(record: Record) -> list[Problem]:
    """`missing_values` of a parsed record."""
    return missing_values(type(record), record.model_dump(by_alias=True, exclude_none=True))


def _blank_fields(
    model: type[BaseModel], document: Mapping[str, Any], parent: paths.PathParts
) -> Iterator[tuple[FieldInfo, paths.PathParts]]:
    for name, field in model.model_fields.items():
        key = field.alias or name
        value = document.get(key)
        if is_blank(value):
            if requires_content(field.metadata) and not field.is_required():
                yield field, (*parent, key)
            continue
        nested = nested_model(field.annotation)
        if nested is None:
            continue
        if get_origin(unwrap_type(field.annotation)) is list:
            for index, item in enumerate(value if isinstance(value, list) else ()):
                if isinstance(item, Mapping):
                    yield from _blank_fields(nested, item, (*parent, key, index))
        elif isinstance(value, Mapping):
            yield from _blank_fields(nested, value, (*parent, key))


def _problem(model: type[BaseModel], detail: ErrorDetails, source_path: str | None, position: int) -> Problem:
    """One of pydantic's errors as a problem. `position` counts from the first error, as not all of them are shown."""
    parts, error_type = detail["loc"], detail["type"]
    path = paths.format_path(parts) if parts else "the file"
    if error_type == "extra_forbidden":
        return _unknown_key(model, parts, source_path, has_suggestion=position < MAX_MESSAGES)
    if error_type == "missing":
        field = _field_at(model, parts)
        if field:
            return _missing(field, parts, source_path)
        return Problem("missing", f"{path} is missing.", source_path)
    if path == "schema":
        message = "schema is the version of the file's format, the number 1."
        return Problem("wrong_type", message, source_path, "Write: schema = 1")
    if error_type == "literal_error":
        expected = f"must be one of: {', '.join(_choices_at(model, parts))}"
    else:
        expected = _EXPECTED.get(error_type, "is not a valid value")
    return Problem("wrong_type", f"{path} {expected}, not {describe_value(detail['input'])}.", source_path)


def _missing(field: FieldInfo, parts: paths.PathParts, source_path: str | None) -> Problem:
    spec = find_spec(field.metadata)
    question = f": {spec.prompt}" if spec else "."
    hint = f"For instance: {spec.strong}" if spec and spec.strong else None
    return Problem("missing", f"{paths.format_path(parts)} is missing{question}", source_path, hint)


def _unknown_key(
    model: type[BaseModel], parts: paths.PathParts, source_path: str | None, *, has_suggestion: bool
) -> Problem:
    message = f"{paths.format_path(parts)} is not a key of this record."
    if not has_suggestion:  # finding one takes long
        return Problem("unknown_key", message, source_path)
    owner = _model_at(model, parts[:-1]) or model
    known = [field.alias or name for name, field in owner.model_fields.items()]
    closest = difflib.get_close_matches(str(parts[-1]), known, n=1, cutoff=0.5)
    suggestion = f"Did you mean '{closest[0]}'?" if closest else f"Known here: {', '.join(known)}."
    return Problem("unknown_key", f"{message} {suggestion}", source_path)


def _model_at(model: type[BaseModel], parts: paths.PathParts) -> type[BaseModel] | None:
    """The model of the table at `parts`."""
    if not parts:
        return model
    if isinstance(parts[-1], int):
        return _model_at(model, parts[:-1])
    field = _field_at(model, parts)
    return nested_model(field.annotation) if field else None


def _field_at(model: type[BaseModel], parts: paths.PathParts) -> FieldInfo | None:
    """The field at `parts`, or the one whose list or table `parts` points into."""
    if isinstance(parts[-1], int):
        return _field_at(model, parts[:-1])
    owner = _model_at(model, parts[:-1])
    if owner is None:
        return None
    return next(
        (field for name, field in owner.model_fields.items() if (field.alias or name) == parts[-1]), None
    )


def _choices_at(model: type[BaseModel], parts: paths.PathParts) -> tuple[str, ...]:
    field = _field_at(model, parts)
    plain_type = unwrap_type(field.annotation) if field else None
    if get_origin(plain_type) is list:
        plain_type = unwrap_type(get_args(plain_type)[0])
    return tuple(str(choice) for choice in get_args(plain_type)) if get_origin(plain_type) is Literal else ()
