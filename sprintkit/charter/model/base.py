"""The base class of the charter's tables, and short names for the types of their fields."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class CharterTable(BaseModel):
    """A table of the charter. Any field may be absent; a value of the wrong type is refused."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


TextField = str | None
PersonField = str | None
"""A key of `[people]`."""
CountField = int | None
NumberField = float | None
DateField = date | None
YesNoField = bool | None
PositiveNumberField = Annotated[float, Field(gt=0)] | None
PositiveCountField = Annotated[int, Field(gt=0)] | None


def list_field() -> Any:
    """The default of a list: empty if its key is absent."""
    return Field(default_factory=list)


def table_field(model: type[BaseModel]) -> Any:
    """The default of a table: a `model` without answers if its key is absent."""
    return Field(default_factory=model)
