"""One writer at a time in a workspace: a lock that dies with the process that holds it.

The lock is a courtesy: on network drives it may fail silently, and Windows has no such lock. What keeps two people
from overwriting each other is the comparison of content right before a file is replaced.
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

LOCK_PATH = f"{PRIVATE_FOLDER}/lock"
"""Relative to the workspace."""

# Neither truncated nor followed: a link in its place must not destroy another file.
_OPEN_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_UNSUPPORTED = (errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.ENOLCK)
_TAKEN_OR_INTERRUPTED = (errno.EAGAIN, errno.EACCES, errno.EINTR)

DEFAULT_TIMEOUT = 10.0
"""Seconds that a save waits for another one."""


class _LockState:
    """The lock of one workspace within this process. Its threads take turns; one thread may nest."""

    def __init__(self) -> None:
        self.thread_lock = threading.RLock()
        self.depth = 0
        self.handle: int | None = None


_states: dict[str, _LockState] = {}
_states_lock = threading.Lock()


@contextlib.contextmanager
def workspace_lock(root: str, timeout: float = DEFAULT_TIMEOUT) -> Iterator[None]:
    """Holds the lock of the workspace at `root`. May be nested.

    Raises WriteError if the lock cannot be created, or if another process holds it for `timeout` seconds.
    """
    root = os.path.realpath(root)
    with _states_lock:
        state = _states.setdefault(root, _LockState())
    if not state.thread_lock.acquire(timeout=timeout):
        raise _timeout_error(timeout)
    try:
        if state.depth == 0:
            state.handle = _acquire(root, timeout)
            _remove_leftovers_of_last_holder(root, state.handle)
        state.depth += 1
        try:
            yield
        finally:
            state.depth -= 1
            if state.depth == 0 and state.handle is not None:
                handle, state.handle = state.handle, None
                # The save has succeeded by now: an error while releasing the lock would be misleading.
                with contextlib.suppress(OSError):
                    os.ftruncate(handle, 0)
                with contextlib.suppress(OSError):
                    os.close(handle)
    finally:
        state.thread_lock.release()


def note_target_folder(root: str, folder: str) -> None:
    """Writes into the lock file where a file is being saved, so that the next holder can clean up after a kill."""
    state = _states.get(os.path.realpath(root))
    if state is not None and state.handle is not None:
        with contextlib.suppress(OSError):
            os.ftruncate(state.handle, 0)
            os.pwrite(state.handle, os.fsencode(folder), 0)


def ensure_private_folder(root: str) -> str:
    """The absolute path of the workspace's `.sprintkit`, created if it is missing.

    Raises WriteError if it cannot be created, or if it is not a folder itself (a link to one is refused).
    """
    folder = os.path.join(root, PRIVATE_FOLDER)
    try:
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        if stat.S_ISDIR(os.lstat(folder).st_mode):
            return folder
    except OSError as error:
        raise _unavailable_error(error) from None
    raise WriteError(
        f"{PRIVATE_FOLDER} is not a folder, or is a link to one",
        code="not_a_folder",
        path=PRIVATE_FOLDER,
        hint=f"Remove {PRIVATE_FOLDER}; sprintkit creates the folder again.",
    )


def _acquire(root: str, timeout: float) -> int | None:
    """The handle of the locked file; None if the platform has no such locks."""
    path = os.path.join(ensure_private_folder(root), os.path.basename(LOCK_PATH))
    if fcntl is None:
        return None
    deadline = time.monotonic() + timeout
    while True:
        try:
            handle = os.open(path, _OPEN_FLAGS, 0o666)
        except OSError as error:
            raise _unavailable_error(error) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_current_lock_file(path, handle):
                return handle
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                return handle  # on such a drive, the comparison of content has to suffice
            if error.errno not in _TAKEN_OR_INTERRUPTED:
                os.close(handle)
                raise _unavailable_error(error) from None
        os.close(handle)
        if time.monotonic() >= deadline:
            raise _timeout_error(timeout)
        time.sleep(0.01)


def _is_current_lock_file(path: str, handle: int) -> bool:
    """Whether the locked file is the one that others will lock: it may have been deleted in the meantime."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove_leftovers_of_last_holder(root: str, handle: int | None) -> None:
    """Removes temporary files in the folder noted in the lock file, unless that lies outside the workspace."""
    if handle is None:
        return
    with contextlib.suppress(OSError, ValueError):
        folder = os.path.realpath(os.fsdecode(os.pread(handle, 4096, 0)))
        if folder.startswith(os.path.join(root, "")):
            atomic.remove_leftovers(folder)


def _timeout_error(timeout: float) -> WriteError:
    return WriteError(
        f"another sprintkit has been writing in this workspace for more than {timeout:g} seconds",
        code="locked",
        path=LOCK_PATH,
        hint="Wait until it has finished, or end it, then save again.",
    )


def _unavailable_error(error: OSError) -> WriteError:
    return WriteError(
        f"the workspace could not be locked: {error.strerror}",
        code="not_locked",
        path=LOCK_PATH,
        hint="Check that you may write in the workspace and that its disk has room.",
    )
