"""JSON Schema of every kind of file."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from sprintkit import __version__
from sprintkit.actions.result import Result
from sprintkit.charter.schema import charter_schema, draft_schema
from sprintkit.errors import InputError
from sprintkit.records import schema as records

KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "charter": charter_schema,
    "draft": draft_schema,
    **{kind: partial(records.schema_of, kind) for kind in records.KINDS},
}
"""Every kind of file and what makes its schema."""


def schema(kind: str = "charter") -> Result:
    """The schema of one kind of file. Raises InputError for a kind that is none."""
    return Result("schema", schema_of(kind))


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind, with the version it is of on top. Raises InputError for a kind that is none."""
    make = KINDS.get(kind)
    if make is None:
        raise InputError(f"{kind} is no kind of file", code="usage", hint=f"Known: {', '.join(KINDS)}.")
    return {"$comment": f"sprintkit {__version__}", **make()}


@cache
def schema_bytes(kind: str) -> bytes:
    """The schema of a kind as it is written into a workspace."""
    return (json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n").encode()
