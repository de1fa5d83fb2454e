"""A charter's own additional entries, with their structure: a list stays a list, and a list of tables a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.answer_tree import as_text, flatten
from sprintkit.documents.wording import EXTRA_PREFIX, Wording
from sprintkit.text.escaping import escape_invisible

MAX_COLUMNS = 7
"""The most columns in a table. With more, each row becomes an entry of its own."""


def build_extra(extra: object, wording: Wording) -> list[dict[str, Any]]:
    """The entries in order. Each has a `kind` (text, list or table), `path`, `label`, and everything as one `text`.

    A list also has `list`; a table has `columns` and `rows` of texts.
    """
    return list(_entries(extra, "", wording)) if isinstance(extra, Mapping) else []


def _entries(value: object, path: str, wording: Wording) -> Iterator[dict[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _entries(item, f"{path}.{key}" if path else str(key), wording)
        return
    if value is None or value == []:
        return
    label = wording.field_label(EXTRA_PREFIX + path, path.replace("_", " "))
    entry: dict[str, Any] = {
        "path": escape_invisible(path),
        "label": escape_invisible(label),
        "kind": "text",
        "text": _one_text(value, wording),
        "list": [],
        "columns": [],
        "rows": [],
    }
    if isinstance(value, list):
        rows = [item for item in value if isinstance(item, Mapping)]
        columns = list(dict.fromkeys(str(key) for row in rows for key in row))
        if len(rows) != len(value):
            entry |= {"kind": "list", "list": [_one_text(item, wording) for item in value]}
        elif len(columns) > MAX_COLUMNS:
            for index, row in enumerate(rows, 1):
                yield from _entries(row, f"{path} {index}", wording)
            return
        else:
            names = [
                wording.field_label(f"{EXTRA_PREFIX}{path}[].{key}", key.replace("_", " ")) for key in columns
            ]
            entry |= {
                "kind": "table",
                "columns": [escape_invisible(name) for name in names],
                "rows": [
                    ["" if is_blank(row.get(key)) else _one_text(row[key], wording) for key in columns]
                    for row in rows
                ],
            }
    yield entry


def _one_text(value: object, wording: Wording) -> str:
    """Any value as one text: numbers and dates as documents write them, tables and lists by their leaves."""
    if isinstance(value, (Mapping, list)):
        leaves = flatten(value, "")
        return escape_invisible("; ".join(f"{path}: {text}" if path else text for path, text in leaves))
    return escape_invisible(wording.format_value(value) or as_text(value))
