"""The JSON Schemas of charters and drafts, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any

from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import questions_by_path

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def charter_schema() -> dict[str, Any]:
    """The schema of `charter.toml`. It requires the core, without which there is no charter."""
    schema = draft_schema()
    schema["title"] = "sprintkit charter"
    for pattern, question in questions_by_path().items():
        if question.spec.is_core:
            _require(schema, pattern)
    return schema


def draft_schema() -> dict[str, Any]:
    """The schema of `draft.toml`. It requires nothing."""
    schema: dict[str, Any] = {"$schema": DIALECT, **simplify_schema(Charter.model_json_schema(by_alias=True))}
    schema["title"] = "sprintkit draft"
    return schema


def _require(schema: dict[str, Any], pattern: str) -> None:
    """Make the field at `pattern` and every table above it required in `schema`, and set the length of lists."""
    table = schema
    keys = pattern.split(".")
    for position, key in enumerate(keys):
        name = key.removesuffix("[]")
        required = table.setdefault("required", [])
        if name not in required:
            required.append(name)
        field = table["properties"][name]
        question = questions_by_path().get(".".join(keys[: position + 1]).removesuffix("[]"))
        if question is not None and field.get("type") == "array":
            field["minItems"] = question.spec.min_entries_lean
        if key.endswith("[]"):
            field = field["items"]
        table = schema["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field


def simplify_schema(schema: Any) -> Any:
    """A pydantic schema made readable in editors: without null for absent keys, and without empty defaults."""
    if isinstance(schema, list):
        return [simplify_schema(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    simplified = {
        key: simplify_schema(part)
        for key, part in schema.items()
        if not (key == "default" and part in (None, [], {})) and not (key == "title" and part == "")
    }
    alternatives = simplified.get("anyOf")
    if isinstance(alternatives, list):
        non_null = [part for part in alternatives if part != {"type": "null"}]
        if len(non_null) == 1:
            del simplified["anyOf"]
            simplified = {**non_null[0], **simplified}
    return simplified
