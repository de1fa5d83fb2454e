"""What counts as no answer at all."""

from __future__ import annotations

import string
import unicodedata
from typing import Any, Final

_BLANK_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

PLAIN: Final = frozenset(string.ascii_letters + string.digits)
"""Characters that show: a text that begins with one is not blank, which spares a longer look."""


def is_blank_text(text: str) -> bool:
    """Whether nothing in `text` can be seen: white space, control, format, variation and filler characters."""
    if text[:1] in PLAIN:
        return False
    return all(
        char in _FILLERS
        or unicodedata.category(char) in _BLANK_CATEGORIES
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        for char in text
    )


def is_blank(value: Any) -> bool:
    """Whether `value` is no answer: None, blank text, or a table or list with nothing but blanks in it."""
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
    """A text, or "" where it is missing or blank."""
    if value is None:
        return ""
    return value if value[:1] in PLAIN or not is_blank_text(value) else ""


def has_content(entry: object) -> bool:
    """Whether a list item has anything in it; an empty one does not count."""
    return any(not is_blank(value) for value in entry.__dict__.values())
