"""One writer at a time in a workspace: a lock that dies with the process that holds it.

The lock is a courtesy (on network drives it may fail without a word, Windows has none of this kind); what
keeps the work of two people apart is the comparison of content right before a file is replaced.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
import time
from collections.abc import Iterator

from sprintkit.errors import WriteError
from sprintkit.store import atomic
from sprintkit.store.workspace import PRIVATE_FOLDER

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK_FOLDER = PRIVATE_FOLDER
LOCK_NAME = "lock"
FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
PATIENCE = 10.0
"""Seconds that a save waits for another one."""


class _Held:
    """What this process holds of one workspace; its threads take turns, and one thread may nest."""

    def __init__(self) -> None:
        self.turn = threading.RLock()
        self.depth = 0
        self.handle: int | None = None


_held: dict[str, _Held] = {}
_registry = threading.Lock()


@contextlib.contextmanager
def workspace_lock(root: str, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the lock of the workspace at `root`; may be nested.

    Raises WriteError if the lock cannot be made, or if another process keeps it for `patience` seconds.
    """
    root = os.path.realpath(root)
    with _registry:
        held = _held.setdefault(root, _Held())
    if not held.turn.acquire(timeout=patience):
        raise _busy(patience)
    try:
        if held.depth == 0:
            held.handle = _take(root, patience)
            _clean(root, held.handle)
        held.depth += 1
        try:
            yield
        finally:
            held.depth -= 1
            if held.depth == 0 and held.handle is not None:
                handle, held.handle = held.handle, None
                # What was written is written: whether the lock closes well changes nothing about it.
                with contextlib.suppress(OSError):
                    os.ftruncate(handle, 0)
                with contextlib.suppress(OSError):
                    os.close(handle)
    finally:
        held.turn.release()


def note(root: str, folder: str) -> None:
    """Notes in the lock where a file is being written, for whoever cleans up after a killed process."""
    held = _held.get(os.path.realpath(root))
    if held is not None and held.handle is not None:
        with contextlib.suppress(OSError):
            os.ftruncate(held.handle, 0)
            os.pwrite(held.handle, os.fsencode(folder), 0)


def ensure_private_folder(root: str) -> str:
    """The folder `.sprintkit` of the workspace, made where it is missing.

    Raises WriteError if it cannot be made, or if something else stands in its place.
    """
    folder = os.path.join(root, LOCK_FOLDER)
    try:
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        if stat.S_ISDIR(os.lstat(folder).st_mode):
            return folder
    except OSError as error:
        raise _no_lock(error) from None
    raise WriteError(
        f"{LOCK_FOLDER} is no folder of its own",
        code="not_a_folder",
        path=LOCK_FOLDER,
        hint=f"Remove {LOCK_FOLDER}; sprintkit makes the folder itself and keeps nothing in it that matters.",
    )


def _take(root: str, patience: float) -> int | None:
    path = os.path.join(ensure_private_folder(root), LOCK_NAME)
    if fcntl is None:
        return None
    give_up = time.monotonic() + patience
    while True:
        try:
            # Never truncated and never followed: a link in its place must not cost a file its content.
            handle = os.open(path, FLAGS, 0o666)
        except OSError as error:
            raise _no_lock(error) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(path, handle):
                return handle
        except OSError as error:
            if error.errno in (errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.ENOLCK):
                return handle  # a drive that knows no locks: the comparison of content has to do
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EINTR):
                os.close(handle)
                raise _no_lock(error) from None
        os.close(handle)
        if time.monotonic() >= give_up:
            raise _busy(patience)
        time.sleep(0.01)


def _clean(root: str, handle: int | None) -> None:
    """Removes what the holder before left half written; a note out of the workspace is not followed."""
    if handle is None:
        return
    with contextlib.suppress(OSError, ValueError):
        folder = os.path.realpath(os.fsdecode(os.pread(handle, 4096, 0)))
        if folder.startswith(os.path.join(root, "")):
            atomic.sweep(folder)


def _is_still(path: str, handle: int) -> bool:
    """Whether the file locked is the one that others will lock: it may have been deleted meanwhile."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False


def _busy(patience: float) -> WriteError:
    return WriteError(
        f"another sprintkit has been writing in this workspace for more than {patience:g} seconds",
        code="locked",
        path=f"{LOCK_FOLDER}/{LOCK_NAME}",
        hint="Wait until it is done, or end it, then save again.",
    )


def _no_lock(error: OSError) -> WriteError:
    return WriteError(
        f"the workspace could not be locked: {error.strerror}",
        code="not_locked",
        path=f"{LOCK_FOLDER}/{LOCK_NAME}",
        hint="Check that you may write in the workspace and that its disk has room.",
    )
