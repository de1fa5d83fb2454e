"""The last steps of a save: all of the new bytes or all of the old ones, also when the power fails."""

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
"""The name of a file being written: its process, and no `.toml` at the end."""


class DurabilityError(OSError):
    """The file stands in its place, but the disk did not confirm that it would after a power cut."""


def replace_file(target: str, data: bytes, mode: int | None, recheck: Callable[[], None]) -> None:
    """Writes `data` to `target` by way of a file beside it.

    `mode` is that of the file before (None: a new file, the user's default). `recheck` is called right before
    the old file goes, and stops the save by raising. On any error before that the file beside is removed and
    `target` is untouched. Raises OSError; NotDurable if only the folder's own sync failed.
    """
    folder = os.path.dirname(target)
    beside = os.path.join(folder, f".sprintkit-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
    with contextlib.ExitStack() as unless_replaced:
        unless_replaced.callback(_unlink_quietly, beside)
        try:
            if mode is not None and stat.S_IMODE(os.fstat(handle).st_mode) != stat.S_IMODE(mode):
                os.chmod(beside, stat.S_IMODE(mode))
            _write(handle, data)
            sync(handle)
        finally:
            os.close(handle)
        recheck()
        os.replace(beside, target)
        unless_replaced.pop_all()
    sync_folder(folder)


def _unlink_quietly(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def remove(target: str) -> None:
    """Removes a file for good. Raises OSError; NotDurable if only the folder's own sync failed."""
    os.unlink(target)
    sync_folder(os.path.dirname(target))


def make_folders(folder: str) -> list[str]:
    """Makes `folder` and what is missing above it, each one synced into the folder that holds it.

    Returns those it made, the outermost first. Raises OSError.
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


def sync(handle: int) -> None:
    """Waits until the disk has it; on macOS only F_FULLFSYNC does."""
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        with contextlib.suppress(OSError):  # some drives do not know it
            fcntl.fcntl(handle, full)
            return
    os.fsync(handle)


def sync_folder(folder: str) -> None:
    """Waits until the disk has the names in `folder`. Raises NotDurable."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            sync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise DurabilityError(error.errno, error.strerror) from error


def sweep(folder: str) -> None:
    """Removes what saves of dead processes left in `folder`; call it with the lock held."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        match = TEMPORARY_NAME.fullmatch(name)
        if match and not is_running(int(match[1])):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, name))


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def is_running(process: int) -> bool:
    """Whether the writer may still be at it; this process is not, as it holds the lock."""
    if process == os.getpid() or os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
