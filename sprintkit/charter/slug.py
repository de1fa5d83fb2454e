"""Short names: for files, folders and keys, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST: Final = 60
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
_SPELLED: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i"}
)


def slug(text: str, fallback: str = "item") -> str:
    """A name of small ASCII letters, digits and hyphens for `text`; `fallback` where none of it can be kept."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED))
    name = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    name = name[:LONGEST].rstrip("-")
    if not name:
        return fallback
    return f"{name}-1" if name in _RESERVED else name


def is_slug(text: str) -> bool:
    """Whether `text` can be the name of a folder as it is."""
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", text) is not None and text not in _RESERVED


def is_name(text: str) -> bool:
    """Whether `text` can be a permanent id: a slug, or one with capitals and dots that another tool gave."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text) is not None


def free(name: str, taken: Container[str]) -> str:
    """`name`, or `name-2`, `name-3`, …: the first that is not taken."""
    if name not in taken:
        return name
    at = 2
    while f"{name}-{at}" in taken:
        at += 1
    return f"{name}-{at}"
