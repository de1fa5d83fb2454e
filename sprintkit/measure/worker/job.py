"""The jobs that the worker process takes. Nothing here holds a value of the extract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sprintkit.errors import InputError
from sprintkit.measure.checks import DataCheckSpec

SHEET_ROW: Final = "row of the sheet"
"""The column of a sheet for two people that numbers its rows."""
MAX_SHEET_ROWS: Final = 1_000
"""The most rows that one sheet may have: more than two people would read."""


def meaning_column(field: str) -> str:
    """The column of such a sheet in which a person writes what a field means."""
    return f"{field} means"


@dataclass(frozen=True, kw_only=True)
class ExtractSource:
    """An extract, and what to read from it."""

    path: str
    label: str
    """The extract's name in messages."""
    form: str
    """csv, tsv, parquet, jsonl, xlsx or sqlite."""
    columns: Mapping[str, str] | None
    """The column of each field to read. Columns match by letters and digits alone. None reads every column under its own
    name."""
    spill_folder: str
    sheet: str | None = None
    table: str | None = None
    query: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProbeJob:
    """One source to measure."""

    source_name: str
    extract: ExtractSource
    recipe_digest: str
    today: date
    spill_folder: str
    fields: tuple[str, ...]
    """The fields to measure."""
    key: tuple[str, ...] = ()
    updated: str | None = None
    ranges: Mapping[str, tuple[Any, Any]]
    """Ends of the allowed range by field: numbers, or dates as ISO text."""
    sets: Mapping[str, tuple[str, ...]]
    placeholders: tuple[str, ...] = ()
    """The recipe's own placeholder words."""
    checks: tuple[DataCheckSpec, ...] = ()
    other: ExtractSource | None = None
    """The extract of another source to compare with."""
    shows_values: bool = False
    """Whether a person wants to see values on their terminal."""
    sheet_rows: int | None = None
    """The number of rows of a sheet for two people, if one is requested."""
    sheets: tuple[ExtractSource, ...] = ()
    """The two filled-in sheets to compare, or none."""


@dataclass(frozen=True, kw_only=True)
class ReadJob:
    """One metric to read."""

    extract: ExtractSource
    recipe_path: str
    """The name, in messages, of the file that holds the SELECT."""
    sql: str
    since: date
    until: date
    spill_folder: str


OnProgress = Callable[[str, float], None]
"""Receives the current step in words, and the share of it that is done, 0 to 1."""


def unreadable(label: str, message: str, *, hint: str | None = None) -> InputError:
    """The error for an extract that cannot be measured. `message` must not quote the extract."""
    return InputError(message, code="extract", path=label, hint=hint)
