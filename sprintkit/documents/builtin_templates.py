"""The built-in templates, and which files of a workspace differ from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sprintkit.errors import InputError, Problem
from sprintkit.text.escaping import escape_invisible

WORDS_FILE: Final = "words.json"
BUILTIN_PREFIX: Final = "shipped/"
"""A workspace's template puts this before the name of the built-in file that it extends."""

_INSTALLED_FOLDER: Final = Path(__file__).parent.parent / "templates"
_CHECKOUT_FOLDER: Final = Path(__file__).parent.parent.parent / "templates"
_SUFFIXES: Final = (
    ".j2", ".typ", ".css", ".json", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".md", ".txt",
)  # fmt: skip
_SAFE_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. +-]*")


@cache
def templates_folder() -> Path:
    """The folder of the built-in templates: inside the package, or at the top of a checkout."""
    return _INSTALLED_FOLDER if (_INSTALLED_FOLDER / WORDS_FILE).is_file() else _CHECKOUT_FOLDER


@cache
def template_names() -> tuple[str, ...]:
    """The names of all built-in files, relative to `templates/`, sorted."""
    root = templates_folder()
    return tuple(
        sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in _SUFFIXES)
    )


@cache
def template_bytes(name: str) -> bytes:
    """The content of a built-in file. Raises InputError for an unknown name."""
    if name != WORDS_FILE and name not in template_names():
        raise InputError(
            f"There is no template '{escape_invisible(name)}'.",
            code="template",
            hint="See: sprintkit render --list",
        )
    return (templates_folder() / name).read_bytes()


@cache
def template_bytes_or_none(name: str) -> bytes | None:
    """The content of a built-in file; None for an unknown name."""
    path = templates_folder() / name
    return path.read_bytes() if _is_safe(name) and path.is_file() else None


def changed_templates(templates: Mapping[str, bytes | str] | None) -> dict[str, bytes]:
    """The template files of a workspace that differ from the built-in ones, by name.

    Left out are files of other kinds, and stray copies whose name no template can have, such as `house (1).typ`.
    Raises InputError for a name that could leave the folder it is copied to.
    """
    changed: dict[str, bytes] = {}
    for name, content in (templates or {}).items():
        if not name.lower().endswith(_SUFFIXES) or name.endswith(".md"):
            continue
        if _is_odd(name):
            continue
        if problem := find_name_problem(name):
            raise InputError.from_problems([problem])
        encoded = content.encode("utf-8") if isinstance(content, str) else bytes(content)
        if template_bytes_or_none(name) != encoded:
            changed[name] = encoded
    return changed


def find_name_problem(name: str) -> Problem | None:
    """What is wrong with the name of a template; None if nothing is."""
    if _is_safe(name) or _is_odd(name):
        return None
    return Problem(
        "template",
        f"'{escape_invisible(name)}' cannot be the name of a template.",
        hint="Use letters, digits, '-', '_' and '.', in folders below templates/.",
    )


def find_unusable(name: str, unusable: Mapping[str, Problem]) -> Problem | None:
    """What is wrong with the template `name`, or with a folder it is in; None if nothing is."""
    while name:
        if name in unusable:
            return unusable[name]
        name = name.rpartition("/")[0]
    return None


def _is_odd(name: str) -> bool:
    """Whether a name is harmless but cannot be a template's, such as that of a stray copy, `house (1).typ`."""
    plain = "".join(
        character if character.isascii() and character not in "()',&@" else "x" for character in name
    )
    return name.isprintable() and name != plain and _is_safe(plain)


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return (
        len(name) <= 200
        and len(parts) <= 8
        and all(_SAFE_PART.fullmatch(part) and ".." not in part for part in parts)
        and not name.startswith(BUILTIN_PREFIX)
    )
