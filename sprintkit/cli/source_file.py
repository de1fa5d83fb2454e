"""Reads the file of `--from FILE`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STDIN = "stdin"
"""The name in messages of a document that is read from stdin."""


def source_name(path: str) -> str:
    """The name in messages of the file of `--from`."""
    return STDIN if path == "-" else path


def read_source(path: str, root: str) -> dict[str, Any]:
    """The TOML document in the file of `--from`, or on stdin for `-`. Raises InputError.

    `root` is the folder of the workspace.
    """
    from sprintkit.errors import InputError

    if path != "-":
        from sprintkit.store import files

        files.refuse_link_out(root, path)
        return files.load_file(None, path).document
    if sys.stdin.isatty():
        raise InputError(
            "--from - reads stdin, and nothing is piped into it", code="usage", hint="Name a file."
        )
    from sprintkit.store.toml import codec, limits

    try:
        data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", code="unreadable", path=STDIN, hint="Name a file."
        ) from None
    if len(data) > limits.MAX_BYTES:
        raise InputError(f"more than the {limits.MAX_BYTES:,} bytes allowed", code="too_large", path=STDIN)
    return codec.parse(data, STDIN)
