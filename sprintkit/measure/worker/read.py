"""Reads the metric: loads the extract with typed columns and runs the recipe's SELECT."""

from __future__ import annotations

import math
import os
import threading
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import duckdb

from sprintkit.errors import InputError
from sprintkit.measure.folding import sql_name, trim_sql
from sprintkit.measure.masks import date_mask_sql, day_sql
from sprintkit.measure.report import MetricValue
from sprintkit.measure.worker.database import open_database
from sprintkit.measure.worker.job import OnProgress, ReadJob, unreadable
from sprintkit.measure.worker.load import load_extract
from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one
from sprintkit.measure.worker.select import parse_select

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAX_SECONDS: Final = 60
"""How long the SELECT may take."""
_GRACE_SECONDS: Final = 10
_HINT: Final = (
    "A column is a number, date or timestamp if every value in it reads as one, and text otherwise."
)


def read_metric(job: ReadJob, on_progress: OnProgress) -> MetricValue:
    """The value of a job's SELECT. Raises InputError if the extract or the SELECT gives none, and duckdb.Error.

    The database's own messages are never passed on: they quote the extract.
    """
    connection = open_database(job.spill_folder, job.extract.path)
    try:
        parameters = parse_select(connection, job.sql)
    except ValueError as error:
        raise _refused(job, str(error)) from None
    extract = load_extract(connection, job.extract, on_progress)
    _type_columns(extract)
    on_progress("computing", 0)
    window = {"from": job.since, "to": job.until}
    rows = _run(job, connection, {name: window[name] for name in parameters})
    return MetricValue(
        value=_as_number(job, rows),
        rows=extract.rows,
        file_digest=extract.file_digest,
        notes=extract.notes,
    )


def _type_columns(extract: LoadedExtract) -> None:
    """Replace `source` with a table that has the extract's column names, each column typed if all its values agree."""
    columns = [
        f"{_typed_sql(extract, column)} as {sql_name(name)}" for name, column in extract.columns.items()
    ]
    extract.connection.execute(f"create table typed as select {', '.join(columns)} from source")
    extract.connection.execute("drop table source")
    extract.connection.execute("alter table typed rename to source")


def _typed_sql(extract: LoadedExtract, column: str) -> str:
    if column in extract.kinds:
        return column
    value = f"nullif({trim_sql(column)}, '')"
    filled, numbers, days = fetch_one(
        extract.connection,
        "select count(v), count(v) filter (isfinite(try_cast(v as double))), "
        "count(v) filter (length(v) <= 10 and try_cast(v as date) is not null) "
        f"from (select {value} as v from source)",
    )
    if not filled:
        return value
    for count, type_name in ((numbers, "double"), (days, "date")):
        if count == filled:
            return f"try_cast({value} as {type_name})"
    moments, masks, first_mask = fetch_one(
        extract.connection,
        "select count(v) filter (mask = 'YYYY-MM-DD' and try_cast(v as timestamp) is not null), "
        "count(distinct coalesce(mask, '')), min(mask) "
        f"from (select {value} as v, {date_mask_sql(value)} as mask from source)",
    )
    if moments == filled:
        return f"try_cast({value} as timestamp)"
    if masks == 1 and first_mask is not None and not first_mask.startswith("order"):
        day = day_sql(value, f"'{first_mask}'", is_day_first=True)
        if fetch_one(extract.connection, f"select count({day}) from source")[0] == filled:
            return day
    return value


def _run(job: ReadJob, connection: DuckDBPyConnection, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The first two rows of the SELECT. Raises InputError if it fails or takes too long."""
    interrupt = threading.Timer(MAX_SECONDS, connection.interrupt)
    end = threading.Timer(MAX_SECONDS + _GRACE_SECONDS, os._exit, (1,))
    for timer in (interrupt, end):
        timer.daemon = True
        timer.start()
    try:
        return connection.execute(job.sql, parameters or None).fetchmany(2)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.InterruptException:
        raise _refused(job, f"sql takes more than {MAX_SECONDS} seconds") from None
    except duckdb.Error:
        raise _refused(
            job, "sql cannot be answered with this extract: look at the names and types of its columns"
        ) from None
    finally:
        interrupt.cancel()
        end.cancel()


def _as_number(job: ReadJob, rows: list[tuple[Any, ...]]) -> float:
    if len(rows) != 1 or len(rows[0]) != 1:
        raise _refused(job, "sql must give one number: it gives several rows or columns, or none")
    value = rows[0][0]
    if value is None:
        raise _refused(job, "sql gives no value: no row of the extract lies in the window")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _refused(job, "sql must give one number, and gives something else")
    if not math.isfinite(value):
        raise _refused(job, "sql must give one finite number")
    return float(value)


def _refused(job: ReadJob, message: str) -> InputError:
    return unreadable(job.recipe_path, message, hint=_HINT)
