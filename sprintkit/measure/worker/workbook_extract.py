"""Loads a sheet of a workbook (XLSX) into the database."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import python_calamine

from sprintkit.measure.folding import fold_name
from sprintkit.measure.worker.columns import match_columns, refuse_many_columns
from sprintkit.measure.worker.file_scan import file_digest
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable
from sprintkit.measure.worker.loaded_extract import LoadedExtract
from sprintkit.measure.worker.spilled_rows import load_spilled_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAX_UNPACKED_BYTES: Final = 200_000_000
"""The greatest unpacked size of a workbook, all of which is read into memory."""
_TOO_LARGE_HINT: Final = "Save the sheet as CSV, which is read at any size."


def load_workbook_sheet(
    connection: DuckDBPyConnection, extract: ExtractSource, on_progress: OnProgress
) -> LoadedExtract:
    """Load the wanted columns of a sheet, whose first filled row is the header. Empty rows are skipped.

    Raises InputError if the workbook cannot be measured; the library's own messages are never passed on.
    """
    _refuse_large(extract)
    digest = file_digest(extract.path, on_progress)
    on_progress("reading rows", 0)
    try:
        with python_calamine.load_workbook(extract.path) as workbook:
            sheet = workbook.get_sheet_by_name(_find_sheet(workbook, extract))
            rows = (row for row in sheet.iter_rows() if any(value != "" for value in row))
            header = [_as_text(value) or "" for value in next(rows, [])]
            if not any(header):
                raise unreadable(extract.label, "the sheet is empty")
            refuse_many_columns(extract.label, len(header))
            matched = match_columns(extract, header)
            load_spilled_rows(
                connection, extract.spill_folder, _texts(rows, matched.positions), len(matched.positions)
            )
    except python_calamine.PasswordError:
        raise unreadable(extract.label, "it is locked with a password", hint="Save it without one.") from None
    except (python_calamine.CalamineError, OSError):
        raise unreadable(
            extract.label, "it is no workbook that can be read: damaged, or of another form"
        ) from None
    return LoadedExtract.from_source_table(connection, file_digest=digest, matched=matched)


def _refuse_large(extract: ExtractSource) -> None:
    try:
        with zipfile.ZipFile(extract.path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise unreadable(
            extract.label,
            "it is named as a workbook (XLSX) and is none",
            hint="Save it as XLSX or CSV; one with a password has to be saved without it.",
        ) from None
    if size > MAX_UNPACKED_BYTES:
        raise unreadable(
            extract.label,
            f"it is a workbook of {size / 1e6:,.0f} MB unpacked; at most {MAX_UNPACKED_BYTES / 1e6:,.0f} are read",
            hint=_TOO_LARGE_HINT,
        )


def _find_sheet(workbook: python_calamine.CalamineWorkbook, extract: ExtractSource) -> str:
    """The sheet to read. Messages quote no sheet name: the content of a file stays in it."""
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if extract.sheet is None:
        if len(names) == 1:
            return names[0]
        raise unreadable(extract.label, f"it has {len(names)} sheets", hint="Name one: --worksheet NAME.")
    matches = [name for name in names if name == extract.sheet]
    matches = matches or [name for name in names if fold_name(name) == fold_name(extract.sheet)]
    if len(matches) != 1:
        raise unreadable(extract.label, f"it has no sheet {extract.sheet}; it has {len(names)}")
    return matches[0]


def _texts(rows: Iterator[list[Any]], positions: Sequence[int]) -> Iterator[list[str | None]]:
    for row in rows:
        yield [_as_text(row[position]) for position in positions]


def _as_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value) if value != "" else None
