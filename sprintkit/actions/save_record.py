"""The way use cases write a file: with its schema named on top, for editors, and that schema there."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from sprintkit import __version__
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import InputError, WriteError
from sprintkit.store import files, save
from sprintkit.store.files import LoadedFile, Saved

FOLDER = ".sprintkit/schema"


def schema_path(kind: str) -> str:
    """Where the JSON Schema of a kind of file lies in a workspace."""
    return f"{FOLDER}/{kind}.json"


def schema_header(path: str, kind: str) -> str:
    """The first line of a file: where an editor finds its schema, relative to the file."""
    return f"#:schema {'../' * path.count('/')}{schema_path(kind)}\n"


def save_document(
    desk: WorkspaceContext,
    path: str,
    document: Mapping[str, Any],
    kind: str,
    *,
    expected: str | None,
    like: LoadedFile | None = None,
) -> Saved:
    """Writes a file of a kind, as `store.saving.save` does, and its schema where that is absent or old."""
    saved = save.save(
        desk.root, path, dict(document), expected=expected, head=schema_header(path, kind), like=like
    )
    ensure_schema(desk, kind)
    return saved


def ensure_schemas(desk: WorkspaceContext) -> None:
    """Write the schemas of all kinds anew, where they are absent or of another version."""
    from sprintkit.actions.schema import KINDS  # loads every model

    for kind in KINDS:
        ensure_schema(desk, kind)


def ensure_schema(desk: WorkspaceContext, kind: str) -> None:
    """Write the schema of a kind anew where it is absent or of another version; done without if that fails."""
    path = schema_path(kind)
    with contextlib.suppress(WriteError, InputError):
        now = files.bytes_if_there(desk.root, path)
        if now is None or schema_version_comment() not in now[:200]:
            from sprintkit.actions.schema import (
                schema_bytes,  # made of all models, which a save does not need otherwise
            )

            made = schema_bytes(kind)
            save.put(desk.root, path, lambda _: made, expected=save.ANY_VERSION)


def schema_version_comment() -> bytes:
    """What a schema of this version begins with."""
    return f'"$comment": "sprintkit {__version__}"'.encode()
