"""The templates that come with sprintkit, and how a workspace's own stand beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sprintkit.documents.text import escape_invisible
from sprintkit.errors import InputError

WORDS_FILE: Final = "words.json"
SHIPPED_PREFIX: Final = "shipped/"
"""Under this name a workspace's template reaches the shipped one that it extends."""

_INSTALLED: Final = Path(__file__).parent.parent / "templates"
_CHECKOUT: Final = Path(__file__).parent.parent.parent / "templates"
KINDS: Final = (
    ".j2",
    ".typ",
    ".css",
    ".json",
    ".svg",
    ".png",
    ".jpg",
    ".jpeg",
    ".ttf",
    ".otf",
    ".md",
    ".txt",
)
_SAFE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. +-]*")


@cache
def folder() -> Path:
    """Where the shipped templates lie: inside the package, or at the top of a checkout."""
    return _INSTALLED if (_INSTALLED / WORDS_FILE).is_file() else _CHECKOUT


@cache
def names() -> tuple[str, ...]:
    """Every shipped file by its name below `templates/`, sorted."""
    root = folder()
    return tuple(
        sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in KINDS)
    )


@cache
def shipped_bytes(name: str) -> bytes:
    """The shipped file `name`. Raises InputError for a name that is none."""
    if name != WORDS_FILE and name not in names():
        raise InputError(
            f"There is no template '{escape_invisible(name)}'.",
            code="template",
            hint="See: sprintkit render --list",
        )
    return (folder() / name).read_bytes()


@cache
def shipped_or_none(name: str) -> bytes | None:
    """The shipped file `name`, for templates of ours that name each other."""
    path = folder() / name
    return path.read_bytes() if _is_safe(name) and path.is_file() else None


def own_files(overrides: Mapping[str, bytes | str] | None) -> dict[str, bytes]:
    """A workspace's template files that differ from the shipped ones, by name; files of other kinds are left.

    Raises InputError for a name that could leave the folder it is copied to.
    """
    own: dict[str, bytes] = {}
    for name, content in (overrides or {}).items():
        if not name.lower().endswith(KINDS) or name.endswith(".md"):
            continue
        if not _is_safe(name):
            raise InputError(
                f"'{escape_invisible(name)}' cannot be the name of a template.",
                code="template",
                hint="Use letters, digits, '-', '_' and '.', in folders below templates/.",
            )
        raw = content.encode("utf-8") if isinstance(content, str) else bytes(content)
        if shipped_or_none(name) != raw:
            own[name] = raw
    return own


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return (
        len(name) <= 200
        and len(parts) <= 8
        and all(_SAFE.fullmatch(part) and ".." not in part for part in parts)
        and not name.startswith(SHIPPED_PREFIX)
    )
