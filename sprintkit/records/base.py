"""What all records share: strict reading, and how a field that must say something is declared."""

from __future__ import annotations

import re
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from sprintkit.charter.questions import QuestionSpec

R = TypeVar("R")


def _needed_in_schema(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Texts and lists that must say something have a blank default here, and are required in the JSON Schema."""
    names = [
        field.alias or name
        for name, field in model.model_fields.items()
        if field.is_required() or is_needed(field.metadata)
    ]
    if names:
        schema["required"] = names


class Record(BaseModel):
    """A record, or a table in one. What stands there is of its type, or the file is refused."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        defer_build=True,
        json_schema_extra=_needed_in_schema,
    )


class File(Record):
    """A record that is a file of its own."""

    schema_: Annotated[Literal[1] | None, Field(alias="schema", title="Schema version")] = None


def is_needed(metadata: list[Any]) -> bool:
    """Whether a field is declared as one that must say something."""
    return any(isinstance(part, QuestionSpec) and part.needed for part in metadata)


def items() -> Any:
    """A list that may be absent."""
    return Field(default_factory=list)


class Filed(NamedTuple, Generic[R]):
    """A record with the path of the file it stands in; several records are put in order by it."""

    path: str
    record: R


def by_name(path: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key of file names in which fix-10 comes after fix-2."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", path))
