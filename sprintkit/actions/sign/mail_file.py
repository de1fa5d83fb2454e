"""Reads the mail of an approval from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sprintkit.store import files

MAX_MAIL_BYTES: Final = 25_000_000
_QUOTES: Final = ("'", '"')


def read_mail(path: str) -> bytes:
    """The mail in a file. Raises InputError if it cannot be read or is too large."""
    return files.read_bytes(None, path, MAX_MAIL_BYTES)


def typed_path(text: str) -> str:
    """The path in a text that was typed or dragged into a terminal: without quotes, and with `~` expanded."""
    path = text.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in _QUOTES:
        path = path[1:-1]
    try:
        return str(Path(path).expanduser())
    except RuntimeError:  # there is no such user
        return path
