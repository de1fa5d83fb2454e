"""PDF by Typst. Data goes in as JSON, templates come from a folder of their own, fonts from the package.

The data is a file in that folder. Passed as a Typst input, it would invalidate Typst's cache with every document, and
each further document would take three times as long.

The same context gives the same bytes: no date is written, and the machine's fonts are used only for glyphs that no
packaged font has. The fonts for other scripts are large, so they are opened only for texts that need them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal

import typst

from sprintkit.documents.builtin_templates import BUILTIN_PREFIX, find_unusable
from sprintkit.documents.catalogue import PAPERS, template_name
from sprintkit.documents.render.typst_folder import FONTS_FOLDER, is_complete_font, is_font
from sprintkit.errors import InputError, Problem
from sprintkit.text.escaping import escape_invisible

_MISSING_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ERROR_POSITION: Final = re.compile(r"^error:.*?┌─ (.+?):(\d+):\d+", re.MULTILINE | re.DOTALL)
_MISSING_FILE: Final = re.compile(r"file not found \(searched at templates/(.+)\)")
_UNKNOWN_FONT: Final = re.compile(r"unknown font family: (.+)")
_FONT_PROBE: Final = """#import "/house.typ": sans, serif
#for family in (sans, serif).flatten() { text(font: family, fallback: true)[A] }
"""
_MAX_GLYPHS_NAMED: Final = 12
_SCRIPT_FONTS: Final = Path(__file__).parent.parent / "fonts"
_OTHER_SCRIPTS: Final = re.compile(
    "[\u0530-\u1cff\u2600-\u27bf\u2b00-\u2bff\u2e80-\ua63f\ua800-\ud7ff"
    "\uf900-\ufaff\ufb07-\uffef\U00010000-\U0003ffff]"
)
"""Everything except Latin, Greek, Cyrillic and common signs. Typst's own fonts for code and formulas have some of
these glyphs, but poor ones."""
FontScope = Literal["templates", "scripts", "machine"]
_FONT_SCOPES: Final[tuple[FontScope, ...]] = ("templates", "scripts", "machine")
"""Where to look for fonts, ever wider: in templates/fonts, also in `_SCRIPT_FONTS`, also on the machine."""


class TemplateFolder:
    """A folder with the templates of PDF documents, as written by `copy_templates`."""

    def __init__(self, root: Path, changed: Collection[str], unusable: Mapping[str, Problem]) -> None:
        self._root = root
        self._changed = changed
        self._unusable = unusable
        self._notes: dict[str, None] = {}

    def compile(self, document: str, context: Mapping[str, Any], paper: str) -> tuple[bytes, list[str]]:
        """The PDF of `document`, and notes about fonts of the workspace that were not used.

        It is tagged for assistive technology (PDF/UA-1). If no packaged font has a glyph, the machine's fonts are
        tried; if they lack it too, the document says so and keeps its tags but does not claim the standard.
        Raises InputError with the file and line for a template that Typst refuses.
        """
        self._notes = dict.fromkeys(self._broken_fonts)
        data = self._write_data(context)
        main = self._root / template_name(document, "pdf")
        missing_glyphs: list[str] = []
        for scope in _FONT_SCOPES[1 if _OTHER_SCRIPTS.search(data) else 0 :]:
            try:
                return self._run_typst(main, scope, paper, ["ua-1"]), list(self._notes)
            except typst.TypstError as error:
                missing_glyphs = _find_missing_glyphs(error)
                if not missing_glyphs:
                    raise self._template_error(error, main) from error
        note = str(context["words"]["missing_glyphs"]).replace("{signs}", _describe_glyphs(missing_glyphs))
        self._write_data({**context, "missing_glyphs": note})
        try:
            return self._run_typst(main, "machine", paper, []), list(self._notes)
        except typst.TypstError as error:
            raise self._template_error(error, main) from error

    def font_notes(self) -> list[str]:
        """What is wrong with the fonts of the workspace, without any document."""
        self._notes = dict.fromkeys(self._broken_fonts)
        probe = self._root / "fonts-probe.typ"
        probe.write_text(_FONT_PROBE, encoding="utf-8")
        with suppress(typst.TypstError):  # rendering a document reports a broken house.typ
            self._run_typst(probe, "templates", PAPERS[0], [])
        return list(self._notes)

    def _write_data(self, context: Mapping[str, Any]) -> str:
        data = json.dumps(context, ensure_ascii=False)
        (self._root / "data.json").write_text(data, encoding="utf-8")
        return data

    def _run_typst(self, main: Path, scope: FontScope, paper: str, standards: list[Literal["ua-1"]]) -> bytes:
        body, warnings = typst.compile_with_warnings(
            str(main),
            root=str(self._root),
            font_paths=_load_fonts(self._root, scope),
            format="pdf",
            sys_inputs={"paper": paper},
            pdf_standards=[*standards],
            package_path=str(self._root / "no-packages"),
            package_cache_path=str(self._root / "no-packages"),
        )
        if self._changed:
            unknown = {match[1] for warning in warnings if (match := _UNKNOWN_FONT.match(warning.message))}
            for family in sorted(unknown - self._known_families) if unknown else ():
                name = escape_invisible(family)
                self._notes[
                    f"No font in templates/fonts is called '{name}'; another one is used instead."
                ] = None
        return bytes(body)

    @cached_property
    def _known_families(self) -> set[str]:
        return {family.lower() for family in _load_fonts(self._root, "scripts").families()}

    @cached_property
    def _broken_fonts(self) -> tuple[str, ...]:
        """A note for each file in `templates/fonts` that no document can use."""
        own = [name for name in self._changed if name.startswith(FONTS_FOLDER) and is_font(name)]
        readable = {font.path for font in _load_fonts(self._root, "templates").fonts()} if own else set()
        paths = {name: self._root / name for name in own}
        broken = [
            name
            for name, path in paths.items()
            if str(path) not in readable or not is_complete_font(path.read_bytes())
        ]
        return tuple(f"templates/{name} is not used: it cannot be read as a font." for name in broken)

    def _template_error(self, error: typst.TypstError, main: Path) -> InputError:
        """Typst's error as an InputError with the template's file and line."""
        position = _ERROR_POSITION.search(error.diagnostic)
        name, line = (position[1], f"line {position[2]}: ") if position else (main.name, "")
        name = name.rpartition(f"{self._root.name}/")[2].removeprefix(BUILTIN_PREFIX)
        message = error.message.replace(str(self._root), "templates").rstrip(".")
        if missing := _MISSING_FILE.search(message):
            problem = find_unusable(missing[1], self._unusable)
            if problem is not None:
                return InputError.from_problems([problem])
        if "valid UTF-8" in message and (undecodable := _find_undecodable(self._root)):
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


@cache
def _load_fonts(root: Path, scope: FontScope) -> typst.Fonts:
    folders = [root / "fonts"] if scope == "templates" else [root / "fonts", _SCRIPT_FONTS]
    return typst.Fonts(
        include_system_fonts=scope == "machine", font_paths=[str(folder) for folder in folders]
    )


def _find_missing_glyphs(error: typst.TypstError) -> list[str]:
    """The characters that Typst could not display; empty if the error has another cause."""
    return list(dict.fromkeys(_MISSING_GLYPH.findall(error.diagnostic)))


def _describe_glyphs(characters: list[str]) -> str:
    """The characters by name: letters by their script, each script once; others with their code point."""
    names: dict[str, None] = {}
    for character in characters:
        if character.startswith("\\u{"):
            continue  # invisible: it only joins other characters
        name = unicodedata.name(character[0], "")
        script = name.partition(" ")[0]
        is_letter = unicodedata.category(character[0]) in ("Lo", "Lm", "Mn", "Mc")
        if is_letter and script:
            names.setdefault(script.title().replace("Cjk", "CJK"))
        else:
            names.setdefault(f"{name.lower()} (U+{ord(character[0]):04X})".strip())
    named = list(names)[:_MAX_GLYPHS_NAMED]
    return ", ".join(named) + (", …" if len(names) > len(named) else "")


def _find_undecodable(root: Path) -> tuple[str, str, str] | None:
    """The name, line and fault of the first template that is not UTF-8; Typst would blame the file including it."""
    for path in sorted(root.rglob("*.typ")):
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            return path.relative_to(root).as_posix(), f"line {line}: ", "it is not UTF-8 text"
    return None
