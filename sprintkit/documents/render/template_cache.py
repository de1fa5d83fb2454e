"""Compiled built-in templates in the user's cache folder. Compiling them takes as long as loading Jinja2.

Cached code is executed, so a folder or file that another user could have written is ignored. A workspace's own
templates are never cached.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from sprintkit.program_stamp import program_stamp

MAX_FOLDERS = 3
"""Folders of one form that are kept, so that a few installs can share a cache."""

MAX_BYTES = 4 * 1024 * 1024
"""Of the code of one template."""
# A link is not followed, and a pipe not waited for.
_READ_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


class CompiledTemplates(BytecodeCache):
    """One file for each template, named after its name and text. Without a usable folder, nothing is cached."""

    def __init__(self, form: str) -> None:
        self._folder = _cache_folder(form)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its code is cached and ours."""
        if self._folder is None:
            return
        try:
            with os.fdopen(os.open(self._folder / bucket.key, _READ_FLAGS), "rb") as file:
                status = os.fstat(file.fileno())
                if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES and _is_private(status):
                    bucket.load_bytecode(file)
        except (OSError, ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache the bucket's code, completely or not at all."""
        if self._folder is None:
            return
        temporary = ""
        try:
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                bucket.write_bytecode(file)
            Path(temporary).replace(self._folder / bucket.key)
        except OSError:
            if temporary:
                Path(temporary).unlink(missing_ok=True)


def _cache_folder(form: str) -> Path | None:
    """The folder for templates of one form; None if there is none that only this user can write."""
    if sys.platform == "darwin":
        base = Path("~/Library/Caches").expanduser()
    else:
        configured = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(configured) if configured.startswith("/") else Path("~/.cache").expanduser()
    try:
        # The compiler is part of the name, because another version of Jinja2 writes other code.
        compiler = Path(jinja2.__file__).with_name("compiler.py").stat()
        folder = base / "sprintkit" / f"templates-{program_stamp()}-{compiler.st_mtime_ns:x}-{form}"
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _remove_oldest(folder.parent, form)
        return folder if _is_private(folder.stat()) else None
    except (OSError, RuntimeError):
        return None


def _remove_oldest(parent: Path, form: str) -> None:
    """Remove the folders of earlier programs, except the latest: every edit of an editable install begins a new one."""
    by_age = sorted(parent.glob(f"templates-*-{form}"), key=lambda folder: folder.lstat().st_mtime_ns)
    for folder in by_age[:-MAX_FOLDERS]:
        shutil.rmtree(folder, ignore_errors=True)


def _is_private(status: os.stat_result) -> bool:
    """Whether nobody but this user can have written it."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
