"""Normalises text before it is stored: LF as the line end, and no line breaks in one-line fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sprintkit.charter import paths
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.questions import QuestionSpec
from sprintkit.charter.type_hints import nested_model


def join_lines(text: str) -> str:
    """`text` for a one-line field: every line break becomes a space."""
    return text.replace("\r\n", "\n").replace("\n", " ")


def normalise_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """A charter's document with normalised text; `[extra]` stays as it is."""
    return {
        key: value if key == "extra" else normalise_value((key,), value) for key, value in document.items()
    }


def normalise_value(parts: paths.PathParts, value: Any) -> Any:
    """The value at a path of a charter, with normalised text."""
    if isinstance(value, Mapping):
        return {key: normalise_value((*parts, key), part) for key, part in value.items()}
    if isinstance(value, list):
        return [normalise_value((*parts, index), entry) for index, entry in enumerate(value)]
    if not isinstance(value, str):
        return value
    question = questions_by_path().get(paths.path_pattern(parts).removesuffix("[]"))
    return _normalise_text(value, is_prose=question is None or question.kind == "prose")


def normalise_record(model: type[BaseModel], document: Mapping[str, Any]) -> dict[str, Any]:
    """A record's document with normalised text."""
    normalised = dict(document)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in normalised:
            spec = next((part for part in field.metadata if isinstance(part, QuestionSpec)), None)
            is_prose = spec is not None and spec.kind == "prose"
            normalised[key] = _normalise_field(normalised[key], nested_model(field.annotation), is_prose)
    return normalised


def _normalise_field(value: Any, model: type[BaseModel] | None, is_prose: bool) -> Any:
    if isinstance(value, str):
        return _normalise_text(value, is_prose)
    if isinstance(value, list):
        return [_normalise_field(entry, model, is_prose) for entry in value]
    if isinstance(value, Mapping) and model is not None:
        return normalise_record(model, value)
    return value


def _normalise_text(text: str, is_prose: bool) -> str:
    return text.replace("\r\n", "\n") if is_prose else join_lines(text)
