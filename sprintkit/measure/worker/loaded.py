"""An extract in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, kw_only=True)
class LoadedExtract:
    """The table `source`, with a column of text for each field."""

    connection: DuckDBPyConnection
    rows: int
    unreadable: int
    file_digest: str
    columns: Mapping[str, str]
    """For each field its column in `source`; several fields may share one."""
    missing: tuple[str, ...]
    """Fields that the extract lacks."""
    notes: tuple[str, ...] = ()

    @classmethod
    def counted(
        cls,
        connection: DuckDBPyConnection,
        *,
        file_digest: str,
        columns: Mapping[str, str],
        missing: tuple[str, ...],
        notes: tuple[str, ...] = (),
    ) -> Self:
        """The extract that was just loaded into `source`."""
        has_rejects = fetch_one(
            connection, "select count(*) from duckdb_tables() where table_name = 'reject_errors'"
        )[0]
        rejects = "select count(distinct line) from reject_errors" if has_rejects else "select 0"
        return cls(
            connection=connection,
            rows=fetch_one(connection, "select count(*) from source")[0],
            unreadable=fetch_one(connection, rejects)[0],
            file_digest=file_digest,
            columns=columns,
            missing=missing,
            notes=notes,
        )


def fetch_one(connection: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of a query that has one."""
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    assert row is not None
    return row
