"""What all records share: strict parsing, and the declaration of fields that must not be blank."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from sprintkit.charter.questions import QuestionSpec

R = TypeVar("R")


def _require_in_schema(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """List fields that must not be blank as required: in the model they have a blank default."""
    names = [
        field.alias or name
        for name, field in model.model_fields.items()
        if field.is_required() or requires_content(field.metadata)
    ]
    if names:
        schema["required"] = names


class Record(BaseModel):
    """A record, or a table in one. Every value must have the declared type, and unknown keys are refused."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        defer_build=True,
        json_schema_extra=_require_in_schema,
    )


class FileRecord(Record):
    """A record that is a file of its own."""

    schema_: Annotated[Literal[1] | None, Field(alias="schema", title="Schema version")] = None
    extra: Annotated[dict[str, Any] | None, Field(title="What the team keeps here for itself")] = None


def requires_content(metadata: list[Any]) -> bool:
    """Whether a field with this metadata must not be blank."""
    return any(isinstance(part, QuestionSpec) and part.is_required for part in metadata)


def optional_list() -> Any:
    """The default of a list that may be absent."""
    return Field(default_factory=list)


class StoredRecord(NamedTuple, Generic[R]):
    """A record and the path of its file, relative to the workspace."""

    path: str
    record: R
