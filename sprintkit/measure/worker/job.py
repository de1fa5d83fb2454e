"""What the process is told to do, and what it tells on the way. Nothing here holds a value of the extract."""

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
"""Rows of one sheet: more than two people read."""


def meaning_column(field: str) -> str:
    """The column of such a sheet in which a person says what a field means."""
    return f"{field} means"


@dataclass(frozen=True, kw_only=True)
class ExtractSource:
    """An extract, and what is read from it."""

    path: str
    label: str
    """How messages name it."""
    form: str
    """csv, tsv, parquet, jsonl, xlsx or sqlite."""
    columns: Mapping[str, str] | None
    """The column of each field to be read, by the field; a column is found by its letters and digits. None reads every
    column by its own name."""
    spill_folder: str
    sheet: str | None = None
    table: str | None = None
    query: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProbeJob:
    """One measurement to be made."""

    source_name: str
    extract: ExtractSource
    recipe_digest: str
    today: date
    spill_folder: str
    fields: tuple[str, ...]
    """The fields to be measured."""
    key: tuple[str, ...] = ()
    updated: str | None = None
    ranges: Mapping[str, tuple[Any, Any]]
    """Ends of the allowed range by field: numbers, or dates as ISO text."""
    sets: Mapping[str, tuple[str, ...]]
    placeholders: tuple[str, ...] = ()
    """The recipe's own placeholder words."""
    checks: tuple[DataCheckSpec, ...] = ()
    other: ExtractSource | None = None
    """The extract of another source, to be compared."""
    shows_values: bool = False
    """Whether a person wants to see values on their terminal."""
    sheet_rows: int | None = None
    """Rows of a sheet for two people, if one is wanted."""
    sheets: tuple[ExtractSource, ...] = ()
    """The two sheets that they filled in, to be compared; none, or both."""


@dataclass(frozen=True, kw_only=True)
class ReadJob:
    """One reading of the metric to be made."""

    extract: ExtractSource
    recipe_path: str
    """How messages name the file that holds the SELECT."""
    sql: str
    since: date
    until: date
    spill_folder: str


Report = Callable[[str, float], None]
"""Gets told what is being done, and which share of it is done, 0 to 1."""


def unreadable(label: str, message: str, *, hint: str | None = None) -> InputError:
    """The error for an extract that cannot be measured. `message` must not quote the extract."""
    return InputError(message, code="extract", path=label, hint=hint)
