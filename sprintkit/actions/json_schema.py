"""The JSON Schema of every kind of file."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from sprintkit import __version__
from sprintkit.actions.result import Result
from sprintkit.charter.schema import charter_schema, draft_schema
from sprintkit.errors import InputError
from sprintkit.records.kinds import KINDS as RECORD_KINDS
from sprintkit.records.schema import record_schema

JsonSchema = dict[str, Any]
"""The `data` of `schema`: a JSON Schema, with the version of sprintkit as its `$comment`."""

KINDS: dict[str, Callable[[], JsonSchema]] = {
    "charter": charter_schema,
    "draft": draft_schema,
    **{kind.name: partial(record_schema, kind) for kind in RECORD_KINDS},
}
"""The function that builds the schema of each kind of file."""


def export_schema(kind: str = "charter") -> Result[JsonSchema]:
    """The schema of a kind of file, as the result of the command. Raises InputError for an unknown kind."""
    return Result(build_schema(kind))


def build_schema(kind: str) -> JsonSchema:
    """The schema of a kind of file. Raises InputError for an unknown kind."""
    make_schema = KINDS.get(kind)
    if make_schema is None:
        raise InputError(f"unknown kind of file '{kind}'", code="usage", hint=f"Known: {', '.join(KINDS)}.")
    return {"$comment": f"sprintkit {__version__}", **make_schema()}


@cache
def encode_schema(kind: str) -> bytes:
    """The schema of a kind of file, encoded to be written into a workspace."""
    return (json.dumps(build_schema(kind), indent=1, ensure_ascii=False) + "\n").encode()
