"""Loads CSV and TSV, gzipped or not, into the database."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from sprintkit.measure.folding import sql_text
from sprintkit.measure.worker.columns import MatchedColumns, match_columns, refuse_many_columns
from sprintkit.measure.worker.file_scan import TextScan, scan_text
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable
from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DELIMITERS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    encoding: str
    is_gzip: bool
    header: tuple[str, ...]


def load_csv(
    connection: DuckDBPyConnection, extract: ExtractSource, on_progress: OnProgress
) -> LoadedExtract:
    """Load the wanted columns of a CSV file. Raises InputError if it cannot be measured."""
    scan = scan_text(extract, on_progress)
    dialect = find_dialect(scan, extract)
    matched = match_columns(extract, dialect.header)
    on_progress("reading rows", 0)
    try:
        load_rows(connection, extract.path, dialect, matched)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        raise unreadable(
            extract.label,
            "it is text that does not read as CSV",
            hint="Export it again, with every value that holds a quote or a line break in quotes.",
        ) from None
    repeated = _remove_repeated_headers(connection)
    return LoadedExtract.from_source_table(
        connection,
        file_digest=scan.digest,
        matched=matched,
        unreadable=repeated,
        stores_rejects=True,
        notes=scan.notes,
    )


def find_dialect(scan: TextScan, extract: ExtractSource) -> Dialect:
    """The dialect of a scanned file. Raises InputError if it has none."""
    header_line = _first_record(scan.head_text)
    delimiter = "\t"
    if extract.form == "csv":
        delimiter = max(DELIMITERS, key=lambda sign: _count_outside_quotes(header_line, sign))
    try:
        header = next(csv.reader(io.StringIO(header_line), delimiter=delimiter), [])
    except csv.Error:
        raise unreadable(extract.label, "its first line is too long for a header") from None
    refuse_many_columns(extract.label, len(header))
    return Dialect(delimiter=delimiter, encoding=scan.encoding, is_gzip=scan.is_gzip, header=tuple(header))


def load_rows(connection: DuckDBPyConnection, path: str, dialect: Dialect, matched: MatchedColumns) -> None:
    """Fill the table `source` with the matched columns as c0, c1, …, all of them text.

    The column `is_header` marks rows that repeat the header.
    """
    columns = ", ".join(f"'h{index}': 'VARCHAR'" for index in range(len(dialect.header)))
    wanted = ", ".join(f"h{position} as c{index}" for index, position in enumerate(matched.positions))
    is_header = " and ".join(f"h{index} = {sql_text(name)}" for index, name in enumerate(dialect.header))
    compression = "gzip" if dialect.is_gzip else "none"
    connection.execute(
        f"create table source as select {wanted}, coalesce({is_header}, false) as is_header "
        f"from read_csv({sql_text(path)}, auto_detect = false, columns = {{{columns}}}, "
        f"delim = {sql_text(dialect.delimiter)}, quote = '\"', escape = '\"', header = true, "
        f"encoding = '{dialect.encoding}', compression = '{compression}', "
        "store_rejects = true, null_padding = false, strict_mode = true)"
    )


def _remove_repeated_headers(connection: DuckDBPyConnection) -> int:
    """Remove rows that repeat the header, as in concatenated exports; returns how many there were."""
    count = int(fetch_one(connection, "select count(*) from source where is_header")[0])
    if count:
        connection.execute("delete from source where is_header")
    return count


def _first_record(text: str) -> str:
    """The first record of a CSV text, without its line end."""
    is_quoted = False
    for index, character in enumerate(text):
        if character == '"':
            is_quoted = not is_quoted
        elif character in "\r\n" and not is_quoted:
            return text[:index]
    return text


def _count_outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])
