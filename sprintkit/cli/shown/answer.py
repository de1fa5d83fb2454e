"""`answer` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style, count
from sprintkit.cli.visible import line


def lines(result: Result, style: Style) -> Iterator[str]:
    """Where the answers went."""
    data = result.data or {}
    if data.get("path"):
        yield f"{style('taken', 'good')}: {count(data['answers'], 'answer')} of {line(data['who'])} in {line(data['path'])}"
