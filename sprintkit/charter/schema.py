"""JSON Schema of a charter, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any

from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import questions_by_path

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def charter_schema() -> dict[str, Any]:
    """The schema of `charter.toml`: the core is required in it, as there is no charter without."""
    schema = draft_schema()
    schema["title"] = "sprintkit charter"
    for pattern, question in questions_by_path().items():
        if question.told.core:
            _require(schema, pattern)
    return schema


def draft_schema() -> dict[str, Any]:
    """The schema of `draft.toml`: nothing is required yet."""
    schema: dict[str, Any] = {"$schema": DIALECT, **tidy(Charter.model_json_schema(by_alias=True))}
    schema["title"] = "sprintkit draft"
    return schema


def _require(schema: dict[str, Any], pattern: str) -> None:
    """Make the field at `pattern` required, and every table above it; a list gets its least count."""
    here = schema
    keys = pattern.split(".")
    for at, key in enumerate(keys):
        name = key.removesuffix("[]")
        required = here.setdefault("required", [])
        if name not in required:
            required.append(name)
        part = here["properties"][name]
        question = questions_by_path().get(".".join(keys[: at + 1]).removesuffix("[]"))
        if question is not None and part.get("type") == "array":
            part["minItems"] = question.told.least_lean
        if key.endswith("[]"):
            part = part["items"]
        if "$ref" in part:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
        here = part


def tidy(schema: Any) -> Any:
    """A schema of pydantic as an editor shows it best: absent is not null, and a default that says nothing goes."""
    if isinstance(schema, list):
        return [tidy(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        key: tidy(part)
        for key, part in schema.items()
        if not (key == "default" and part in (None, [], {})) and not (key == "title" and part == "")
    }
    either = plain.get("anyOf")
    if isinstance(either, list):
        kept = [part for part in either if part != {"type": "null"}]
        if len(kept) == 1:
            del plain["anyOf"]
            plain = {**kept[0], **plain}
    return plain
