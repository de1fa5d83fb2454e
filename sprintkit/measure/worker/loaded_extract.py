"""An extract that was loaded into the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from sprintkit.measure.folding import trim_sql
from sprintkit.measure.worker.columns import MatchedColumns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAX_PASS_ROWS: Final = 6_000_000
"""Rows that are grouped at once: more different values than so many do not fit into the engine's memory."""


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
    stored_plainly: Set[str] = frozenset()
    """Those of these columns that are text in the extract."""
    notes: tuple[str, ...] = ()

    def text_sql(self, field: str) -> str:
        """SQL for the text of a field, including leading and trailing spaces."""
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
        stores_rejects: bool = False,
        kinds: Mapping[str, Literal["date", "number"]] | None = None,
        notes: tuple[str, ...] = (),
    ) -> Self:
        """The extract that was just loaded into `source`.

        `unreadable` rows are added to those that the database rejected, if it was asked to store them.
        """
        if stores_rejects:
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


def conditions_in_passes(value: str, rows: int) -> Iterator[str]:
    """SQL conditions that split rows by what `value`, SQL too, is: each value belongs to one of them."""
    passes = max(1, -(-rows // MAX_PASS_ROWS))
    for number in range(passes):
        yield "true" if passes == 1 else f"hash({value}) % {passes} = {number}"


def fetch_one(connection: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of a query that always returns one."""
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    assert row is not None
    return row
