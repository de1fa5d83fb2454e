"""The folder for all cache files of sprintkit: who may own them, and how long they are kept.

A cached value whose file is missing is computed again, so any file may be deleted at any time. The module that writes a
kind of file documents its content and its key; `program_stamp` is part of every key.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time

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


MAX_AGE_SECONDS = 60 * 86_400
"""A file that was not written for so long is removed."""
MAX_TOTAL_BYTES = 512 * 1024 * 1024
"""Of all files together; beyond that the oldest are removed."""
_PRUNED_NAME = "pruned"
"""An empty file, as old as the last removal."""
_PRUNE_SECONDS = 86_400


def cache_folder(root: str | None = None) -> str | None:
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
    return None if root is not None and folder.startswith(os.path.join(root, "")) else folder


def is_private(status: os.stat_result) -> bool:
    """Whether only this user can have written a file or folder."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def open_private(path: str, max_bytes: int) -> BinaryIO:
    """A cache file to be read.

    Raises OSError if there is none, ValueError if it is larger than `max_bytes`, no regular file, or one that another
    user could have written or put there.
    """
    file = open(os.open(path, _READ_FLAGS), "rb")  # noqa: SIM115 (the caller closes it)
    status = os.fstat(file.fileno())
    is_ours = is_private(status) and is_private(os.stat(os.path.dirname(path)))
    if stat.S_ISREG(status.st_mode) and status.st_size <= max_bytes and is_ours:
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
    _prune_daily()
    return True


def prune(folder: str, now: float) -> None:
    """Removes the files of a cache folder that are too old at `now` (seconds), and the oldest beyond its largest size."""
    files = []
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            status = os.lstat(path)
            files.append((status.st_mtime, status.st_size, path))
    files.sort(reverse=True)
    total = 0
    for modified, size, path in files:
        total += size
        if modified < now - MAX_AGE_SECONDS or total > MAX_TOTAL_BYTES:
            os.unlink(path)
    for parent, folders, names in os.walk(folder, topdown=False):
        if parent != folder and not folders and not names:
            os.rmdir(parent)


def _prune_daily() -> None:
    """Prunes sprintkit's cache folder unless that was done within a day; does nothing where it cannot."""
    folder, now = cache_folder(), time.time()
    if folder is None:
        return
    marker = os.path.join(folder, _PRUNED_NAME)
    try:
        if os.path.lexists(marker) and now - os.lstat(marker).st_mtime < _PRUNE_SECONDS:
            return
        if os.path.lexists(marker):
            os.unlink(marker)
        os.close(os.open(marker, _WRITE_FLAGS, 0o600))
        prune(folder, now)
    except OSError:
        return


def decode(content: bytes) -> Any:
    """The value that `content` encodes; None if it is not a valid encoding."""
    try:
        return marshal.loads(content)
    except (ValueError, EOFError, TypeError, LookupError, MemoryError, RuntimeError, SystemError):
        return None
