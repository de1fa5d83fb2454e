"""Finds the extract to measure, tells its form by its name, and spools stdin to a file."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final, NamedTuple

from sprintkit.errors import InputError, WriteError

STDIN: Final = "-"
"""The path that stands for CSV on stdin."""
STDIN_LABEL: Final = "stdin"
FORMS: Final = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv", ".parquet": "parquet", ".pq": "parquet",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".db3": "sqlite",
}  # fmt: skip
"""The form of an extract by its file name's suffix, `.gz` aside; csv for any other suffix."""
_CHUNK_BYTES: Final = 1 << 20


class ExtractFile(NamedTuple):
    """A regular file that can be read."""

    path: str
    """Absolute, with all links resolved."""
    form: str


def find_extract(path: str, label: str) -> ExtractFile:
    """The file at `path`. Raises InputError, naming it `label`, if it cannot be measured."""
    try:
        real_path = os.path.realpath(path)
        handle = os.open(real_path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        if Path(path).is_symlink():
            raise _error("it is a link that leads nowhere", label) from None
        raise _error("there is no such file", label, code="not_found") from None
    except OSError as error:
        raise _error(f"cannot be read: {error.strerror or error}", label, code="unreadable") from None
    except ValueError:
        raise _error("that is not a file name", label, code="not_found") from None
    try:
        status = os.fstat(handle)
    finally:
        os.close(handle)
    if stat.S_ISDIR(status.st_mode):
        raise _error("it is a folder; name one file in it", label)
    if not stat.S_ISREG(status.st_mode):
        raise _error("it is no regular file", label, hint="Pipe it in instead: - reads CSV from stdin.")
    name = Path(path).name.lower().removesuffix(".gz")
    return ExtractFile(real_path, FORMS.get(Path(name).suffix, "csv"))


def spool_stdin(folder: Path) -> ExtractFile:
    """Write stdin to a file in `folder`. Raises InputError if stdin is a terminal, WriteError if the disk is full."""
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError(
            "- reads CSV from stdin, and nothing is piped into it", code="usage", hint="Name a file."
        )
    path = folder / "stdin"
    try:
        with path.open("xb", buffering=0) as file:
            while chunk := sys.stdin.buffer.read(_CHUNK_BYTES):
                file.write(chunk)
    except OSError as error:
        raise WriteError(
            f"what is piped in could not be kept while it is measured: {error.strerror or error}",
            code="no_room",
            path=STDIN_LABEL,
            hint="Make room in the folder for temporary files, or set TMPDIR to another one.",
        ) from None
    return ExtractFile(str(path.resolve()), "csv")


def _error(message: str, label: str, *, code: str = "extract", hint: str | None = None) -> InputError:
    return InputError(message, code=code, path=label, hint=hint)
