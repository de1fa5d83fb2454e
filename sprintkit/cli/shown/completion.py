"""`completion` as text: the script itself."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style


def lines(result: Result, style: Style) -> Iterator[str]:
    """The script, line by line."""
    yield from (result.data or {})["script"].rstrip("\n").split("\n")
