"""PDF by Typst, in this process. Data goes in as JSON, templates come from a fresh folder, fonts from the package.

The data is a file in that folder. As an input value of Typst, every change of it would make Typst drop what it
remembers between documents, and the second of many would take three times as long.

The same context gives the same bytes: no date is written, and the machine's fonts are used only for glyphs that no
packaged font has. The fonts of other scripts than the templates' own are large and are opened only for a text that
needs them.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
import threading
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

from sprintkit.documents.builtin_templates import BUILTIN_PREFIX, template_bytes, template_names
from sprintkit.documents.catalogue import template_name
from sprintkit.errors import InputError
from sprintkit.text.escaping import escape_invisible

TYPST_SUFFIXES: Final = (".typ", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
_MISSING_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ERROR_POSITION: Final = re.compile(r"^error:.*?┌─ (.+?):(\d+):\d+", re.MULTILINE | re.DOTALL)
_MAX_GLYPHS_NAMED: Final = 12
_SCRIPT_FONTS: Final = Path(__file__).parent.parent / "fonts"
_OTHER_SCRIPTS: Final = re.compile(
    "[\u0530-\u1cff\u2600-\u27bf\u2b00-\u2bff\u2e80-\ua63f\ua800-\ud7ff"
    "\uf900-\ufaff\ufb07-\uffef\U00010000-\U0003ffff]"
)
"""All but Latin, Greek, Cyrillic and common signs. Typst's own fonts for code and formulas have some of them, in
poor shapes."""
FontScope = Literal["templates", "scripts", "machine"]
_FONT_SCOPES: Final[tuple[FontScope, ...]] = ("templates", "scripts", "machine")
"""Where fonts are looked for: in templates/fonts, then also in `_SCRIPT_FONTS`, then also on the machine."""


def compile_pdf(document: str, context: Mapping[str, Any], changed: Mapping[str, bytes], paper: str) -> bytes:
    """The PDF of `document`, with a workspace's `changed` files over the built-in ones.

    It is tagged for assistive technology (PDF/UA-1). If no packaged font has a glyph, the machine's fonts are tried;
    if they lack it too, the document says so and keeps its tags but does not claim the standard.
    Raises InputError with file and line for a template that Typst refuses.
    """
    if changed:
        with tempfile.TemporaryDirectory(prefix="sprintkit-") as folder:
            root = Path(folder)
            copy_templates(root, changed)
            return _compile_in(root, document, context, paper)
    return _compile_in(_builtin_root(), document, context, paper)


def copy_templates(root: Path, changed: Mapping[str, bytes]) -> None:
    """Write the built-in files and a workspace's changed ones into an empty folder."""
    for name in template_names():
        if name.endswith(TYPST_SUFFIXES):
            content = template_bytes(name)
            _write(root / name, changed.get(name, content))
            if name.endswith(".typ"):
                _write(root / f"{BUILTIN_PREFIX}{name}", content)
    for name, content in changed.items():
        if name.endswith(TYPST_SUFFIXES):
            _write(root / name, content)


def _compile_in(root: Path, document: str, context: Mapping[str, Any], paper: str) -> bytes:
    data = json.dumps(context, ensure_ascii=False)
    (root / "data.json").write_text(data, encoding="utf-8")
    main = root / template_name(document, "pdf")
    missing_glyphs: list[str] = []
    for scope in _FONT_SCOPES[1 if _OTHER_SCRIPTS.search(data) else 0 :]:
        try:
            return _run_typst(main, _load_fonts(root, scope), paper, ["ua-1"])
        except typst.TypstError as error:
            missing_glyphs = _find_missing_glyphs(error)
            if not missing_glyphs:
                raise _template_error(error, main) from error
    note = str(context["words"]["missing_glyphs"]).replace("{signs}", _describe_glyphs(missing_glyphs))
    data = json.dumps({**context, "missing_glyphs": note}, ensure_ascii=False)
    (root / "data.json").write_text(data, encoding="utf-8")
    try:
        return _run_typst(main, _load_fonts(root, "machine"), paper, [])
    except typst.TypstError as error:
        raise _template_error(error, main) from error


def _run_typst(main: Path, fonts: typst.Fonts, paper: str, standards: list[Literal["ua-1"]]) -> bytes:
    root = main.parent
    return typst.compile(
        str(main),
        root=str(root),
        font_paths=fonts,
        format="pdf",
        sys_inputs={"paper": paper},
        pdf_standards=[*standards],
        package_path=str(root / "no-packages"),
        package_cache_path=str(root / "no-packages"),
    )


@cache
def _load_fonts(root: Path, scope: FontScope) -> typst.Fonts:
    folders = [root / "fonts"] if scope == "templates" else [root / "fonts", _SCRIPT_FONTS]
    return typst.Fonts(
        include_system_fonts=scope == "machine", font_paths=[str(folder) for folder in folders]
    )


_thread = threading.local()
"""Holds the folder of each thread, so that several documents can be rendered at once."""


def _builtin_root() -> Path:
    """A folder with the built-in files, created once for each thread and removed when the process ends."""
    root: Path | None = getattr(_thread, "root", None)
    if root is None or not root.exists():
        root = Path(tempfile.mkdtemp(prefix="sprintkit-"))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        copy_templates(root, {})
        _thread.root = root
    return root


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _find_missing_glyphs(error: typst.TypstError) -> list[str]:
    """The characters that Typst could not show; empty if the error is about something else."""
    return list(dict.fromkeys(_MISSING_GLYPH.findall(error.diagnostic)))


def _describe_glyphs(characters: list[str]) -> str:
    """The characters by name: letters by their script, each script once; others with their code point."""
    names: dict[str, None] = {}
    for character in characters:
        if character.startswith("\\u{"):
            continue  # it only joins other characters
        name = unicodedata.name(character[0], "")
        script = name.partition(" ")[0]
        is_letter = unicodedata.category(character[0]) in ("Lo", "Lm", "Mn", "Mc")
        if is_letter and script:
            names.setdefault(script.title().replace("Cjk", "CJK"))
        else:
            names.setdefault(f"{name.lower()} (U+{ord(character[0]):04X})".strip())
    shown = list(names)[:_MAX_GLYPHS_NAMED]
    return ", ".join(shown) + (", …" if len(names) > len(shown) else "")


def _find_undecodable(root: Path) -> tuple[str, str, str] | None:
    """Name, line and fault of the first template that is not UTF-8: Typst blames the file that includes it."""
    for path in sorted(root.rglob("*.typ")):
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            return path.relative_to(root).as_posix(), f"line {line}: ", "it is not UTF-8 text"
    return None


def _template_error(error: typst.TypstError, main: Path) -> InputError:
    """Typst's complaint with the template's file and line."""
    position = _ERROR_POSITION.search(error.diagnostic)
    name, line = (position[1], f"line {position[2]}: ") if position else (main.name, "")
    name = name.rpartition(f"{main.parent.name}/")[2].removeprefix(BUILTIN_PREFIX)
    message = error.message.replace(str(main.parent), "templates").rstrip(".")
    if "valid UTF-8" in message and (undecodable := _find_undecodable(main.parent)):
        name, line, message = undecodable
    hint = "; ".join(error.hints)
    if "download package" in message:
        message = "it imports a package, and packages are never downloaded"
        hint = "Copy what it needs into templates/ and import it from there."
    elif "would escape" in message:
        hint = "A template can read files in templates/ only."
    return InputError(
        f"{line}{escape_invisible(message)}.",
        code="template",
        path=f"templates/{escape_invisible(name)}",
        hint=escape_invisible(hint) or None,
    )
