"""Builds the JSON Schema of every kind of record, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any

from sprintkit.charter.schema import DIALECT, simplify_schema
from sprintkit.records.kinds import RecordKind


def record_schema(kind: RecordKind) -> dict[str, Any]:
    """The JSON Schema of a kind of record."""
    schema = simplify_schema(kind.load_model().model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": f"sprintkit {kind.name}"}
