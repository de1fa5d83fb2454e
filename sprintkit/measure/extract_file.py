"""Which file is measured, and what it is by its name."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

from sprintkit.errors import InputError

FORMS: Final = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".gz": "csv",
}  # fmt: skip
"""The form of an extract by the end of its name."""


class ExtractFile(NamedTuple):
    """A regular file that can be read."""

    path: str
    """Absolute, every link followed."""
    form: str


def find_extract(path: str, label: str) -> ExtractFile:
    """The file at `path`. Raises InputError, naming it `label`, if it cannot be measured."""
    real_path = os.path.realpath(path)
    try:
        handle = os.open(real_path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        if Path(path).is_symlink():
            raise _error("it is a link that leads nowhere", label) from None
        raise _error("there is no such file", label, code="not_found") from None
    except OSError as error:
        raise _error(f"cannot be read: {error.strerror or error}", label, code="unreadable") from None
    except ValueError:
        raise _error("that is no name of a file", label, code="not_found") from None
    try:
        status = os.fstat(handle)
    finally:
        os.close(handle)
    if stat.S_ISDIR(status.st_mode):
        raise _error("it is a folder; name one file in it", label)
    if not stat.S_ISREG(status.st_mode):
        raise _error("it is no regular file", label, hint="Pipe it in instead: - reads CSV from stdin.")
    form = FORMS.get(Path(real_path).suffix.lower(), "csv")
    return ExtractFile(real_path, form)


def _error(message: str, label: str, *, code: str = "extract", hint: str | None = None) -> InputError:
    return InputError(message, code=code, path=label, hint=hint)
