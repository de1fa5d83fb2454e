"""Loads JSON Lines, one object per line, gzipped or not, into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sprintkit.measure.folding import sql_text
from sprintkit.measure.worker.columns import match_columns, refuse_many_columns
from sprintkit.measure.worker.file_scan import scan_text
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable
from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NO_DELIMITER: Final = "\x1f"
"""A control character, which JSON never contains unescaped."""


def load_json_lines(
    connection: DuckDBPyConnection, extract: ExtractSource, on_progress: OnProgress
) -> LoadedExtract:
    """Load the wanted keys of the objects. Lines that are not objects count as unreadable.

    Raises InputError if the file cannot be measured.
    """
    scan = scan_text(extract, on_progress)
    on_progress("reading rows", 0)
    lines = (
        f"read_csv({sql_text(extract.path)}, auto_detect = false, columns = {{'line': 'VARCHAR'}}, "
        f"delim = '{_NO_DELIMITER}', quote = '', escape = '', header = false, encoding = '{scan.encoding}', "
        f"compression = '{'gzip' if scan.is_gzip else 'none'}', store_rejects = true, null_padding = false)"
    )
    connection.execute(f"create table lines as select trim(line, ' \t\ufeff') as line from {lines}")
    is_object = "line like '{%' and coalesce(json_valid(line), false)"
    broken = fetch_one(connection, f"select count(*) from lines where line <> '' and not ({is_object})")[0]
    connection.execute(f"delete from lines where not coalesce({is_object}, false)")
    keys = [
        str(row[0])
        for row in connection.execute(
            "select distinct unnest(json_keys(line)) as k from lines order by k"
        ).fetchall()
    ]
    if not keys:
        raise unreadable(
            extract.label,
            "none of its lines is a JSON object",
            hint="Write one object a line, without a list around.",
        )
    refuse_many_columns(extract.label, len(keys))
    matched = match_columns(extract, keys)
    wanted = ", ".join(
        f"json_extract_string(line, {sql_text(_pointer(keys[position]))}) as c{index}"
        for index, position in enumerate(matched.positions)
    )
    connection.execute(f"create table source as select {wanted} from lines")
    connection.execute("drop table lines")
    return LoadedExtract.from_source_table(
        connection,
        file_digest=scan.digest,
        matched=matched,
        unreadable=int(broken),
        stores_rejects=True,
        notes=scan.notes,
    )


def _pointer(key: str) -> str:
    """The JSON pointer of a key (RFC 6901)."""
    return "/" + key.replace("~", "~0").replace("/", "~1")
