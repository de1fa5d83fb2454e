"""Loads CSV and TSV, packed with gzip or not, into the database, with the dialect stated."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sprintkit.measure.folding import sql_text
from sprintkit.measure.worker.columns import match_columns
from sprintkit.measure.worker.file_scan import HEAD_BYTES, FileScan, scan_text
from sprintkit.measure.worker.job import ExtractSource, Report, unreadable
from sprintkit.measure.worker.loaded import LoadedExtract

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DELIMITERS: Final = (",", ";", "\t", "|")
MAX_COLUMNS: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    encoding: str
    header: tuple[str, ...]


def load_csv(
    connection: DuckDBPyConnection, extract: ExtractSource, report: Report, *, size: int
) -> LoadedExtract:
    """Load the wanted columns of a CSV file. Raises InputError for one that cannot be measured."""
    is_gzip = extract.path.endswith(".gz")
    try:
        scan = scan_text(
            extract.path,
            is_gzip=is_gzip,
            on_bytes=lambda read: report("looking at the file", read / max(size, 1)),
        )
    except ValueError:
        raise unreadable(extract.label, "it is named .gz and is not packed with gzip") from None
    dialect = find_dialect(scan, extract.label)
    matched = match_columns(extract, dialect.header)
    report("reading rows", 0)
    load_rows(connection, extract.path, dialect, matched.positions, is_gzip=is_gzip)
    notes: tuple[str, ...] = ()
    if scan.encoding == "latin-1":
        notes = ("It is not UTF-8 and was read as Latin-1.",)
    return LoadedExtract.counted(
        connection, file_digest=scan.digest, columns=matched.columns, missing=matched.missing, notes=notes
    )


def find_dialect(scan: FileScan, label: str) -> Dialect:
    """The dialect of a scanned file. Raises InputError if it has none."""
    if scan.has_nul:
        raise unreadable(
            label, "it holds NUL bytes, so it is no text", hint="Export it again as CSV in UTF-8."
        )
    text = scan.head.decode("utf-8-sig" if scan.encoding == "utf-8" else scan.encoding, "replace")
    if not text.strip():
        raise unreadable(label, "it is empty")
    header_line = _first_record(text)
    if len(header_line) >= HEAD_BYTES // 2:
        raise unreadable(label, "its first line is too long for a header")
    delimiter = max(DELIMITERS, key=lambda sign: _count_outside_quotes(header_line, sign))
    header = next(csv.reader(io.StringIO(header_line), delimiter=delimiter), [])
    if len(header) > MAX_COLUMNS:
        raise unreadable(
            label,
            f"it has {len(header):,} columns; at most {MAX_COLUMNS:,} are read",
            hint="Export fewer columns.",
        )
    return Dialect(delimiter=delimiter, encoding=scan.encoding, header=tuple(header))


def load_rows(
    connection: DuckDBPyConnection,
    path: str,
    dialect: Dialect,
    positions: Sequence[int],
    *,
    is_gzip: bool,
) -> None:
    """Fill the table `source` with the columns at these positions as c0, c1, …, all of them text."""
    columns = ", ".join(f"'h{index}': 'VARCHAR'" for index in range(len(dialect.header)))
    wanted = ", ".join(f"h{position} as c{index}" for index, position in enumerate(positions))
    connection.execute(
        f"create table source as select {wanted} from read_csv({sql_text(path)}, auto_detect = false, "
        f"columns = {{{columns}}}, delim = {sql_text(dialect.delimiter)}, quote = '\"', escape = '\"', "
        f"header = true, encoding = '{dialect.encoding}', compression = '{'gzip' if is_gzip else 'none'}', "
        "store_rejects = true, null_padding = false, strict_mode = true)"
    )


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
