"""`demo` as text."""

from __future__ import annotations

from collections.abc import Iterator

from ...actions.result import Result
from ..visible import line
from .layout import Style


def lines(result: Result, style: Style) -> Iterator[str]:
    """Where the demo lies, and how to look at it."""
    data = result.data or {}
    yield line(data["path"])
    yield f"Look at it: sprintkit -C {line(data['path'])}"
