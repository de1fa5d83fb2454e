"""The locked database in which an extract is counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from sprintkit.measure.folding import sql_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY_LIMIT: Final = "300MB"
THREADS: Final = 3
"""With one or two the engine lets its hash tables grow until an extract of 20 million rows does not fit any more."""
SPILLED_ROWS: Final = "rows.csv"
"""The file in the spill folder for rows that Python reads."""


def open_database(spill_folder: str, *extract_paths: str) -> DuckDBPyConnection:
    """A new database that reads these extracts and no other file, writes only to the spill folder, and has no network.

    It never installs or loads an extension, and none of these settings can be changed afterwards.
    """
    connection = duckdb.connect(":memory:")
    paths = ", ".join(map(sql_text, (*extract_paths, str(Path(spill_folder) / SPILLED_ROWS))))
    for setting in (
        f"memory_limit = '{MEMORY_LIMIT}'",
        f"threads = {THREADS}",
        f"temp_directory = {sql_text(str(Path(spill_folder) / 'duckdb'))}",
        "preserve_insertion_order = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "enable_logging = false",
        "enable_progress_bar = false",
        f"allowed_paths = [{paths}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")
    return connection
