"""Values computed from files that a user named, valid as long as those files do not change.

There is one cache file for each current folder, with the values that the last call used. Whether a file has changed
is decided as in the index of sprints (`listing`).
"""

from __future__ import annotations

import marshal
import os
import stat
import time
from binascii import crc32

from sprintkit import user_cache
from sprintkit.program_stamp import program_stamp
from sprintkit.store.cache.listing import MAX_BYTES, RECENT_NS, file_stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    FileIdentity = tuple[str, int, int, int]
    """Absolute path, mtime_ns, size and inode."""
    Entry = tuple[FileIdentity, bytes]

_MAGIC = b"sprintkit files 2\n"


class FindingsCache:
    """Values by the name that a file was given by, for the current folder."""

    def __init__(self, root: str | None = None) -> None:
        """`root` is the current workspace, if any: nothing is written inside it."""
        self._now = time.time_ns()
        self._is_changed = False
        self._path = _cache_path(root)
        self._identities: dict[str, FileIdentity | None] = {}
        self._loaded: dict[tuple[str, str], Entry] = {}
        self._used: dict[tuple[str, str], Entry] = {}
        if self._path is not None:
            self._loaded = _read_entries(self._path)

    def get(self, name: str, key: str) -> Any:
        """The value stored under `name` and `key`; None if there is none, or if the file has changed since."""
        entry = self._loaded.get((name, key))
        identity, value = entry if isinstance(entry, tuple) and len(entry) == 2 else (None, b"")
        current = self._identities[name] = _identify(name)
        if identity is None or identity != current or not isinstance(value, bytes):
            return None
        self._used[name, key] = (identity, value)
        return user_cache.decode(value)

    def put(self, name: str, key: str, value: Any) -> None:
        """Stores `value` (anything marshal can write), computed since `get` was called for it.

        Does nothing for a file too recent for its mtime to prove anything.
        """
        identity = self._identities.get(name)
        if identity is not None and identity[1] <= self._now - RECENT_NS:
            self._used[name, key] = (identity, marshal.dumps(value))
            self._is_changed = True

    def file_stamp(self, path: str) -> str:
        """The stamp of another file, to be made part of a key; see `listing.file_stamp`."""
        return file_stamp(path, self._now)

    def close(self) -> None:
        """Writes the used values if any of them is new. Does nothing if the cache cannot be written."""
        if not self._is_changed or self._path is None:
            return
        content = marshal.dumps(self._used)
        user_cache.write_private(self._path, [_content_prefix(content), content])


def _cache_path(root: str | None) -> str | None:
    """The cache file for the current folder; None if there is no cache folder outside of it and of `root`."""
    try:
        current_folder = os.getcwd()
    except OSError:
        return None
    folder = user_cache.cache_folder(current_folder)
    if folder is None or (root is not None and user_cache.cache_folder(root) is None):
        return None
    return os.path.join(folder, f"files-{crc32(os.fsencode(current_folder)):08x}.kept")


def _identify(name: str) -> FileIdentity | None:
    """The file's identity; None if it is not a regular file."""
    try:
        path = os.path.abspath(name)
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return path, status.st_mtime_ns, status.st_size, status.st_ino


def _read_entries(path: str) -> dict[tuple[str, str], Entry]:
    """The content of a cache file; empty if it is missing, damaged or of another program."""
    try:
        with user_cache.open_private(path, MAX_BYTES) as file:
            prefix, content = file.read(len(_content_prefix(b""))), file.read()
    except (OSError, ValueError):
        return {}
    entries = user_cache.decode(content) if prefix == _content_prefix(content) else None
    return entries if isinstance(entries, dict) else {}


def _content_prefix(content: bytes) -> bytes:
    """What precedes the content: the file format, the program that wrote it, and its checksum."""
    return _MAGIC + program_stamp().encode() + crc32(content).to_bytes(4, "big")
