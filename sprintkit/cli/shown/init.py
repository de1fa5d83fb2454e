"""`init` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style
from sprintkit.text.escaping import one_line


def lines(result: Result, style: Style) -> Iterator[str]:
    """The workspace, what was made, and what to do next."""
    data = result.data or {}
    yield f"workspace {one_line(data['path'])}"
    for name in data["written"]:
        yield f"  wrote {name}"
    yield "Next: sprintkit scope"
