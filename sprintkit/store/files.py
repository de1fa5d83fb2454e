"""The one door in and the one door out: every file of a workspace is read by `read` and written by `save`.

A file is named by its path relative to the workspace, `/` between the parts. What was read carries the hash of
its bytes; a save says which hash it goes out from, and whoever comes second is told instead of overwriting.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import NamedTuple

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml import codec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_IS_LINK = (errno.ELOOP, errno.EMLINK)
"""What opening a link says where links are not followed; the second on FreeBSD."""

_CHUNK_SIZE = 65_536
"""Bytes of a file read at once, more where it says that it has more: room for what it may have takes time to get."""


class LoadedFile(NamedTuple):
    """A file as it was read."""

    path: str
    """Relative to the workspace; the name as given for a file that lies in none."""
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
    """False if the file held this content already and was left alone."""


class ConflictError(WriteError):
    """The file is not what the caller saw: somebody else wrote, made or removed it."""

    current: LoadedFile | None = None
    """What is there now; None if nothing is, or nothing readable."""
    current_bytes: bytes | None = None
    """Its bytes; None if there is no file."""


def load_file(root: str | None, path: str) -> LoadedFile:
    """The file at `path` of the workspace `root`; with no root, any file that the user named.

    Raises InputError with one clear problem: not there, not readable, no regular file, a link out of the workspace,
    too large, not UTF-8, conflict markers, broken TOML, a bound, a newer form.
    """
    return parse_file(path, read_bytes(root, path))


def load_file_if_exists(root: str, path: str, folder: str | None = None) -> LoadedFile | None:
    """As `read`; None if there is no such file. `folder` is as for `bytes_if_there`."""
    data = read_bytes_if_exists(root, path, folder=folder)
    return None if data is None else parse_file(path, data)


def parse_file(path: str, data: bytes) -> LoadedFile:
    """`data`, which was read from `path`, as a document. Raises InputError."""
    text = codec.decoded(data, path)
    return LoadedFile(path, codec.parse_text(text, path), hash_bytes(data), text)


def hash_bytes(data: bytes) -> str:
    """The hash by which a save knows the file that it goes out from."""
    # OpenSSL is loaded with it, a third of the start of a command that reads no file.
    import hashlib

    return hashlib.sha256(data).hexdigest()


def read_bytes(root: str | None, path: str, limit: int = codec.MAX_BYTES) -> bytes:
    """The bytes of a regular file; see `read`. `limit` is the most it may have."""
    data = read_bytes_if_exists(root, path, limit)
    if data is None:
        raise InputError(
            "there is no such file", code="not_found", path=path, hint="Check the name and the place."
        )
    return data


def read_bytes_if_exists(
    root: str | None, path: str, limit: int = codec.MAX_BYTES, *, folder: str | None = None
) -> bytes | None:
    """As `read_bytes`; None if there is no such file.

    `folder` is what `inside` gave for the folder that the file lies in: where many of one folder are read, the way
    there is followed once.
    """
    try:
        # Without O_NONBLOCK a pipe would wait for its writer for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
        flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        if root is None:
            full = path
        elif folder is not None and _NO_LINKS:
            full, flags = os.path.join(folder, path.rpartition("/")[2]), flags | _NO_LINKS
        else:
            full, flags = inside(root, path), flags | _NO_LINKS
        handle = os.open(full, flags)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        raise InputError("no file can have this name", code="bad_name", path=path) from None
    except OSError as error:
        if folder is not None and error.errno in _IS_LINK:
            return read_bytes_if_exists(root, path, limit)
        raise unreadable(path, error) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or device, not a file"
            raise InputError(f"this is {what}", code="not_a_file", path=path, hint="Name a file.")
        pieces, size = [], 0
        room = max(status.st_size + 1, _CHUNK_SIZE)
        while size <= limit and (piece := os.read(handle, min(room, limit + 1 - size))):
            pieces.append(piece)
            size += len(piece)
    except OSError as error:
        raise unreadable(path, error) from None
    finally:
        os.close(handle)
    if size > limit:
        raise InputError(
            f"the file is larger than the {limit:,} bytes allowed",
            code="too_large",
            path=path,
            hint="Check that this is the file you mean; move long material into a file of its own.",
        )
    return b"".join(pieces)


def inside(root: str, path: str) -> str:
    """The full name of `path` with every link followed.

    Raises InputError if that lies outside the workspace, ValueError for a name that no file can have.
    """
    base = os.path.realpath(root)
    full = os.path.realpath(os.path.join(base, path))
    if full != base and not full.startswith(os.path.join(base, "")):
        raise InputError(
            "this leads out of the workspace",
            code="outside",
            path=path,
            hint="Put the file itself there; links that leave the workspace are not followed.",
        )
    return full


def relative(root: str, path: str) -> str | None:
    """`path`, as a user names it, relative to the workspace; None if it lies outside."""
    base, full = os.path.realpath(root), os.path.realpath(path)
    if not full.startswith(os.path.join(base, "")):
        return None
    return os.path.relpath(full, base).replace(os.sep, "/")


def is_text(name: str) -> bool:
    """Whether a name that the system gave can be shown and written down."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def unreadable(path: str, error: OSError) -> InputError:
    """The message for a file or folder that the system does not let be read."""
    if error.errno in (errno.EACCES, errno.EPERM):
        said, hint = "you may not read this", "Ask for the right to read it, or change its mode."
    elif error.errno == errno.ELOOP:
        said, hint = "a link that leads nowhere or in a circle", "Put the file itself there."
    else:
        said = f"could not be read: {error.strerror}"
        hint = "Check the disk and the name of the file."
    return InputError(said, code="unreadable", path=path, hint=hint)
