"""PDF by Typst, in this process: data goes in as JSON, files come from a fresh folder, fonts from inside.

The same context gives the same bytes: no date is written, and fonts of the machine are looked at only for
signs that no font inside can show.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import typst

from ..errors import Unusable
from .shipped import names, shipped_bytes
from .text import visible

PAPERS: Final = ("a4", "letter")
_NOT_SHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE: Final = re.compile(r"┌─ (?:.*?/)?(\S+?):(\d+):\d+")
_FILES: Final = (".typ", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
_MOST_SIGNS: Final = 24


def compile_pdf(document: str, context: Mapping[str, Any], own: Mapping[str, bytes], paper: str) -> bytes:
    """The PDF of `document`, with a workspace's `own` files over the shipped ones.

    It is tagged for assistive technology (PDF/UA-1). Where a sign has no shape in the fonts inside, those of
    this machine are tried; where they have none either, the document says so and keeps its tags, but cannot
    claim the standard. Raises Unusable with file and line for a template that Typst refuses.
    """
    with _folder(own) as root:
        main = root / f"{document}.typ"
        for system_fonts in (False, True):
            try:
                return _compiled(main, root, context, paper, system_fonts, ["ua-1"])
            except typst.TypstError as error:
                signs = _signs(error)
                if not signs:
                    raise _refused(error, f"{document}.typ") from error
        told = " ".join(f"{sign} (U+{ord(sign[0]):04X})" for sign in signs[:_MOST_SIGNS])
        note = str(context["words"]["missing_glyphs"]).replace("{signs}", told)
        try:
            return _compiled(main, root, {**context, "missing_glyphs": note}, paper, True, [])
        except typst.TypstError as error:
            raise _refused(error, f"{document}.typ") from error


def _compiled(
    main: Path,
    root: Path,
    context: Mapping[str, Any],
    paper: str,
    system_fonts: bool,
    standards: list[Literal["ua-1"]],
) -> bytes:
    return typst.compile(
        str(main),
        root=str(root),
        font_paths=[str(root / "fonts")],
        ignore_system_fonts=not system_fonts,
        format="pdf",
        sys_inputs={"data": json.dumps(context, ensure_ascii=False), "paper": paper},
        pdf_standards=[*standards],
        package_path=str(root / "no-packages"),
        package_cache_path=str(root / "no-packages"),
    )


@contextmanager
def _folder(own: Mapping[str, bytes]) -> Iterator[Path]:
    """A fresh folder with the shipped files and the workspace's own, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="sprintkit-") as made:
        root = Path(made)
        for name in names():
            if name.endswith(_FILES):
                _put(root, f"shipped/{name}", shipped_bytes(name))
                _put(root, name, own.get(name, shipped_bytes(name)))
        for name, content in own.items():
            if name.endswith(_FILES):
                _put(root, name, content)
        yield root


def _put(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _signs(error: typst.TypstError) -> list[str]:
    """The signs that Typst could not show; empty where the error is another one."""
    return list(dict.fromkeys(_NOT_SHOWN.findall(error.diagnostic)))


def _refused(error: typst.TypstError, fallback: str) -> Unusable:
    """Typst's complaint as ours, with file, line and hint."""
    place = _PLACE.search(error.diagnostic)
    name, line = (place[1], f", line {place[2]}") if place else (fallback, "")
    return Unusable(
        f"templates/{visible(name)}{line}: {visible(error.message)}.",
        code="template",
        path=f"templates/{visible(name)}",
        hint=visible("; ".join(error.hints)) or None,
    )
