"""What all parts of the model share: strict reading, and the ways a field is declared."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A table of the charter. Every field may be absent; what stands there is of its type, or refused."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


Text = str | None
"""A text; absent is None."""
Person = str | None
"""A key of `[people]`."""
Count = int | None
Number = float | None
Day = date | None
YesNo = bool | None
Positive = Annotated[float, Field(gt=0)] | None
PositiveCount = Annotated[int, Field(gt=0)] | None


def items() -> Any:
    """A list that may be absent."""
    return Field(default_factory=list)


def table(model: type[BaseModel]) -> Any:
    """A table that may be absent: then it is one with nothing in it."""
    return Field(default_factory=model)
