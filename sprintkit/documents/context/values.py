"""Looking into a document as it was parsed, where anything may stand anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from sprintkit.charter.blank import is_blank

Fact = Mapping[str, Any]


def table_of(document: Fact, *keys: str) -> Fact:
    """The table at `keys`; empty where there is none."""
    found: Any = document
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def rows_of(document: Fact, *keys: str) -> list[Fact]:
    """The tables of the list at `keys`, blank ones left out."""
    found = table_of(document, *keys[:-1]).get(keys[-1])
    return [
        row
        for row in (found if isinstance(found, list) else [])
        if isinstance(row, Mapping) and not is_blank(row)
    ]


def amount(value: object) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if math.isfinite(value) else None


def day_of(value: object) -> date | None:
    """A day without a time of day; None for anything else."""
    return value if type(value) is date else None
