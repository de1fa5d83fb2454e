"""PDF by Typst, in this process: data goes in as JSON, files come from a fresh folder, fonts from inside.

The data is a file of that folder: given as an input of Typst, every change of it would make Typst forget all that
it remembers between documents, which makes the second of many three times as slow.

The same context gives the same bytes: no date is written, and fonts of the machine are looked at only for
signs that no font inside can show. The fonts of other scripts than the templates' own are large, and are opened
only for a text that needs them.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

from sprintkit.documents.builtin_templates import names, shipped_bytes
from sprintkit.documents.text import escape_invisible
from sprintkit.errors import InputError

_NOT_SHOWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE: Final = re.compile(r"^error:.*?┌─ (.+?):(\d+):\d+", re.MULTILINE | re.DOTALL)
TYPST_FILES: Final = (".typ", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
_MOST_SIGNS: Final = 12
_SCRIPTS: Final = Path(__file__).parent.parent / "fonts"
_OTHER_SCRIPTS: Final = re.compile(
    "[\u0530-\u1cff\u2600-\u27bf\u2b00-\u2bff\u2e80-\ua63f\ua800-\ud7ff"
    "\uf900-\ufaff\ufb07-\uffef\U00010000-\U0003ffff]"
)
"""All but Latin, Greek, Cyrillic and common signs. A font made for code or formulas shows some of them, badly."""
_REACHES: Final = ("templates", "scripts", "machine")
"""How far fonts are looked for: those in templates/fonts, also those in `_SCRIPTS`, also the machine's."""


def compile_pdf(document: str, context: Mapping[str, Any], own: Mapping[str, bytes], paper: str) -> bytes:
    """The PDF of `document`, with a workspace's `own` files over the shipped ones.

    It is tagged for assistive technology (PDF/UA-1). Where a sign has no shape in the fonts inside, those of
    this machine are tried; where they have none either, the document says so and keeps its tags, but cannot
    claim the standard. Raises InputError with file and line for a template that Typst refuses.
    """
    if own:
        with tempfile.TemporaryDirectory(prefix="sprintkit-") as made:
            return _compiled(document, Path(made), own, context, paper)
    return _compiled(document, _shipped_root(), own, context, paper)


def _compiled(
    document: str, root: Path, own: Mapping[str, bytes], context: Mapping[str, Any], paper: str
) -> bytes:
    if not (root / "shipped").exists():
        fill(root, own)
    told = json.dumps(context, ensure_ascii=False)
    (root / "data.json").write_text(told, encoding="utf-8")
    main = root / f"{document}.typ"
    signs: list[str] = []
    for reach in _REACHES[1 if _OTHER_SCRIPTS.search(told) else 0 :]:
        try:
            return _typst(main, _fonts(root, reach), paper, ["ua-1"])
        except typst.TypstError as error:
            signs = _signs(error)
            if not signs:
                raise _refused(error, main) from error
    note = str(context["words"]["missing_glyphs"]).replace("{signs}", _named(signs))
    told = json.dumps({**context, "missing_glyphs": note}, ensure_ascii=False)
    (root / "data.json").write_text(told, encoding="utf-8")
    try:
        return _typst(main, _fonts(root, _REACHES[-1]), paper, [])
    except typst.TypstError as error:
        raise _refused(error, main) from error


def _typst(main: Path, fonts: typst.Fonts, paper: str, standards: list[Literal["ua-1"]]) -> bytes:
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
def _fonts(root: Path, reach: str) -> typst.Fonts:
    folders = [root / "fonts"] if reach == "templates" else [root / "fonts", _SCRIPTS]
    return typst.Fonts(include_system_fonts=reach == "machine", font_paths=[str(one) for one in folders])


_own = threading.local()
"""The folder of each thread, so that several can render at once."""


def _shipped_root() -> Path:
    """A folder with the shipped files alone, made once a thread and removed at the end of the process."""
    root: Path | None = getattr(_own, "root", None)
    if root is None or not root.exists():
        root = _own.root = Path(tempfile.mkdtemp(prefix="sprintkit-"))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


def fill(root: Path, own: Mapping[str, bytes]) -> None:
    """Put the shipped files and the workspace's own into a fresh folder, and nothing else."""
    for name in names():
        if name.endswith(TYPST_FILES):
            content = shipped_bytes(name)
            _put(root, name, own.get(name, content))
            if name.endswith(".typ"):
                _put(root, f"shipped/{name}", content)
    for name, content in own.items():
        if name.endswith(TYPST_FILES):
            _put(root, name, content)


def _put(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _signs(error: typst.TypstError) -> list[str]:
    """The signs that Typst could not show; empty where the error is another one."""
    return list(dict.fromkeys(_NOT_SHOWN.findall(error.diagnostic)))


def _named(signs: list[str]) -> str:
    """Signs that have no shape, by name: a script once, everything else with its number."""
    import unicodedata  # only where a font has gaps

    told: dict[str, None] = {}
    for sign in signs:
        if sign.startswith("\\u{"):
            continue  # a sign that only joins others
        name = unicodedata.name(sign[0], "")
        script = name.partition(" ")[0]
        is_letter = unicodedata.category(sign[0]) in ("Lo", "Lm", "Mn", "Mc")
        told.setdefault(
            script.title().replace("Cjk", "CJK")
            if is_letter and script
            else f"{name.lower()} (U+{ord(sign[0]):04X})".strip()
        )
    shown = list(told)[:_MOST_SIGNS]
    return ", ".join(shown) + (", …" if len(told) > len(shown) else "")


def _refused(error: typst.TypstError, main: Path) -> InputError:
    """Typst's complaint as ours, with file, line and hint."""
    place = _PLACE.search(error.diagnostic)
    name, line = (place[1], f"line {place[2]}: ") if place else (main.name, "")
    name = name.rpartition(f"{main.parent.name}/")[2].removeprefix("shipped/")
    said = error.message.replace(str(main.parent), "templates").rstrip(".")
    hint = "; ".join(error.hints)
    if "download package" in said:
        said = "it asks for a package, and none is ever fetched"
        hint = "Copy what it needs into templates/ and import it from there."
    elif "would escape" in said:
        hint = "A template reads what lies in templates/, and nothing else."
    return InputError(
        f"{line}{escape_invisible(said)}.",
        code="template",
        path=f"templates/{escape_invisible(name)}",
        hint=escape_invisible(hint) or None,
    )
