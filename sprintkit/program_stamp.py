"""Identifies the program that computed a cached value."""

import marshal
import os
import sys
from binascii import crc32

from sprintkit import __version__

_PACKAGE_FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 (pathlib costs a start-up as much)
_stamp = ""


def program_stamp() -> str:
    """The program's version, its Python and a checksum of its source files; every cache makes it part of its keys.

    The source files count by path, mtime and size, so after an edit in an editable install nothing cached counts.
    Computed once, because a running program does not change.
    """
    global _stamp
    if not _stamp:
        sources = marshal.dumps(_list_sources(_PACKAGE_FOLDER), 1)
        _stamp = f"{__version__}-{sys.hexversion:x}-{crc32(sources):08x}"
    return _stamp


def _list_sources(folder: str) -> "list[tuple[str, int, int]]":
    """Path, mtime in nanoseconds and size of every Python file below a folder, sorted."""
    sources = []
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.endswith(".py"):
                        status = entry.stat()
                        sources.append((entry.path, status.st_mtime_ns, status.st_size))
                    elif "." not in entry.name and entry.name[0] != "_" and entry.is_dir():
                        folders.append(entry.path)
        except OSError:  # in an archive, for instance: the version has to do
            continue
    return sorted(sources)
