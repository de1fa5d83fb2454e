"""How the team reads a source: where its extract is, which columns hold its fields, and which values are allowed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sprintkit.signoff.canonical import canonical_json

RECIPE_VERSION: Final = "sprintkit-recipe-1"
Limit = int | float | date
"""An end of a range: a number, or a date."""


@dataclass(frozen=True, kw_only=True)
class SourceRecipe:
    """One `[[source]]` of `sources.toml`; every key but the name is optional."""

    name: str
    """The name of the data requirement."""
    read: str | None = None
    """Path of the extract in the workspace; `*` is allowed, and the newest match is read."""
    sheet: str | None = None
    """The sheet of a workbook."""
    table: str | None = None
    """The table of an SQLite file."""
    query: str | None = None
    """The SELECT that reads an SQLite file, instead of a table."""
    key: tuple[str, ...] = ()
    """The fields or columns that together identify a row."""
    updated: str | None = None
    """The field or column that says when a row was last changed."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """For each field that is named differently in the extract: its column there."""
    range: Mapping[str, tuple[Limit, Limit]] = field(default_factory=dict)
    """The least and the greatest allowed value of a field."""
    set: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The allowed values of a field."""
    placeholders: tuple[str, ...] = ()
    """Placeholder words, in addition to the built-in ones."""

    def as_document(self) -> dict[str, Any]:
        """The recipe as an entry of `sources.toml`, without empty keys."""
        entry = {
            "name": self.name,
            "read": self.read,
            "sheet": self.sheet,
            "table": self.table,
            "query": self.query,
            "key": list(self.key),
            "updated": self.updated,
            "fields": dict(self.fields),
            "range": {name: list(limits) for name, limits in self.range.items()},
            "set": {name: list(values) for name, values in self.set.items()},
            "placeholders": list(self.placeholders),
        }
        return {key: value for key, value in entry.items() if value not in (None, [], {})}


@dataclass(frozen=True, kw_only=True)
class MetricRecipe:
    """The `[metric]` of `sources.toml`: one SELECT on an extract."""

    read: str
    """Path of the extract in the workspace; `*` is allowed, and the newest match is read."""
    sql: str
    """One SELECT on the table `source`; `$from` and `$to` are the first and the last day of the window."""
    sheet: str | None = None
    """The sheet of a workbook."""
    table: str | None = None
    """The table of an SQLite file."""

    def as_document(self) -> dict[str, Any]:
        """The recipe as the `[metric]` table of `sources.toml`, without empty keys."""
        entry = {"read": self.read, "sql": self.sql, "sheet": self.sheet, "table": self.table}
        return {key: value for key, value in entry.items() if value is not None}


def recipe_digest(recipe: SourceRecipe | MetricRecipe) -> str:
    """SHA-256 over a recipe's content, as 64 hex digits. Equal recipes have the same digest on every machine."""
    content = f"{RECIPE_VERSION}\n".encode() + canonical_json(recipe.as_document())
    return hashlib.sha256(content).hexdigest()
