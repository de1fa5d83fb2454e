"""Text as it is stored: as it was typed, with one kind of line end, and with none in fields of one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sprintkit.actions.session.values import lines_joined
from sprintkit.charter import paths
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.questions import QuestionSpec
from sprintkit.charter.type_hints import model_below


def normalised(document: Mapping[str, Any]) -> dict[str, Any]:
    """A charter's document with the line ends its fields may have; `[extra]` stays as it is."""
    return {key: value if key == "extra" else normalised_at((key,), value) for key, value in document.items()}


def normalised_at(place: paths.Parts, value: Any) -> Any:
    """A value of a charter, at a place with every item as an index, with the line ends its fields may have."""
    if isinstance(value, Mapping):
        return {key: normalised_at((*place, key), part) for key, part in value.items()}
    if isinstance(value, list):
        return [normalised_at((*place, at), part) for at, part in enumerate(value)]
    if not isinstance(value, str):
        return value
    question = questions_by_path().get(paths.pattern(place).removesuffix("[]"))
    is_prose = question is not None and question.kind == "prose"
    return value.replace("\r\n", "\n") if is_prose or question is None else lines_joined(value)


def normalised_record(model: type[BaseModel], document: Mapping[str, Any]) -> dict[str, Any]:
    """A record's document with the line ends its fields may have."""
    kept = dict(document)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in kept:
            ask = next((part for part in field.metadata if isinstance(part, QuestionSpec)), None)
            is_prose = ask is not None and ask.kind == "prose"
            kept[key] = _settled(kept[key], model_below(field.annotation), is_prose)
    return kept


def _settled(value: Any, model: type[BaseModel] | None, is_prose: bool) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n") if is_prose else lines_joined(value)
    if isinstance(value, list):
        return [_settled(part, model, is_prose) for part in value]
    if isinstance(value, Mapping) and model is not None:
        return normalised_record(model, value)
    return value
