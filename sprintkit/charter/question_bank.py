"""The question bank: every question of the model by its path pattern, in the order of the file.

A pattern is a path with `[]` for any item of a list: `plan.milestones[].title`, `people[].role`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from sprintkit.charter.model import Charter
from sprintkit.charter.paths import PathPart, PathParts, path_pattern
from sprintkit.charter.questions import SECTIONS, Kind, QuestionSpec, Section, find_spec
from sprintkit.charter.type_hints import nested_model, unwrap_type


@dataclass(frozen=True, slots=True)
class Question:
    """One question: where its answer is, and what is declared about it."""

    pattern: str
    spec: QuestionSpec
    kind: Kind
    choices: tuple[str, ...]
    """The closed list of answers; for a list of texts, the choices for each entry."""
    section: Section

    @property
    def key(self) -> str:
        """The last key of the pattern."""
        return self.pattern.removesuffix("[]").rpartition(".")[2]

    @property
    def parent(self) -> str:
        """The pattern of the table or list item that holds it; empty at the top."""
        return self.pattern.rpartition(".")[0]

    @property
    def is_leaf(self) -> bool:
        """Whether its answer is a value, not a table or list whose fields have questions of their own."""
        return self.kind != "items"


class _Field(NamedTuple):
    """A field of the model, somewhere below the charter."""

    pattern: str
    question: Question | None
    model: type[BaseModel] | None
    """The model of the table, or of the list's entries."""
    is_list: bool
    """Whether it is a list, or the table of people."""


_WITHOUT_QUESTION: Final = ("schema", "extra")
_KIND_BY_TYPE: Final[dict[Any, Kind]] = {
    str: "line",
    int: "integer",
    float: "number",
    bool: "bool",
    date: "date",
}


def _kind_and_choices(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    """The kind of answer that a field's type accepts, and the choices it allows."""
    if nested_model(annotation) is not None:
        return "items", ()
    type_ = unwrap_type(annotation)
    if get_origin(type_) is Literal:
        return "choice", tuple(str(choice) for choice in get_args(type_))
    if get_origin(type_) is list:
        entry_type = unwrap_type(get_args(type_)[0])
        choices = get_args(entry_type) if get_origin(entry_type) is Literal else ()
        return "texts", tuple(str(choice) for choice in choices)
    return _KIND_BY_TYPE[type_], ()


def _walk(model: type[BaseModel], prefix: str = "") -> Iterator[_Field]:
    """Every field of `model` and of the models below it, in the order of the file."""
    for name, info in model.model_fields.items():
        pattern = prefix + (info.alias or name)
        if pattern in _WITHOUT_QUESTION:
            continue
        spec = find_spec(info.metadata)
        kind, choices = _kind_and_choices(info.annotation)
        question = Question(pattern, spec, spec.kind or kind, choices, _section_of(pattern)) if spec else None
        field_model = nested_model(info.annotation)
        is_list = get_origin(unwrap_type(info.annotation)) in (list, dict)
        yield _Field(pattern, question, field_model, is_list)
        if field_model is not None:
            yield from _walk(field_model, f"{pattern}[]." if is_list else f"{pattern}.")


def _section_of(pattern: str) -> Section:
    return next(section for section in SECTIONS if section.covers(pattern))


@cache
def _fields() -> tuple[_Field, ...]:
    return tuple(_walk(Charter))


@cache
def questions_by_path() -> dict[str, Question]:
    """All questions by pattern, in the order of the file."""
    return {field.pattern: field.question for field in _fields() if field.question is not None}


@cache
def models_by_path() -> dict[str, type[BaseModel]]:
    """The model of every table and list item by its pattern (`plan`, `plan.milestones[]`); the charter's is ""."""
    models: dict[str, type[BaseModel]] = {"": Charter}
    for field in _fields():
        if field.model is not None:
            models[f"{field.pattern}[]" if field.is_list else field.pattern] = field.model
    return models


def place_of(parts: Sequence[PathPart]) -> PathParts:
    """`parts` with index 0 for every list item given by name: enough to find the field's pattern without a document."""
    place: list[PathPart] = []
    for part in parts:
        pattern = path_pattern(place)
        is_item = f"{pattern}[]" in models_by_path() and pattern != "people"
        place.append(0 if is_item and isinstance(part, str) else part)
    return tuple(place)


@cache
def person_field_patterns() -> tuple[str, ...]:
    """Patterns of the fields that hold a key of `[people]`."""
    return tuple(pattern for pattern, question in questions_by_path().items() if question.kind == "person")


@cache
def questions_by_section() -> dict[str, tuple[Question, ...]]:
    """The questions of each section by its key; sections in the order of the session."""
    return {
        section.key: tuple(
            question for question in questions_by_path().values() if question.section is section
        )
        for section in SECTIONS
    }
