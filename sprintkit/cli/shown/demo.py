"""`demo` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style
from sprintkit.text.escaping import one_line


def lines(result: Result, style: Style) -> Iterator[str]:
    """Where the demo lies, and how to look at it."""
    data = result.data or {}
    yield one_line(data["path"])
    yield f"Look at it: sprintkit -C {one_line(data['path'])}"
