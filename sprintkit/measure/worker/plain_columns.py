"""Stores long columns of plain whole numbers or times as such: they take a third of the room and of the time to count.

A column is stored so only if the text of every row comes back letter by letter, so nothing that is measured changes.
"""

from __future__ import annotations

import dataclasses
from typing import Final, Literal, NamedTuple

from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one

MIN_ROWS: Final = 100_000
"""Of a smaller extract no column is worth it."""
SAMPLE_ROWS: Final = 2_000
MIN_SAMPLE_DISTINCT: Final = 0.9
"""Share of different values among the first rows: a column of few values is quick to count as text."""


class _PlainType(NamedTuple):
    name: str
    least: str
    """SQL; below it a value is written in ways that masks and folded keys tell apart."""
    greatest: str
    kind: Literal["date", "number"]


_TYPES: Final = (
    _PlainType("bigint", "0", "999999999999999", "number"),
    _PlainType("timestamp", "timestamp '0001-01-01'", "timestamp '9999-12-31'", "date"),
)


def store_plain_columns(extract: LoadedExtract) -> LoadedExtract:
    """The extract with its plain columns stored by their type in the table `source`."""
    if extract.rows < MIN_ROWS:
        return extract
    kinds = dict(extract.kinds)
    for column in dict.fromkeys(extract.columns.values()):
        for plain_type in () if column in kinds else _TYPES:
            if _is_plain(extract, column, plain_type):
                extract.connection.execute(f"alter table source alter {column} type {plain_type.name}")
                kinds[column] = plain_type.kind
                break
    return dataclasses.replace(extract, kinds=kinds, stored_plainly=kinds.keys() - extract.kinds.keys())


def _is_plain(extract: LoadedExtract, column: str, plain_type: _PlainType) -> bool:
    """Whether every row, the first ones looked at before all, is empty or reads the same once it has the type."""
    value = f"try_cast({column} as {plain_type.name})"
    is_other = (
        f"{value}::varchar is distinct from {column} or "
        f"not coalesce({value} between {plain_type.least} and {plain_type.greatest}, true)"
    )
    filled, distinct, others = fetch_one(
        extract.connection,
        f"select count(*), count(distinct {column}), count(*) filter ({is_other}) "
        f"from (select {column} from source where {column} is not null limit {SAMPLE_ROWS})",
    )
    if others or filled < SAMPLE_ROWS or distinct < MIN_SAMPLE_DISTINCT * filled:
        return False
    return not fetch_one(extract.connection, f"select count(*) from source where {is_other}")[0]
