"""Compiled built-in templates in the user's cache folder. Compiling them takes as long as loading Jinja2.

Cached code is executed, so a file that another user could have written is ignored. A workspace's own templates are
never cached.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from sprintkit import user_cache
from sprintkit.program_stamp import program_stamp

MAX_BYTES = 4 * 1024 * 1024
"""Of the code of one template."""


class CompiledTemplates(BytecodeCache):
    """One file for each template, named after its name and text. Without a cache folder, nothing is cached."""

    def __init__(self, form: str) -> None:
        self._folder = _folder_of(form)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its code is cached and ours."""
        if self._folder is None:
            return
        try:
            with user_cache.open_private(str(self._folder / bucket.key), MAX_BYTES) as file:
                bucket.load_bytecode(file)
        except (OSError, ValueError, EOFError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache the bucket's code, completely or not at all."""
        if self._folder is not None:
            code = BytesIO()
            bucket.write_bytecode(code)
            user_cache.write_private(str(self._folder / bucket.key), [code.getvalue()])


def _folder_of(form: str) -> Path | None:
    """The folder for templates of one form; None if there is no cache folder.

    The compiler is part of its name, because another version of Jinja2 writes other code.
    """
    cache = user_cache.cache_folder()
    if cache is None:
        return None
    compiler = Path(jinja2.__file__).with_name("compiler.py").stat()
    return Path(cache) / f"templates-{program_stamp()}-{compiler.st_mtime_ns:x}-{form}"
