"""Writes the TOML files of a workspace. The first line of each names its JSON Schema, for editors."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
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
    """The path in a workspace of the JSON Schema of a kind of file."""
    return f"{SCHEMA_FOLDER}/{kind}.json"


def schema_header(path: str, kind: str) -> str:
    """The first line of a file: the path of its schema, relative to the file."""
    return f"#:schema {'../' * path.count('/')}{schema_path(kind)}\n"


def order_keys(model: type[Record], document: Mapping[str, Any]) -> dict[str, Any]:
    """A record's document with its keys in the order of the model."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return {name: document[name] for name in names if name in document}


def first_free_path(path: str, suffixes: Sequence[str], taken: Iterable[str]) -> str:
    """`path`, or the first variant with one of `suffixes` before `.toml` that is not taken; the last if all are.

    Case makes no difference, since some file systems ignore it.
    """
    folded = {name.casefold() for name in taken}
    stem = path.removesuffix(".toml")
    candidates = [path, *(f"{stem}{suffix}.toml" for suffix in suffixes)]
    return next((candidate for candidate in candidates if candidate.casefold() not in folded), candidates[-1])


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
    """Write the schema of a kind of file if it is missing or outdated. A failure is ignored: only editors need it."""
    path = schema_path(kind)
    with contextlib.suppress(WriteError, InputError):
        current = files.read_bytes_if_exists(context.root, path)
        if current is None or schema_version_comment() not in current[:200]:
            from sprintkit.actions.json_schema import encode_schema  # imports every model

            schema = encode_schema(kind)
            save.update_bytes(context.root, path, lambda _: schema, expected=save.ANY_VERSION)


def schema_version_comment() -> bytes:
    """The text near the beginning of a schema that says which version wrote it."""
    return f'"$comment": "sprintkit {__version__}"'.encode()
