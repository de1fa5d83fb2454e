"""`answer` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style
from sprintkit.text.escaping import one_line
from sprintkit.text.numbers import format_count


def lines(result: Result, style: Style) -> Iterator[str]:
    """Where the answers went."""
    data = result.data or {}
    if data.get("path"):
        yield f"{style('taken', 'good')}: {format_count(data['answers'], 'answer')} of {one_line(data['who'])} in {one_line(data['path'])}"
