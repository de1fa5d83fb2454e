"""Signs that keyboards, word processors and web pages put in place of those that TOML needs."""

from __future__ import annotations

import re
import unicodedata

_DOUBLE_QUOTES = "“”„‟«»″＂"
_SINGLE_QUOTES = "‘’‚‛‹›′`´＇"
_DASHES = "‐‑‒–—―−﹣－"
_DECIMAL_COMMA = re.compile(r"([+-]?\d[\d.' ]*),(\d+)\s*(?:#.*)?$")


def describe_mistake(text: str, position: int) -> tuple[int, str, str] | None:
    """The position of the sign that broke the parsing of `text` at `position`, what it is, and what to do; None if it
    is an ordinary one.
    """
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : len(text) if end < 0 else end]
    column = position - start
    comma = _decimal_comma(line)
    if comma is not None:
        return start + comma[0], *comma[1:]
    # A key or number that is cut short by the sign is blamed where it begins.
    for offset in (column, column - 1):
        if 0 <= offset < len(line) and not line[offset].isascii():
            return start + offset, *_describe_sign(line[offset])
    return None


def _decimal_comma(line: str) -> tuple[int, str, str] | None:
    value_start = line.find("=") + 1
    match = _DECIMAL_COMMA.match(line[value_start:].lstrip()) if value_start else None
    if match is None:
        return None
    offset = len(line) - len(line[value_start:].lstrip())
    number = (
        re.sub(r"[.' ]", "", match[1]) if re.fullmatch(r"[+-]?\d{1,3}(?:[.' ]\d{3})*", match[1]) else None
    )
    if number is None and not re.fullmatch(r"[+-]?\d+", match[1]):
        return None
    return offset + match.end(1), "a decimal comma", f"Type {number or match[1]}.{match[2]}"


def _describe_sign(sign: str) -> tuple[str, str]:
    code, name = f"(U+{ord(sign):04X})", unicodedata.name(sign, "sign").lower()
    if sign in _DOUBLE_QUOTES or sign in _SINGLE_QUOTES:
        return f"a curly quote {sign} {code}", 'Type "' if sign in _DOUBLE_QUOTES else "Type '"
    if sign in _DASHES:
        return f"a dash {sign} {code}", "Type -"
    if unicodedata.category(sign) == "Zs":
        return f"a {name} {code}", "Type an ordinary blank"
    if unicodedata.category(sign) in ("Cf", "Cc", "Zl", "Zp"):
        return f"a {name} {code}", "Delete it"
    return f"{sign} {code} outside a text", 'Put the key or the text that it belongs to in quotes: "…"'
