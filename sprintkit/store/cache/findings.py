"""What was found in many files that somebody named, kept in the user's cache folder as long as none changes.

One file for each folder one works in, with what the last call wanted; a file's values hold as in the index.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
from binascii import crc32

from sprintkit.store.cache import directory
from sprintkit.store.cache.listing import MAX_BYTES, YOUNG, file_stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Place = tuple[str, int, int, int]
    """Full path, time, size and number of a file."""

MARK = b"sprintkit files 1\n"


class FindingsCache:
    """What is known of files by the names they were given by, from the folder one is in."""

    def __init__(self, root: str | None = None) -> None:
        """`root` is the workspace that one is in, if any: nothing is kept in there."""
        self._now = time.time_ns()
        self._changed = False
        self._path = _place(root)
        self._places: dict[str, Place | None] = {}
        self._before: dict[tuple[str, str], tuple[Place, bytes]] = {}
        self._values: dict[tuple[str, str], tuple[Place, bytes]] = {}
        if self._path is not None:
            self._before = _read(self._path)

    def get(self, name: str, key: str) -> Any:
        """What was put under `name` and `key`; None if there is nothing, or the file changed since."""
        place, value = self._before.get((name, key), (None, b""))
        now = self._places[name] = _place_of(name)
        if place is None or place != now:
            return None
        self._values[name, key] = (place, value)
        return marshal.loads(value)

    def put(self, name: str, key: str, value: Any) -> None:
        """Keeps `value`, of what marshal can write, worked out since `get` was asked for it.

        Does nothing for a file too young to tell by its time.
        """
        place = self._places.get(name)
        if place is not None and place[1] <= self._now - YOUNG:
            self._values[name, key] = (place, marshal.dumps(value))
            self._changed = True

    def file_stamp(self, full: str) -> str:
        """Time and size of another file, to go into a key; "" if there is none."""
        return file_stamp(full, self._now)

    def close(self) -> None:
        """Writes what is known if there is anything new. A cache that cannot be written is done without."""
        if not self._changed or self._path is None:
            return
        content = marshal.dumps(self._values)
        beside = f"{self._path}.{os.getpid()}.tmp"
        try:
            os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)
            try:
                with open(beside, "wb") as file:
                    file.writelines([_seal(content), content])
                os.replace(beside, self._path)
            except OSError:
                os.unlink(beside)
        except OSError:
            pass


def _place(root: str | None) -> str | None:
    """The file for the folder one is in; None where there is no cache folder that lies outside."""
    try:
        here = os.getcwd()
    except OSError:
        return None
    folder = directory.cache_folder(here)
    if folder is None or (root is not None and directory.cache_folder(root) is None):
        return None
    return os.path.join(folder, f"files-{crc32(os.fsencode(here)):08x}.kept")


def _place_of(name: str) -> Place | None:
    """By what a file is known again; None for what is no file."""
    try:
        full = os.path.abspath(name)
        status = os.stat(full)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return full, status.st_mtime_ns, status.st_size, status.st_ino


def _read(path: str) -> dict[tuple[str, str], tuple[Place, bytes]]:
    """What the file holds; nothing where it is missing, damaged or of another Python."""
    try:
        if os.path.getsize(path) > MAX_BYTES:
            return {}
        with open(path, "rb") as file:
            seal, content = file.read(len(_seal(b""))), file.read()
        return marshal.loads(content) if seal == _seal(content) else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _seal(content: bytes) -> bytes:
    """What stands before the content: its form, the Python that can read it, its checksum."""
    return MARK + sys.hexversion.to_bytes(4, "big") + crc32(content).to_bytes(4, "big")
