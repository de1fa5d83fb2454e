"""Writing files of a workspace. Each names its JSON Schema in the first line, for editors, and brings it along."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sprintkit import __version__
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import InputError, WriteError
from sprintkit.store import files, save
from sprintkit.store.files import LoadedFile, SaveResult

if TYPE_CHECKING:
    from sprintkit.records.base import Record

SCHEMA_FOLDER = ".sprintkit/schema"


def schema_path(kind: str) -> str:
    """Where a workspace keeps the JSON Schema of a kind of file."""
    return f"{SCHEMA_FOLDER}/{kind}.json"


def schema_header(path: str, kind: str) -> str:
    """The first line of a file: its schema, relative to the file."""
    return f"#:schema {'../' * path.count('/')}{schema_path(kind)}\n"


def order_keys(model: type[Record], document: Mapping[str, Any]) -> dict[str, Any]:
    """A record's document with its keys in the order of the model."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return {name: document[name] for name in names if name in document}


def save_document(
    context: WorkspaceContext,
    path: str,
    document: Mapping[str, Any],
    kind: str,
    *,
    expected: str | None,
    comments_from: LoadedFile | None = None,
) -> SaveResult:
    """Save a file of a kind as `store.save.save_file` does, and its schema if that is missing or outdated."""
    saved = save.save_file(
        context.root,
        path,
        dict(document),
        expected=expected,
        header=schema_header(path, kind),
        comments_from=comments_from,
    )
    ensure_schema(context, kind)
    return saved


def ensure_schemas(context: WorkspaceContext) -> None:
    """Write the schema of every kind of file if it is missing or outdated."""
    from sprintkit.actions.json_schema import KINDS

    for kind in KINDS:
        ensure_schema(context, kind)


def ensure_schema(context: WorkspaceContext, kind: str) -> None:
    """Write the schema of a kind of file if it is missing or outdated. If that fails, editors do without."""
    path = schema_path(kind)
    with contextlib.suppress(WriteError, InputError):
        current = files.read_bytes_if_exists(context.root, path)
        if current is None or schema_version_comment() not in current[:200]:
            from sprintkit.actions.json_schema import encode_schema  # imports every model

            schema = encode_schema(kind)
            save.update_bytes(context.root, path, lambda _: schema, expected=save.ANY_VERSION)


def schema_version_comment() -> bytes:
    """What the schemas of this version contain near their beginning."""
    return f'"$comment": "sprintkit {__version__}"'.encode()
