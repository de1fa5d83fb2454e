"""Describes values in error messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def describe_value(value: Any) -> str:
    """`value` as an error message names it: `true`, `the text '12'`, `a list`. Texts are cut to 60 characters."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text '{value if len(value) <= 60 else value[:60] + '…'}'"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return f"{value}"
