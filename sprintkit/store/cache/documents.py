"""Documents and what their templates were given, kept in the user's cache folder under the content they follow from.

The name of an entry is a hash of every byte that it follows from: the sprint's files with their names, the
workspace's settings, the program itself, and whatever the caller adds. So an entry is never out of date: whatever
changes, another name is asked for. Times of the sprint's files, which can lie, have no part in it.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from binascii import crc32

from sprintkit.store.cache import directory
from sprintkit.store.workspace import SETTINGS_FILE, SPRINTS_FOLDER, Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

KEPT = 200
"""Entries; those made first go first."""
MAX_BYTES = 64 * 1024 * 1024
"""Of a sprint's files together; of more than that nothing is kept."""
_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_APART = ("cli", "tui")
"""Rooms that have no say in a document."""


class SprintSnapshot:
    """The content of one sprint and of the settings, as it was when this was made.

    Nothing is looked at a second time. `paths` are the sprint's files, relative to its folder.
    """

    def __init__(self, workspace: Workspace, slug: str) -> None:
        self._workspace = workspace
        self._slug = slug
        self.paths: list[str] = []
        self._bytes: list[bytes] = []
        self.is_cacheable = slug in workspace.slugs() and self._take()
        """False where anything is out of the ordinary (a link, something unreadable): nothing is kept then."""

    def cache_key(self, *more: str | bytes) -> str | None:
        """The name of the entry that follows from these contents and from `more`; None where there is none."""
        if not self.is_cacheable:
            return None
        import hashlib  # OpenSSL is loaded with it

        made = hashlib.sha256()
        try:
            program = _program()
        except OSError:
            return None
        names = (path.encode("utf-8", "surrogateescape") for path in self.paths)
        added = (part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in more)
        for part in (*program, self._slug.encode(), *names, b"", *self._bytes, b"", *added):
            made.update(len(part).to_bytes(8, "big"))  # so that no two lists of parts run into the same bytes
            made.update(part)
        return made.hexdigest()

    def is_current(self) -> bool:
        """Whether the disk still holds the same."""
        now = SprintSnapshot(self._workspace, self._slug)
        return now.is_cacheable and (now.paths, now._bytes) == (self.paths, self._bytes)

    def _take(self) -> bool:
        root = self._workspace.root
        sprints = os.path.join(root, SPRINTS_FOLDER)
        if os.path.islink(sprints) or os.path.islink(os.path.join(sprints, self._slug)):
            return False
        try:
            left = MAX_BYTES
            for path, full in _files(os.path.join(sprints, self._slug)):
                self.paths.append(path)
                self._bytes.append(_read(full, left))
                left -= len(self._bytes[-1])
            settings = os.path.join(root, SETTINGS_FILE)
            self._bytes.append(b"+" + _read(settings, left) if os.path.lexists(settings) else b"-")
        except (OSError, ValueError):
            return False
        return True


def load_entry(workspace: Workspace, name: str | None) -> Any:
    """What was kept under `name`; None if there is nothing, or nothing that only this user can have written."""
    place = _place(workspace)
    if place is None or name is None:
        return None
    try:
        handle = os.open(os.path.join(place, name), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb") as file:
            content = file.read() if _is_ours(os.fstat(handle)) else b""
        if content[:4] == crc32(content[4:]).to_bytes(4, "big"):
            return marshal.loads(content[4:])
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return None


def store_entry(workspace: Workspace, name: str | None, value: Any) -> None:
    """Keep `value` under `name`; without a word where that is not possible."""
    place = _place(workspace)
    if place is None or name is None:
        return
    try:
        content = marshal.dumps(value)
        os.makedirs(place, 0o700, exist_ok=True)
        if not _is_ours(os.stat(place)):
            return
        beside = os.path.join(place, f".{name}.{os.getpid()}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:
                file.write(crc32(content).to_bytes(4, "big") + content)
            os.replace(beside, os.path.join(place, name))
        except OSError:
            os.unlink(beside)
        _prune(place)
    except (OSError, ValueError):
        return


def _prune(place: str) -> None:
    with os.scandir(place) as entries:
        found = [(entry.stat().st_mtime_ns, entry.path) for entry in entries]
    for _made, path in sorted(found)[: max(0, len(found) - KEPT)]:
        os.unlink(path)


def _place(workspace: Workspace) -> str | None:
    folder = directory.cache_folder(workspace.root)
    return None if folder is None else os.path.join(folder, "contexts")


def _files(folder: str, inner: str = "") -> Iterator[tuple[str, str]]:
    """Every file below a folder, hidden ones left out, by name. Raises ValueError for what is no plain file."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name[0] == ".":
            continue
        path = f"{inner}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield path, entry.path
        else:
            raise ValueError(path)


def _read(full: str, most: int) -> bytes:
    """The bytes of a regular file. Raises OSError, ValueError for a link, another kind, or more than `most`."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(full, flags | getattr(os, "O_BINARY", 0))
    with open(handle, "rb", buffering=0) as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            raise ValueError(full)
        return file.read()


def _program() -> tuple[bytes, bytes]:
    """What this program is: the Python that can read an entry, and every module that can have a say."""
    seen = []
    folders = [_PROGRAM]
    while folders:
        with os.scandir(folders.pop()) as found:
            for entry in found:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    seen.append((entry.path, status.st_mtime_ns, status.st_size))
                elif entry.name[0] != "_" and entry.name not in _APART and entry.is_dir():
                    folders.append(entry.path)
    return str(sys.hexversion).encode(), marshal.dumps(sorted(seen), 1)


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody but this user can have written it."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
