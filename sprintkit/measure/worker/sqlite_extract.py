"""Loads a table, or the rows of a SELECT, from an SQLite file into the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from sprintkit.measure.folding import fold_name, sql_name
from sprintkit.measure.worker.columns import match_columns, refuse_many_columns
from sprintkit.measure.worker.file_scan import file_digest
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable
from sprintkit.measure.worker.loaded_extract import LoadedExtract
from sprintkit.measure.worker.spilled_rows import load_spilled_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAGIC: Final = b"SQLite format 3\0"
MAX_SECONDS: Final = 300
"""How much CPU time a query may take."""
_DAMAGED: Final = "it is an SQLite file that cannot be read: cut short, or damaged"
_ALLOWED: Final = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
)


def load_sqlite(
    connection: DuckDBPyConnection, extract: ExtractSource, on_progress: OnProgress
) -> LoadedExtract:
    """Load the wanted columns of a table or a SELECT. The file is opened read-only.

    Raises InputError if the file or the query cannot be measured; SQLite's own messages are never passed on.
    """
    path = Path(extract.path)
    _refuse_other_files(path, extract.label)
    digest = file_digest(extract.path, on_progress)
    on_progress("reading rows", 0)
    notes: tuple[str, ...] = ()
    log = Path(f"{extract.path}-wal")
    if log.is_file() and log.stat().st_size:
        notes = (
            "Changes that still stand in its -wal file were not read: close the program that writes it.",
        )
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        try:
            query = extract.query
            if query is None:
                query = f"select * from {sql_name(_find_table(database, extract))}"
            database.execute("pragma hard_heap_limit = 100000000")
            database.text_factory = lambda data: data.decode("utf-8", "replace")
            database.set_authorizer(_authorize)
            started = process_time()
            database.set_progress_handler(lambda: process_time() - started > MAX_SECONDS, 100_000)
            cursor = database.execute(query)
            if cursor.description is None:
                raise unreadable(extract.label, "the query is not one SELECT")
            header = [column[0] for column in cursor.description]
            refuse_many_columns(extract.label, len(header))
            matched = match_columns(extract, header)
            rows = _texts(cursor, matched.positions)
            load_spilled_rows(connection, extract.spill_folder, rows, len(matched.positions))
        except MemoryError:
            raise unreadable(extract.label, "the query needs more memory than it may take") from None
        except sqlite3.Error as error:
            raise unreadable(extract.label, _describe_error(error, extract.query is not None)) from None
    return LoadedExtract.from_source_table(connection, file_digest=digest, matched=matched, notes=notes)


def _refuse_other_files(path: Path, label: str) -> None:
    """Raise InputError if it is no SQLite file, or a truncated one, of which SQLite itself would read rows of zeros."""
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(MAGIC):
        raise unreadable(label, "it is named as an SQLite file and is none")
    page_size = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32]) if head[24:28] == head[92:96] else 0
    if path.stat().st_size < pages * (65_536 if page_size == 1 else page_size):
        raise unreadable(label, _DAMAGED)


def _authorize(action: int, *_names: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _find_table(database: sqlite3.Connection, extract: ExtractSource) -> str:
    """The table to read. Messages quote no table name: the content of a file stays in it."""
    names = [
        str(row[0])
        for row in database.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'"
        )
    ]
    if extract.table is None:
        if len(names) == 1:
            return names[0]
        message = f"it has {len(names)} tables" if names else "it has no table"
        raise unreadable(extract.label, message, hint="Name one: --table NAME, or --query 'select …'.")
    matches = [name for name in names if name == extract.table]
    matches = matches or [name for name in names if fold_name(name) == fold_name(extract.table)]
    if len(matches) != 1:
        raise unreadable(extract.label, f"it has no table {extract.table}; it has {len(names)}")
    return matches[0]


def _texts(cursor: sqlite3.Cursor, positions: Sequence[int]) -> Iterator[list[str | None]]:
    for row in cursor:
        yield [_as_text(row[position]) for position in positions]


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _describe_error(error: sqlite3.Error, is_query: bool) -> str:
    """The error in our own words: SQLite's may quote the file."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return f"the query takes more than {MAX_SECONDS} seconds"
    if name == "SQLITE_AUTH" or isinstance(error, sqlite3.ProgrammingError | sqlite3.Warning):
        return "the query is not one SELECT"
    if name in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        return _DAMAGED
    if is_query:
        return "the query is no SELECT that this file can answer: look at the names of tables and columns"
    return "its table cannot be read"
