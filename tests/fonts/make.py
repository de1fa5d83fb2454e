"""Makes the fonts a PDF shows other scripts with: python -m tests.fonts.make PLEX

They are cut from fonts under the SIL Open Font License, which come as packages: pip install fonttools brotli
manimgx-fonts manimgx-fonts-cjk noto-cjk-sans-jp-regular, and PLEX is npm's @ibm/plex-sans-arabic, unpacked. They go
to sprintkit/documents/fonts/, static, in the two weights that the documents use; Chinese and Korean, emoji and
symbols in the regular one alone.

Arabic is not Noto's: that one draws letters and their dots apart, and whoever copies text out of a PDF gets them
apart too.
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
SMALLER_TABLES = ("BASE", "VORG", "VVAR", "vhea", "vmtx")
"""What vertical setting alone needs."""
ONE_A_SIGN = ("ccmp", "ljmo", "vjmo", "tjmo")
"""Joining of Hangul; without the other forms of each sign, a third of the size."""
HINTS = ("BlueValues", "OtherBlues", "FamilyBlues", "FamilyOtherBlues", "StemSnapH", "StemSnapV")
"""What is empty once hints are gone, and stops the instancer."""


def _of(codec: str, leads: Iterable[int]) -> set[int]:
    """The signs of a two-byte national standard, as far as its lead bytes go."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return {ord(sign) for pair in pairs for sign in pair}


JAPANESE = _of("euc_jp", range(0xA1, 0xFF)) | set(range(0x20, 0x7F))  # JIS X 0208
CHINESE_AND_KOREAN = (
    _of("gb2312", range(0xA1, 0xF8))
    | _of("big5", range(0xA1, 0xC7))  # its first level
    | _of("euc_kr", range(0xA1, 0xFF))  # KS X 1001
    | set(range(0xAC00, 0xD7A4))  # every syllable of Hangul
)


def _cut(font: TTFont, signs: Iterable[int], **options: Any) -> TTFont:
    """The font with these signs alone, and without hints for screens."""
    chosen = subset.Options(
        hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], **options
    )
    cutter = subset.Subsetter(chosen)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    return font


def _save(font: TTFont, family: str, style: str) -> None:
    """Write the font under its family's name and the weight that it has."""
    own = family.replace(" ", "")
    told = {
        1: family,
        2: "Regular",
        3: f"sprintkit:{own}-{style}",
        4: f"{family} {style}",
        6: f"{own}-{style}",
    }
    for number, text in told.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["name"].names = [name for name in font["name"].names if name.platformID == 3]
    if "CFF " in font:
        font["CFF "].cff.fontNames = [told[6]]
    font["OS/2"].usWeightClass = WEIGHTS[style]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(FOLDER / f"{own}-{style}.{'otf' if 'CFF ' in font else 'ttf'}")


def _of_script(family: str, style: str) -> None:
    """A font of one script, at one of its weights."""
    file = resources.files("manimgx_fonts") / f"{family.replace(' ', '')}[wght].ttf"
    font = TTFont(str(file))
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS[style]}, inplace=True)
    _save(_cut(font, font.getBestCmap()), family, style)


def _arabic(plex: Path, style: str) -> None:
    """IBM's Plex, under another name, as its licence asks of what is cut from it."""
    file = plex / "fonts" / "complete" / "woff2" / f"IBMPlexSansArabic-{style.replace('b', 'B')}.woff2"
    font = TTFont(file)
    font.flavor = None
    _save(_cut(font, [sign for sign in font.getBestCmap() if sign > 0x2FF]), "Sprint Sans Arabic", style)


def _all_of_east_asia() -> None:
    file = resources.files("noto_cjk_sans_jp_regular") / "NotoSansCJKjp-Regular.otf"
    small = {"layout_features": ONE_A_SIGN, "drop_tables": SMALLER_TABLES}
    _save(_cut(TTFont(str(file)), JAPANESE | CHINESE_AND_KOREAN, **small), "Noto Sans CJK JP", "Regular")


def _japanese_semibold() -> None:
    file = resources.files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    font = _cut(
        TTFont(str(file), fontNumber=0, recalcBBoxes=False),
        JAPANESE,
        desubroutinize=True,
        layout_features=ONE_A_SIGN,
        drop_tables=SMALLER_TABLES,
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
        _arabic(plex, style)
        for script in SCRIPTS:
            _of_script(f"Noto Sans {script}", style)
    _of_script("Noto Sans Symbols", "Regular")
    _of_script("Noto Emoji", "Regular")
    _all_of_east_asia()
    _japanese_semibold()


if __name__ == "__main__":
    main()
