"""Loads Parquet into the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import duckdb

from sprintkit.measure.folding import sql_name, sql_text
from sprintkit.measure.worker.columns import match_columns, refuse_many_columns
from sprintkit.measure.worker.file_scan import file_digest
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable
from sprintkit.measure.worker.loaded_extract import LoadedExtract

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAGIC: Final = b"PAR1"
_NUMBER_TYPES: Final = frozenset(
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT",
     "DOUBLE")
)  # fmt: skip


def load_parquet(
    connection: DuckDBPyConnection, extract: ExtractSource, on_progress: OnProgress
) -> LoadedExtract:
    """Load the wanted columns of a Parquet file. Raises InputError if it cannot be measured."""
    path = Path(extract.path)
    with path.open("rb") as file:
        is_parquet = file.read(len(MAGIC)) == MAGIC
    if not is_parquet:
        raise unreadable(
            extract.label,
            "it is named as Parquet and is no Parquet file",
            hint="Give it the end of name that it is: .csv, .jsonl, .xlsx.",
        )
    digest = file_digest(extract.path, on_progress)
    on_progress("reading rows", 0)
    rows = f"read_parquet({sql_text(extract.path)})"
    try:
        described = connection.execute(f"describe select * from {rows}").fetchall()
        header = [str(row[0]) for row in described]
        refuse_many_columns(extract.label, len(header))
        matched = match_columns(extract, header)
        kinds = {
            f"c{index}": kind
            for index, position in enumerate(matched.positions)
            if (kind := _kind_of(str(described[position][1]))) is not None
        }
        wanted = ", ".join(
            f"{sql_name(header[position])}{'' if f'c{index}' in kinds else '::varchar'} as c{index}"
            for index, position in enumerate(matched.positions)
        )
        connection.execute(f"create table source as select {wanted} from {rows}")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        raise unreadable(
            extract.label, "it is a Parquet file that cannot be read: cut short, or damaged"
        ) from None
    return LoadedExtract.from_source_table(connection, file_digest=digest, matched=matched, kinds=kinds)


def _kind_of(type_name: str) -> Literal["date", "number"] | None:
    """What a column of a type holds; None for text and for types that are read as text."""
    if type_name in _NUMBER_TYPES or type_name.startswith("DECIMAL"):
        return "number"
    return "date" if type_name == "DATE" or type_name.startswith("TIMESTAMP") else None
