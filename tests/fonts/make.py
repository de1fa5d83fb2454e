"""Make the fonts that a PDF shows other scripts with: python -m tests.fonts.make PLEX

They are cut from fonts under the SIL Open Font License, which come as packages: pip install fonttools brotli
manimgx-fonts manimgx-fonts-cjk noto-cjk-sans-jp-regular. PLEX is the unpacked npm package @ibm/plex-sans-arabic.
The result goes to sprintkit/documents/fonts/: static fonts in the two weights that the documents use; Chinese,
Korean, emoji and symbols in the regular weight only.

Arabic is not from Noto, which draws letters and their dots separately: text copied from the PDF would have them
separate too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.cffLib.CFF2ToCFF import convertCFF2ToCFF
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).parent.parent.parent / "sprintkit" / "documents" / "fonts"
SCRIPTS = (
    *("Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai"),
)
WEIGHTS = {"Regular": 400, "Semibold": 600}
VERTICAL_TABLES = ("BASE", "VORG", "VVAR", "vhea", "vmtx")
"""Needed for vertical text only."""
MINIMAL_FEATURES = ("ccmp", "ljmo", "vjmo", "tjmo")
"""Joining of Hangul. Without the alternative forms of each character, the font is a third of the size."""
HINTS = ("BlueValues", "OtherBlues", "FamilyBlues", "FamilyOtherBlues", "StemSnapH", "StemSnapV")
"""Entries that are empty without hints and make the instancer fail."""


def _code_points(codec: str, lead_bytes: Iterable[int]) -> set[int]:
    """The code points of a two-byte national standard with these lead bytes."""
    trail_bytes = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in lead_bytes for trail in trail_bytes)
    return {ord(character) for pair in pairs for character in pair}


JAPANESE = _code_points("euc_jp", range(0xA1, 0xFF)) | set(range(0x20, 0x7F))  # JIS X 0208
CHINESE_AND_KOREAN = (
    _code_points("gb2312", range(0xA1, 0xF8))
    | _code_points("big5", range(0xA1, 0xC7))  # its first level
    | _code_points("euc_kr", range(0xA1, 0xFF))  # KS X 1001
    | set(range(0xAC00, 0xD7A4))  # every syllable of Hangul
)


def _cut(font: TTFont, code_points: Iterable[int], **options: Any) -> TTFont:
    """The font reduced to these code points, without hints for screens."""
    subset_options = subset.Options(
        hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], **options
    )
    cutter = subset.Subsetter(subset_options)
    cutter.populate(unicodes=code_points)
    cutter.subset(font)
    return font


def _save(font: TTFont, family: str, style: str) -> None:
    """Write the font under a family's name and a style."""
    postscript_family = family.replace(" ", "")
    names = {
        1: family,
        2: "Regular",
        3: f"sprintkit:{postscript_family}-{style}",
        4: f"{family} {style}",
        6: f"{postscript_family}-{style}",
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["name"].names = [name for name in font["name"].names if name.platformID == 3]
    if "CFF " in font:
        font["CFF "].cff.fontNames = [names[6]]
    font["OS/2"].usWeightClass = WEIGHTS[style]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(FOLDER / f"{postscript_family}-{style}.{'otf' if 'CFF ' in font else 'ttf'}")


def _make_script(family: str, style: str) -> None:
    """Make a font of one script in one style."""
    file = resources.files("manimgx_fonts") / f"{family.replace(' ', '')}[wght].ttf"
    font = TTFont(str(file))
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS[style]}, inplace=True)
    _save(_cut(font, font.getBestCmap()), family, style)


def _make_arabic(plex: Path, style: str) -> None:
    """Make IBM Plex under another name, as its licence requires for a modified font."""
    file = plex / "fonts" / "complete" / "woff2" / f"IBMPlexSansArabic-{style.replace('b', 'B')}.woff2"
    font = TTFont(file)
    font.flavor = None
    _save(
        _cut(font, [code_point for code_point in font.getBestCmap() if code_point > 0x2FF]),
        "Sprint Sans Arabic",
        style,
    )


def _make_east_asian_regular() -> None:
    file = resources.files("noto_cjk_sans_jp_regular") / "NotoSansCJKjp-Regular.otf"
    options = {"layout_features": MINIMAL_FEATURES, "drop_tables": VERTICAL_TABLES}
    _save(_cut(TTFont(str(file)), JAPANESE | CHINESE_AND_KOREAN, **options), "Noto Sans CJK JP", "Regular")


def _make_japanese_semibold() -> None:
    file = resources.files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    font = _cut(
        TTFont(str(file), fontNumber=0, recalcBBoxes=False),
        JAPANESE,
        desubroutinize=True,
        layout_features=MINIMAL_FEATURES,
        drop_tables=VERTICAL_TABLES,
    )
    for part in font["CFF2"].cff.topDictIndex[0].FDArray:
        hints = part.Private
        for key in HINTS:
            hints.rawDict.pop(key, None)
            vars(hints).pop(key, None)
        hints.order = [key for key in hints.order if key not in HINTS]
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS["Semibold"]}, inplace=True)
    convertCFF2ToCFF(font)
    _save(font, "Noto Sans CJK JP", "Semibold")


def main() -> None:
    plex = Path(sys.argv[1])
    FOLDER.mkdir(exist_ok=True)
    for style in WEIGHTS:
        _make_arabic(plex, style)
        for script in SCRIPTS:
            _make_script(f"Noto Sans {script}", style)
    _make_script("Noto Sans Symbols", "Regular")
    _make_script("Noto Emoji", "Regular")
    _make_east_asian_regular()
    _make_japanese_semibold()


if __name__ == "__main__":
    main()
