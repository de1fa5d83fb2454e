"""An extract that was loaded into the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from sprintkit.measure.folding import trim_sql
from sprintkit.measure.worker.columns import MatchedColumns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, kw_only=True)
class LoadedExtract:
    """The table `source`, whose columns are text or have the type that the extract declares."""

    connection: DuckDBPyConnection
    rows: int
    unreadable: int
    file_digest: str
    columns: Mapping[str, str]
    """The column of each field in `source`; several fields may share one."""
    missing: tuple[str, ...]
    """Fields that the extract lacks."""
    kinds: Mapping[str, Literal["date", "number"]]
    """What each column of `source` holds that is not text."""
    notes: tuple[str, ...] = ()

    def text_sql(self, field: str) -> str:
        """SQL for the text of a field, including leading and trailing blanks."""
        column = self.columns[field]
        return f"{column}::varchar" if column in self.kinds else column

    def value_sql(self, field: str) -> str:
        """SQL for the value of a field: of its declared type, or trimmed text."""
        column = self.columns[field]
        return column if column in self.kinds else trim_sql(column)

    @classmethod
    def from_source_table(
        cls,
        connection: DuckDBPyConnection,
        *,
        file_digest: str,
        matched: MatchedColumns,
        unreadable: int = 0,
        kinds: Mapping[str, Literal["date", "number"]] | None = None,
        notes: tuple[str, ...] = (),
    ) -> Self:
        """The extract that was just loaded into `source`. `unreadable` rows are added to those the database rejected."""
        has_rejects = fetch_one(
            connection, "select count(*) from duckdb_tables() where table_name = 'reject_errors'"
        )[0]
        if has_rejects:
            unreadable += fetch_one(connection, "select count(distinct line) from reject_errors")[0]
        return cls(
            connection=connection,
            rows=fetch_one(connection, "select count(*) from source")[0],
            unreadable=unreadable,
            file_digest=file_digest,
            columns=matched.columns,
            missing=matched.missing,
            kinds=kinds or {},
            notes=notes,
        )


def fetch_one(connection: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of a query that always returns one."""
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    assert row is not None
    return row
