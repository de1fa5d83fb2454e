"""`ask` as text: the sheet itself, to be sent as it is."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style


def lines(result: Result, style: Style) -> Iterator[str]:
    """The sheet, line by line."""
    yield from (result.data or {})["text"].rstrip("\n").split("\n")
