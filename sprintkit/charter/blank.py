"""Tells blank values from answers."""

from __future__ import annotations

import string
import unicodedata
from typing import Any, Final

_BLANK_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

VISIBLE_ASCII: Final = frozenset(string.ascii_letters + string.digits)
"""A text that begins with one of these is not blank. Testing the first character skips the slow test of every one."""


def is_blank_text(text: str) -> bool:
    """Whether `text` is empty or holds only white space, control, format, variation and filler characters."""
    if text[:1] in VISIBLE_ASCII:
        return False
    return all(
        char in _FILLERS
        or unicodedata.category(char) in _BLANK_CATEGORIES
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        for char in text
    )


def is_blank(value: Any) -> bool:
    """Whether `value` holds no answer: None, blank text, or a table or list that holds only blanks."""
    if value is None:
        return True
    if isinstance(value, str):
        return is_blank_text(value)
    if isinstance(value, dict):
        return all(is_blank(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return all(is_blank(part) for part in value)
    return False


def text_or_empty(value: str | None) -> str:
    """The text itself, or "" if it is missing or blank."""
    if value is None:
        return ""
    return value if value[:1] in VISIBLE_ASCII or not is_blank_text(value) else ""


def has_content(entry: object) -> bool:
    """Whether a list entry holds any answer."""
    return any(not is_blank(value) for value in entry.__dict__.values())
