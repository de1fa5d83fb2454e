"""Where sprintkit's folder in the user's cache lies."""

from __future__ import annotations

import marshal
import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, BinaryIO

_READ_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_WRITE_FLAGS = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


def cache_folder(root: str) -> str | None:
    """sprintkit's cache folder; None if the user has none, or if it would lie inside the workspace at `root`."""
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.expanduser("~/.cache")
    if not os.path.isabs(base):
        return None
    folder = os.path.join(os.path.realpath(base), "sprintkit")
    return None if folder.startswith(os.path.join(root, "")) else folder


def is_private(status: os.stat_result) -> bool:
    """Whether nobody but this user can have written a file or folder."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def open_private(path: str, max_bytes: int) -> BinaryIO:
    """A cache file to be read.

    Raises OSError if there is none, ValueError if it is larger than `max_bytes`, no regular file, or one that another
    user could have written.
    """
    file = open(os.open(path, _READ_FLAGS), "rb")  # noqa: SIM115 (the caller closes it)
    status = os.fstat(file.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size <= max_bytes and is_private(status):
        return file
    file.close()
    raise ValueError(path)


def write_private(path: str, chunks: Iterable[bytes]) -> bool:
    """Writes a cache file completely or not at all, for this user alone. Returns whether it was written."""
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
        if not is_private(os.stat(os.path.dirname(path))):
            return False
        handle = os.open(temporary, _WRITE_FLAGS, 0o600)
        try:
            with open(handle, "wb") as file:
                file.writelines(chunks)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            return False
    except OSError:
        return False
    return True


def decode(content: bytes) -> Any:
    """The value that `content` encodes; None for what is none, whoever wrote it."""
    try:
        return marshal.loads(content)
    except (ValueError, EOFError, TypeError, LookupError, MemoryError, RuntimeError, SystemError):
        return None
