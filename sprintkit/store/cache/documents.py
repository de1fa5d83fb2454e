"""Caches the contexts of documents under a hash of everything they depend on.

The key of an entry is a hash of every byte it depends on: the sprint's files with their names, the workspace's
settings, the program itself, and whatever the caller adds. So an entry is never out of date: after any change, another
key is looked up. The mtimes of a sprint's files, which can be wrong, do not matter.

hashlib is imported where it is used: it loads OpenSSL.
"""

from __future__ import annotations

import marshal
import os
import stat
from binascii import crc32

from sprintkit import user_cache
from sprintkit.program_stamp import program_stamp
from sprintkit.store.workspace import SETTINGS_FILE, SPRINTS_FOLDER, Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MAX_ENTRIES = 200
"""Most entries; the oldest are removed first."""
MAX_SPRINT_BYTES = 64 * 1024 * 1024
"""Most bytes of a sprint's files together; a larger sprint is not cached."""


class SprintSnapshot:
    """The bytes of one sprint's files and of the settings, read once when this object is created.

    `paths` are the sprint's files, relative to its folder.
    """

    def __init__(self, workspace: Workspace, slug: str) -> None:
        self._workspace = workspace
        self._slug = slug
        self.paths: list[str] = []
        self._contents: list[bytes] = []
        self.is_cacheable = slug in workspace.folder_names() and self._read_all()
        """False if anything is out of the ordinary, such as a link or an unreadable file."""

    def cache_key(self, *parts: str | bytes) -> str | None:
        """The key of the entry that depends on these files and on `parts`; None if the sprint is not cacheable."""
        if not self.is_cacheable:
            return None
        import hashlib

        paths = (path.encode("utf-8", "surrogateescape") for path in self.paths)
        extra = (part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts)
        key = hashlib.sha256()
        for part in (
            program_stamp().encode(),
            self._slug.encode(),
            *paths,
            b"",
            *self._contents,
            b"",
            *extra,
        ):
            key.update(len(part).to_bytes(8, "big"))  # so that no two lists of parts give the same bytes
            key.update(part)
        return key.hexdigest()

    def is_current(self) -> bool:
        """Whether the files on disk are still the same."""
        current = SprintSnapshot(self._workspace, self._slug)
        return current.is_cacheable and (current.paths, current._contents) == (self.paths, self._contents)

    def _read_all(self) -> bool:
        root = self._workspace.root
        sprints = os.path.join(root, SPRINTS_FOLDER)
        sprint = os.path.join(sprints, self._slug)
        if os.path.islink(sprints) or os.path.islink(sprint):
            return False
        try:
            bytes_left = MAX_SPRINT_BYTES
            for path, full_path in _iter_files(sprint):
                self.paths.append(path)
                self._contents.append(_read_regular_file(full_path, bytes_left))
                bytes_left -= len(self._contents[-1])
            settings = os.path.join(root, SETTINGS_FILE)
            has_settings = os.path.lexists(settings)
            self._contents.append(b"+" + _read_regular_file(settings, bytes_left) if has_settings else b"-")
        except (OSError, ValueError):
            return False
        return True


def load_entry(workspace: Workspace, key: str | None) -> Any:
    """The value stored under `key`; None if there is none, or one that another user could have written."""
    folder = _entries_folder(workspace)
    if folder is None or key is None:
        return None
    try:
        with user_cache.open_private(os.path.join(folder, key), MAX_SPRINT_BYTES) as file:
            content = file.read()
    except (OSError, ValueError):
        return None
    return user_cache.decode(content[4:]) if content[:4] == crc32(content[4:]).to_bytes(4, "big") else None


def store_entry(workspace: Workspace, key: str | None, value: Any) -> None:
    """Stores `value` under `key`. Does nothing if the cache cannot be written."""
    folder = _entries_folder(workspace)
    if folder is None or key is None:
        return
    try:
        content = marshal.dumps(value)
        if user_cache.write_private(os.path.join(folder, key), [crc32(content).to_bytes(4, "big"), content]):
            _prune(folder)
    except (OSError, ValueError):
        return


def _prune(folder: str) -> None:
    with os.scandir(folder) as entries:
        by_age = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
    for _, path in by_age[: max(0, len(by_age) - MAX_ENTRIES)]:
        os.unlink(path)


def _entries_folder(workspace: Workspace) -> str | None:
    folder = user_cache.cache_folder(workspace.root)
    return None if folder is None else os.path.join(folder, "contexts")


def _iter_files(folder: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Relative and absolute path of every file below `folder`, in order, without hidden ones.

    Raises ValueError for anything that is neither a regular file nor a folder.
    """
    with os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name[0] == ".":
            continue
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _iter_files(entry.path, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield path, entry.path
        else:
            raise ValueError(path)


def _read_regular_file(path: str, max_bytes: int) -> bytes:
    """The bytes of a regular file. Raises OSError, or ValueError if it is another kind or too large."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with open(handle, "rb", buffering=0) as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > max_bytes:
            raise ValueError(path)
        return file.read()
