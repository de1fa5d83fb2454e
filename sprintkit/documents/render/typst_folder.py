"""The folder that Typst reads: the built-in templates and fonts, and a workspace's own in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sprintkit.documents.builtin_templates import (
    BUILTIN_PREFIX,
    find_unusable,
    template_bytes,
    template_names,
)
from sprintkit.errors import Problem
from sprintkit.text.escaping import escape_invisible

TYPST_SUFFIXES: Final = (".typ", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
FONTS_FOLDER: Final = "fonts/"
_FONT_SUFFIXES: Final = (".ttf", ".otf")
_OTHER_FONT_SUFFIXES: Final = (".woff2", ".woff", ".ttc", ".otc", ".eot", ".pfb", ".dfont")


def is_font(name: str) -> bool:
    """Whether a template file is a font of a kind that Typst accepts."""
    return name.lower().endswith(_FONT_SUFFIXES)


def is_complete_font(content: bytes) -> bool:
    """Whether a font file has all the tables it lists. Typst would accept a truncated one."""
    count = int.from_bytes(content[4:6], "big")
    entries = [content[start : start + 16] for start in range(12, 12 + 16 * count, 16)]
    return all(
        len(entry) == 16
        and int.from_bytes(entry[8:12], "big") + int.from_bytes(entry[12:16], "big") <= len(content)
        for entry in entries
    )


def unsupported_fonts(names: Iterable[str]) -> list[str]:
    """A note for each template file that is a font of a kind Typst does not accept."""
    return [
        f"templates/{escape_invisible(name)} is not used: a font must be a .ttf or .otf file."
        for name in names
        if name.startswith(FONTS_FOLDER) and name.lower().endswith(_OTHER_FONT_SUFFIXES)
    ]


def copy_templates(root: Path, changed: Mapping[str, bytes], unusable: Mapping[str, Problem]) -> None:
    """Write the built-in files and a workspace's `changed` ones into an empty folder.

    A built-in file is left out if the workspace has an `unusable` one in its place.
    """
    for name in template_names():
        if name.endswith(TYPST_SUFFIXES):
            content = template_bytes(name)
            if find_unusable(name, unusable) is None:
                _write(root / name, changed.get(name, content))
            if name.endswith(".typ"):
                _write(root / f"{BUILTIN_PREFIX}{name}", content)
    for name, content in changed.items():
        if name.endswith(TYPST_SUFFIXES):
            _write(root / name, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
