"""What was found in one sprint or file, in plain values that the cache and another process can hold."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

RECORD: Final = "RECORD"
"""The rule that findings on records have; none of the 60."""


class Examined(NamedTuple):
    """One sprint or file."""

    entries: list[dict[str, Any]]
    """As in `data.files`."""
    problems: list[tuple[str | None, ...]]
    """Files that cannot be read, or have keys that nobody knows."""
    notes: list[str]
    files: int
    """How many files it has."""
    id: str | None
    """The charter's."""
    agreement: dict[str, Any] | None = None
    """How far those agree who were asked about its process; None where nobody was."""
