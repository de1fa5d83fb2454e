"""Shipped templates as Jinja2 has compiled them, kept in the user's cache folder: compiling costs as much as
loading Jinja2 itself.

What is read from there is run, so a folder or file that somebody else could have written is not looked at. A
workspace's templates never come here.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from sprintkit import __version__


class CompiledTemplates(BytecodeCache):
    """One file a template, named by its name and text; done without where the folder cannot be used."""

    def __init__(self, form: str) -> None:
        self._folder = _folder(form)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if its code is there and ours."""
        if self._folder is None:
            return
        try:
            with (self._folder / bucket.key).open("rb") as file:
                if _is_ours(os.fstat(file.fileno())):
                    bucket.load_bytecode(file)
        except (OSError, ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the bucket's code, whole or not at all."""
        if self._folder is None:
            return
        made = ""
        try:
            handle, made = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                bucket.write_bytecode(file)
            Path(made).replace(self._folder / bucket.key)
        except OSError:
            Path(made).unlink(missing_ok=True) if made else None


def _folder(form: str) -> Path | None:
    """The folder for templates of one form; None where there is none that only this user can write."""
    if sys.platform == "darwin":
        base = Path("~/Library/Caches").expanduser()
    else:
        named = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(named) if named.startswith("/") else Path("~/.cache").expanduser()
    try:
        # What compiled it is part of the name: another Jinja2 writes other code.
        compiler = Path(jinja2.__file__).with_name("compiler.py").stat()
        folder = base / "sprintkit" / f"templates-{__version__}-{compiler.st_mtime_ns:x}-{form}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_ours(folder.stat()) else None
    except (OSError, RuntimeError):
        return None


def _is_ours(info: os.stat_result) -> bool:
    """Whether nobody but this user can have written it."""
    if not hasattr(os, "getuid"):
        return True
    return info.st_uid == os.getuid() and not info.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
