"""Loads an extract of any form into the database."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sprintkit.measure.worker.csv_extract import load_csv
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable
from sprintkit.measure.worker.json_extract import load_json_lines
from sprintkit.measure.worker.loaded_extract import LoadedExtract
from sprintkit.measure.worker.parquet_extract import load_parquet
from sprintkit.measure.worker.sqlite_extract import load_sqlite
from sprintkit.measure.worker.workbook_extract import load_workbook_sheet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    Loader = Callable[[DuckDBPyConnection, ExtractSource, OnProgress], LoadedExtract]

LOADERS: Final[Mapping[str, Loader]] = {
    "csv": load_csv,
    "tsv": load_csv,
    "parquet": load_parquet,
    "jsonl": load_json_lines,
    "xlsx": load_workbook_sheet,
    "sqlite": load_sqlite,
}

_TEXT_REASONS: Final = (
    "more or fewer values than columns, a quote that is never closed, or the header once more"
)
UNREADABLE_REASONS: Final[Mapping[str, str]] = {
    "csv": _TEXT_REASONS, "tsv": _TEXT_REASONS, "jsonl": "the line is no JSON object",
}  # fmt: skip


def load_extract(
    connection: DuckDBPyConnection, extract: ExtractSource, on_progress: OnProgress
) -> LoadedExtract:
    """Load the wanted columns. Raises InputError if the extract cannot be measured or changes while it is read."""
    before = _identity(extract.path)
    loaded = LOADERS[extract.form](connection, extract, on_progress)
    if _identity(extract.path) != before:
        raise unreadable(
            extract.label, "it changed while it was read", hint="Measure it again once it is written."
        )
    if not loaded.rows:
        message = "it has a header and no rows" if not loaded.unreadable else "none of its rows could be read"
        raise unreadable(extract.label, message)
    if loaded.unreadable:
        rows = "A row" if loaded.unreadable == 1 else f"{loaded.unreadable:,} rows"
        loaded = dataclasses.replace(
            loaded, notes=(*loaded.notes, f"{rows} could not be read: {UNREADABLE_REASONS[extract.form]}.")
        )
    return loaded


def _identity(path: str) -> tuple[int, int, int]:
    status = Path(path).stat()
    return status.st_ino, status.st_size, status.st_mtime_ns
