"""Unwraps the type annotations of a model's fields."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel


def unwrap_type(annotation: Any) -> Any:
    """The type under `Annotated` and `| None`, at any depth."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation


def nested_model(annotation: Any) -> type[BaseModel] | None:
    """The model of the table that a field holds, or of the entries of its list or dict; None if it holds neither."""
    inner = unwrap_type(annotation)
    if get_origin(inner) in (list, dict):
        inner = unwrap_type(get_args(inner)[-1])
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
