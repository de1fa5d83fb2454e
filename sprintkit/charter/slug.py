"""Short names for files, folders and keys, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

MAX_LENGTH: Final = 60
_RESERVED_ON_WINDOWS: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
_TRANSLITERATIONS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i"}
)


def slugify(text: str, fallback: str = "item") -> str:
    """`text` reduced to lower-case ASCII letters, digits and hyphens; `fallback` if no letter or digit is left."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_TRANSLITERATIONS))
    name = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    name = name[:MAX_LENGTH].rstrip("-")
    if not name:
        return fallback
    return f"{name}-1" if name in _RESERVED_ON_WINDOWS else name


def is_valid_id(text: str) -> bool:
    """Whether `text` can be a permanent id: a slug, or a name with capitals and dots from another tool."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text) is not None


def first_free_name(name: str, taken: Container[str]) -> str:
    """The first of `name`, `name-2`, `name-3`, … that is not taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
