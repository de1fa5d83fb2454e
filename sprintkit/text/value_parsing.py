"""Parses numbers, and yes or no, as people type them. Anything ambiguous is None."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_THOUSANDS_SEPARATORS: Final = " '’_\u00a0\u2009\u202f"
MAX_DIGITS: Final = 18
"""Most digits of a whole number."""
_YES_OR_NO: Final = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def parse_number(text: str) -> int | float | None:
    """The number in `text`, an int where it was typed as one; None if it is not one.

    Spaces, apostrophes and commas between thousands are ignored, and so is a percent sign at the end. A single comma
    is a decimal comma unless it can separate thousands.
    """
    plain = with_ascii_digits(text).strip().replace("−", "-").removesuffix("%").strip()
    plain = re.sub(rf"(?<=\d)[{_THOUSANDS_SEPARATORS}](?=\d{{3}}(?!\d))", "", plain)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d*", plain) or re.fullmatch(
        r"[+-]?\d{1,3}(\.\d{3}){2,}", plain
    ):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d+,\d+", plain):
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    if re.fullmatch(r"[+-]?\d+", plain):
        return int(plain) if len(plain.lstrip("+-0")) <= MAX_DIGITS else None
    number = float(plain)
    return number if math.isfinite(number) else None


def parse_integer(text: str) -> int | None:
    """The whole number in `text`; None if it is not one."""
    number = parse_number(text)
    if number is None or number != int(number) or abs(number) >= 10**MAX_DIGITS:
        return None
    return int(number)


def parse_yes_or_no(text: str) -> bool | None:
    """True for yes, y and true, False for no, n and false, in any case; None for anything else."""
    return _YES_OR_NO.get(" ".join(text.casefold().split()))


def with_ascii_digits(text: str) -> str:
    """`text` with the digits of every script replaced by 0 to 9."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text
    )
