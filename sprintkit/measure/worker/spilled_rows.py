"""Loads rows that Python reads, through a CSV file in the spill folder that is removed once it is loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sprintkit.measure.folding import sql_text
from sprintkit.measure.worker.database import SPILLED_ROWS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def load_spilled_rows(
    connection: DuckDBPyConnection, folder: str, rows: Iterable[Sequence[str | None]], width: int
) -> None:
    """Fill the table `source` with rows of `width` texts in the columns c0, c1, …"""
    path = Path(folder) / SPILLED_ROWS
    try:
        with path.open("x", encoding="utf-8", errors="replace", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerows(
                ["" if value is None else value.replace("\0", "\ufffd") for value in row] for row in rows
            )
        columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
        connection.execute(
            f"create table source as select * from read_csv({sql_text(str(path))}, auto_detect = false, "
            f"columns = {{{columns}}}, delim = ',', quote = '\"', escape = '\"', header = false, "
            "encoding = 'utf-8', compression = 'none', max_line_size = 16777216)"
        )
    finally:
        path.unlink(missing_ok=True)
