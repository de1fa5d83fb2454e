"""Reads the files of a workspace: of limited size, never through a link that leaves it, never waiting.

A file is named by its path relative to the workspace. A loaded file carries the hash of its bytes, and a save names the
hash that it started from, so that whoever comes second gets a conflict instead of overwriting.

hashlib is imported where it is used: it loads OpenSSL, a third of the start-up of a command that reads no file.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import NamedTuple

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml import codec, limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_LINK_ERRNOS = (errno.ELOOP, errno.EMLINK)
"""What opening a link with O_NOFOLLOW reports; the second is FreeBSD's."""

# Without O_NONBLOCK, opening a pipe would wait for its writer for ever.
_READ_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)

_CHUNK_SIZE = 65_536
"""Least number of bytes read at once. Asking for as many as a file may have would allocate them all each time."""


class LoadedFile(NamedTuple):
    """A file as it was read."""

    path: str
    """Relative to the workspace; for a file outside of any, as the user named it."""
    document: dict[str, Any]
    digest: str
    """SHA-256 of the bytes on disk, in hex."""
    text: str = ""
    """The text on disk, with LF line ends."""


class SaveResult(NamedTuple):
    """What a save did."""

    path: str
    digest: str
    was_written: bool
    """False if the file already had this content and was left alone."""


class ConflictError(WriteError):
    """The file is not what the caller read: somebody else changed, created or removed it."""

    current: LoadedFile | None = None
    """The file as it is now; None if there is none, or none that can be parsed."""
    current_bytes: bytes | None = None
    """Its bytes; None if there is no file."""


def load_file(root: str | None, path: str) -> LoadedFile:
    """Reads and parses the file at `path` of the workspace `root`; without a root, any file the user named.

    Raises InputError with one clear problem if the file is missing, unreadable, not a regular file, reached through
    a link that leaves the workspace, too large, not UTF-8, broken TOML, or of a newer format, or if it has conflict
    markers or goes beyond a limit.
    """
    return parse_file(path, read_bytes(root, path))


def load_file_if_exists(root: str, path: str, folder: str | None = None) -> LoadedFile | None:
    """As `load_file`; None if there is no such file. `folder` is as for `read_bytes_if_exists`."""
    data = read_bytes_if_exists(root, path, folder=folder)
    return None if data is None else parse_file(path, data)


def parse_file(path: str, data: bytes) -> LoadedFile:
    """Parses `data`, the bytes of the file at `path`. Raises InputError if they cannot be parsed."""
    text = codec.decode(data, path)
    return LoadedFile(path, codec.parse_text(text, path), hash_bytes(data), text)


def hash_bytes(data: bytes) -> str:
    """The hash by which a save recognises the version that it started from."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def read_bytes(root: str | None, path: str, max_bytes: int = limits.MAX_BYTES) -> bytes:
    """The bytes of a regular file. Raises InputError as `load_file` does, also beyond `max_bytes`."""
    data = read_bytes_if_exists(root, path, max_bytes)
    if data is None:
        raise InputError(
            "there is no such file", code="not_found", path=path, hint="Check the name and the folder."
        )
    return data


def read_bytes_if_exists(
    root: str | None, path: str, max_bytes: int = limits.MAX_BYTES, *, folder: str | None = None
) -> bytes | None:
    """As `read_bytes`; None if there is no such file.

    `folder` is the file's folder as `resolve_inside` returns it: a caller who reads many files of one folder resolves its
    links only once.
    """
    try:
        handle = _open(root, path, folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        if os.path.islink(path if root is None else os.path.join(root, path)):
            raise unreadable_error(path, error) from None
        return None
    except ValueError:
        raise InputError("this is not a valid file name", code="bad_name", path=path) from None
    except OSError as error:
        if folder is not None and error.errno in _LINK_ERRNOS:
            return read_bytes_if_exists(root, path, max_bytes)
        raise unreadable_error(path, error) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or device"
            raise InputError(f"this is {kind}, not a file", code="not_a_file", path=path, hint="Name a file.")
        data = _read_handle(handle, status.st_size, max_bytes + 1)
    except OSError as error:
        raise unreadable_error(path, error) from None
    finally:
        os.close(handle)
    if len(data) > max_bytes:
        raise InputError(
            f"the file is larger than the {max_bytes:,} bytes allowed",
            code="too_large",
            path=path,
            hint="Check that this is the file you mean; move long material into a file of its own.",
        )
    return data


def _open(root: str | None, path: str, folder: str | None) -> int:
    if root is None:
        return os.open(path, _READ_FLAGS)
    if folder is not None and _NO_FOLLOW:
        return os.open(os.path.join(folder, path.rpartition("/")[2]), _READ_FLAGS | _NO_FOLLOW)
    return os.open(resolve_inside(root, path), _READ_FLAGS | _NO_FOLLOW)


def _read_handle(handle: int, expected_size: int, max_bytes: int) -> bytes:
    """Reads to the end of the file, at most `max_bytes`: it may have grown since its size was taken."""
    chunks, size = [], 0
    chunk_size = max(expected_size + 1, _CHUNK_SIZE)
    while size < max_bytes and (chunk := os.read(handle, min(chunk_size, max_bytes - size))):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def resolve_inside(root: str, path: str) -> str:
    """The absolute path of `path` with every link followed.

    Raises InputError if it lies outside the workspace, ValueError if it is not a valid file name.
    """
    real_root = os.path.realpath(root)
    real_path = os.path.realpath(os.path.join(real_root, path))
    if real_path != real_root and not real_path.startswith(os.path.join(real_root, "")):
        raise _outside_error(path)
    return real_path


def refuse_link_out(root: str, path: str) -> None:
    """Raises InputError if `path`, which the user named, leads out of the workspace at `root` through a link inside it.

    Such a link may come from whoever made the workspace; a link elsewhere is the user's own and is followed.
    """
    real_root = os.path.realpath(root)

    def is_inside(real_path: str) -> bool:
        return real_path == real_root or real_path.startswith(os.path.join(real_root, ""))

    parts = path.split(os.sep)
    for count in range(1, len(parts) + 1):
        start = os.sep.join(parts[:count])
        folder = os.path.realpath(os.path.dirname(start) or os.curdir)
        if os.path.islink(start) and is_inside(folder) and not is_inside(os.path.realpath(start)):
            raise _outside_error(path)


def _outside_error(path: str) -> InputError:
    return InputError(
        "this path leads out of the workspace",
        code="outside",
        path=path,
        hint="Put the file itself there; links that leave the workspace are not followed.",
    )


def is_utf8_name(name: str) -> bool:
    """Whether a file name that the system returned can be displayed and written."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def unreadable_error(path: str, error: OSError) -> InputError:
    """The error for a file or folder that the system refuses to read."""
    if error.errno in (errno.EACCES, errno.EPERM):
        message = "you do not have permission to read this"
        hint = "Ask for read permission, or change the file's mode."
    elif error.errno in (errno.ELOOP, errno.ENOENT):
        message, hint = "this link leads nowhere or in a circle", "Put the file itself there."
    else:
        message = f"could not be read: {error.strerror}"
        hint = "Check the disk and the name of the file."
    return InputError(message, code="unreadable", path=path, hint=hint)
