"""The last steps of a save: the file has all of the new bytes or all of the old ones, even after a power cut."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Callable

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

TEMPORARY_NAME = re.compile(r"\.sprintkit-(\d+)-[0-9a-f]{8}\.tmp")
"""The name of a file that is being written, with the id of its process. It never ends in `.toml`."""


class DurabilityError(OSError):
    """The file is in its place, but the disk did not confirm that it would survive a power cut."""


def replace_file(
    target: str,
    data: bytes,
    mode: int | None,
    recheck: Callable[[], None],
    *,
    is_durable: bool = True,
) -> None:
    """Writes `data` to a temporary file next to `target`, then renames it to `target`.

    `mode` is that of the existing file (None: a new file, with the user's default). `recheck` is called right before the
    rename and may stop the save by raising. On any error before the rename, the temporary file is removed and
    `target` is untouched. Unless `is_durable`, as for a file that can be made again, nothing waits for the disk.
    Raises OSError; DurabilityError if only the sync of the folder failed.
    """
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".sprintkit-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
    with contextlib.ExitStack() as unless_replaced:
        unless_replaced.callback(_unlink_quietly, temporary)
        try:
            if mode is not None and stat.S_IMODE(os.fstat(handle).st_mode) != stat.S_IMODE(mode):
                os.chmod(temporary, stat.S_IMODE(mode))
            _write_all(handle, data)
            if is_durable:
                sync_handle(handle)
        finally:
            os.close(handle)
        recheck()
        os.replace(temporary, target)
        unless_replaced.pop_all()
    if is_durable:
        sync_folder(folder)


def delete_file(target: str) -> None:
    """Deletes a file for good. Raises OSError; DurabilityError if only the sync of the folder failed."""
    os.unlink(target)
    sync_folder(os.path.dirname(target))


def make_folders(folder: str) -> list[str]:
    """Creates `folder` and its missing parents, and waits until the disk has them.

    Returns the folders that it created, the outermost first. Raises OSError.
    """
    missing = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    missing.reverse()
    for folder in missing:
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        sync_folder(os.path.dirname(folder))
    return missing


def sync_handle(handle: int) -> None:
    """Waits until the disk has the file's content; on macOS only F_FULLFSYNC does."""
    full_sync = getattr(fcntl, "F_FULLFSYNC", None)
    if full_sync is not None:
        with contextlib.suppress(OSError):  # some drives do not support it
            fcntl.fcntl(handle, full_sync)
            return
    os.fsync(handle)


def sync_folder(folder: str) -> None:
    """Waits until the disk has the names in `folder`. Raises DurabilityError."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            sync_handle(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise DurabilityError(error.errno, error.strerror) from error


def remove_leftovers(folder: str) -> None:
    """Removes the temporary files that saves of dead processes left in `folder`. Call it with the lock held."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        match = TEMPORARY_NAME.fullmatch(name)
        if match and not is_running(int(match[1])):
            _unlink_quietly(os.path.join(folder, name))


def is_running(process_id: int) -> bool:
    """Whether another process with this id runs; False for our own, whose leftover files are stale, and on Windows."""
    if process_id == os.getpid() or os.name == "nt":
        return False
    try:
        os.kill(process_id, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _write_all(handle: int, data: bytes) -> None:
    remaining = memoryview(data)
    while remaining:
        remaining = remaining[os.write(handle, remaining) :]


def _unlink_quietly(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
