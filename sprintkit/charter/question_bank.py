"""The question bank: what the model declares, by path pattern, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sprintkit.charter.model import Charter
from sprintkit.charter.questions import SECTIONS, Kind, QuestionSpec, Section
from sprintkit.charter.type_hints import bare


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank: where its answer stands, and what is declared about it."""

    pattern: str
    """Path with `[]` for any item of a list, and `people[]` for any person."""
    told: QuestionSpec
    kind: Kind
    choices: tuple[str, ...]
    """The closed list it is answered from; for a list of texts, the list its entries are from."""
    section: Section

    @property
    def key(self) -> str:
        """The last key of the path."""
        return self.pattern.removesuffix("[]").rpartition(".")[2]

    @property
    def parent(self) -> str:
        """The pattern of the table or list item that holds it; empty at the top."""
        return self.pattern.rpartition(".")[0]

    @property
    def is_leaf(self) -> bool:
        """Whether it is answered with a value, not with items that have questions of their own."""
        return self.kind != "items"


def _shape(annotation: Any) -> tuple[Kind, tuple[str, ...], type[BaseModel] | None]:
    """Kind of answer, choices, and the model of the items or of the table, of a field's type."""
    plain = bare(annotation)
    if get_origin(plain) is Literal:
        return "choice", tuple(str(arg) for arg in get_args(plain)), None
    if get_origin(plain) in (list, dict):
        inner = bare(get_args(plain)[-1])
        if get_origin(inner) is Literal:
            return "texts", tuple(str(arg) for arg in get_args(inner)), None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return "items", (), inner
        return "texts", (), None
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return "items", (), plain
    kinds: dict[Any, Kind] = {str: "line", int: "integer", float: "number", bool: "bool", date: "date"}
    return kinds[plain], (), None


def _section_of(pattern: str) -> Section:
    for section in SECTIONS:
        if any(pattern == root or pattern.startswith((f"{root}.", f"{root}[")) for root in section.roots):
            return section
    raise LookupError(pattern)


def _declared(field: FieldInfo) -> QuestionSpec | None:
    return next((part for part in field.metadata if isinstance(part, QuestionSpec)), None)


def _walk(
    model: type[BaseModel], prefix: str
) -> Iterator[tuple[str, Question | None, type[BaseModel] | None]]:
    """Every field below `model`: its pattern, its question, and the model below it where there is one."""
    for name, field in model.model_fields.items():
        pattern = prefix + (field.alias or name)
        if pattern in ("schema", "extra"):
            continue
        kind, choices, below = _shape(field.annotation)
        ask = _declared(field)
        is_list = get_origin(bare(field.annotation)) in (list, dict)
        yield (
            pattern,
            Question(pattern, ask, ask.kind or kind, choices, _section_of(pattern)) if ask else None,
            below,
        )
        if below is not None:
            yield from _walk(below, f"{pattern}[]." if is_list else f"{pattern}.")


@cache
def questions_by_path() -> dict[str, Question]:
    """All questions by pattern, in the order of the file."""
    return {pattern: question for pattern, question, _ in _walk(Charter, "") if question is not None}


@cache
def models_by_path() -> dict[str, type[BaseModel]]:
    """The model of every table and list item by its pattern (`plan`, `plan.milestones[]`); the charter's is ""."""
    found: dict[str, type[BaseModel]] = {"": Charter}
    for pattern, _question, below in _walk(Charter, ""):
        if below is not None:
            found[pattern if pattern in _tables() else f"{pattern}[]"] = below
    return found


@cache
def _tables() -> frozenset[str]:
    """Patterns of single tables, in contrast to lists of them."""

    def walk(model: type[BaseModel], prefix: str) -> Iterator[str]:
        for name, field in model.model_fields.items():
            plain = bare(field.annotation)
            _kind, _choices, below = _shape(plain) if name != "extra" else ("line", (), None)
            if below is None:
                continue
            if get_origin(plain) in (list, dict):
                yield from walk(below, f"{prefix}{name}[].")
            else:
                yield f"{prefix}{name}"
                yield from walk(below, f"{prefix}{name}.")

    return frozenset(walk(Charter, ""))


@cache
def person_patterns() -> tuple[str, ...]:
    """Patterns of the fields that hold a key of `[people]`."""
    return tuple(pattern for pattern, question in questions_by_path().items() if question.kind == "person")


@cache
def questions_by_section() -> dict[str, tuple[Question, ...]]:
    """The questions of each section by its key, in the order of the session."""
    return {
        section.key: tuple(
            question for question in questions_by_path().values() if question.section is section
        )
        for section in SECTIONS
    }
