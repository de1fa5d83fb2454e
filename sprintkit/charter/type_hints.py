"""What the type of a model's field is, under `Annotated`, `| None` and bounds."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel


def bare(annotation: Any) -> Any:
    """An annotation without `Annotated`, `| None` and bounds."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation


def model_below(annotation: Any) -> type[BaseModel] | None:
    """The model of the table, or of the items of the list, that a field holds; None where it holds neither."""
    below = bare(annotation)
    if get_origin(below) is list:
        below = bare(get_args(below)[0])
    return below if isinstance(below, type) and issubclass(below, BaseModel) else None
