"""The way use cases write a file: with its schema named on top, for editors, and that schema there."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from .. import __version__
from ..errors import NotWritten, Unusable
from ..store import files, saving
from ..store.files import Saved, Stored
from .desk import Desk

FOLDER = ".sprintkit/schema"


def schema_path(kind: str) -> str:
    """Where the JSON Schema of a kind of file lies in a workspace."""
    return f"{FOLDER}/{kind}.json"


def head(path: str, kind: str) -> str:
    """The first line of a file: where an editor finds its schema, relative to the file."""
    return f"#:schema {'../' * path.count('/')}{schema_path(kind)}\n"


def save(
    desk: Desk,
    path: str,
    document: Mapping[str, Any],
    kind: str,
    *,
    expected: str | None,
    like: Stored | None = None,
) -> Saved:
    """Writes a file of a kind, as `store.saving.save` does, and its schema where that is absent or old."""
    saved = saving.save(desk.root, path, dict(document), expected=expected, head=head(path, kind), like=like)
    keep_schema(desk, kind)
    return saved


def keep_schemas(desk: Desk) -> None:
    """Write the schemas of all kinds anew, where they are absent or of another version."""
    from .schema import KINDS  # loads every model

    for kind in KINDS:
        keep_schema(desk, kind)


def keep_schema(desk: Desk, kind: str) -> None:
    """Write the schema of a kind anew where it is absent or of another version; done without if that fails."""
    path = schema_path(kind)
    with contextlib.suppress(NotWritten, Unusable):
        now = files.bytes_if_there(desk.root, path)
        if now is None or mark() not in now[:200]:
            from .schema import schema_bytes  # made of all models, which a save does not need otherwise

            made = schema_bytes(kind)
            saving.put(desk.root, path, lambda _: made, expected=saving.ANYTHING)


def mark() -> bytes:
    """What a schema of this version begins with."""
    return f'"$comment": "sprintkit {__version__}"'.encode()
