"""Reads values from a parsed document in which anything may be anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from sprintkit.charter.blank import is_blank

Table = Mapping[str, Any]


def get_table(document: Table, *keys: str) -> Table:
    """The table at `keys`; an empty one if there is none."""
    value: Any = document
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def get_rows(document: Table, *keys: str) -> list[Table]:
    """The tables of the list at `keys`, without blank ones."""
    rows = get_table(document, *keys[:-1]).get(keys[-1])
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, Mapping) and not is_blank(row)]


def as_number(value: object) -> float | None:
    """`value` if it is a finite number, else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if math.isfinite(value) else None


def as_integer(value: object) -> int:
    """`value` cut to a whole number; 0 if it is not a finite number."""
    return int(as_number(value) or 0)


def as_date(value: object) -> date | None:
    """`value` if it is a date without a time, else None."""
    return value if type(value) is date else None
