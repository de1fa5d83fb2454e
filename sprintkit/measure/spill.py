"""Temporary folders for data that does not fit in memory, readable only by this user.

Each run locks its own folder. A folder whose lock is free was left behind by a run that was killed, and is removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sprintkit.errors import WriteError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def spill_folder() -> Iterator[tuple[Path, int]]:
    """Create a folder and yield it with the descriptor of its lock, which a child process must inherit.

    Raises WriteError if no folder can be created.
    """
    try:
        parent = _parent_folder()
        with _locked(parent / "lock"):
            _remove_abandoned(parent)
            folder = Path(tempfile.mkdtemp(prefix="run-", dir=parent))
            lock = _open_lock(folder / "lock")
    except OSError as error:
        raise WriteError(
            f"no folder for temporary files could be made: {error.strerror or error}",
            code="not_written",
            path=tempfile.gettempdir(),
            hint="Make room there, or set TMPDIR to another folder.",
        ) from None
    try:
        yield folder, lock
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _parent_folder() -> Path:
    """The folder of all runs of this user. Raises OSError if another user could read it."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    parent = Path(tempfile.gettempdir()) / f"sprintkit-probe-{user}"
    parent.mkdir(0o700, exist_ok=True)
    status = parent.lstat()
    is_own = not hasattr(os, "getuid") or (status.st_uid == user and not status.st_mode & 0o077)
    if not stat.S_ISDIR(status.st_mode) or not is_own:
        raise OSError(f"{parent} belongs to somebody else")
    return parent


def _open_lock(path: Path) -> int:
    """Lock a file and return its descriptor. Raises BlockingIOError if another process holds the lock."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise
    return descriptor


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob("run-*"):
        try:
            lock = _open_lock(folder / "lock")
        except OSError:
            continue  # it is in use
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)
