"""Explains characters that keyboards, word processors and web pages put in place of those that TOML needs."""

from __future__ import annotations

import re
import unicodedata

_DOUBLE_QUOTES = "“”„‟«»″＂"
_SINGLE_QUOTES = "‘’‚‛‹›′`´＇"
_DASHES = "‐‑‒–—―−﹣－"
_DECIMAL_COMMA = re.compile(r"([+-]?\d[\d.' ]*),(\d+)\s*(?:#.*)?$")


def describe_mistake(text: str, position: int) -> tuple[int, str, str] | None:
    """The position of the character that broke the parsing of `text` at `position`, what it is, and what to do.

    None if it is an ordinary character.
    """
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : len(text) if end < 0 else end]
    column = position - start
    comma = _decimal_comma(line)
    if comma is not None:
        return start + comma[0], *comma[1:]
    # A key or number that is cut short by the character is blamed where it begins.
    for offset in (column, column - 1):
        if 0 <= offset < len(line) and not line[offset].isascii():
            return start + offset, *_describe_character(line[offset])
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


def _describe_character(character: str) -> tuple[str, str]:
    code, name = f"(U+{ord(character):04X})", unicodedata.name(character, "character").lower()
    if character in _DOUBLE_QUOTES or character in _SINGLE_QUOTES:
        return f"a curly quote {character} {code}", 'Type "' if character in _DOUBLE_QUOTES else "Type '"
    if character in _DASHES:
        return f"a dash {character} {code}", "Type -"
    if unicodedata.category(character) == "Zs":
        return f"a {name} {code}", "Type an ordinary space"
    if unicodedata.category(character) in ("Cf", "Cc", "Zl", "Zp"):
        return f"a {name} {code}", "Delete it"
    return f"{character} {code} outside a text", 'Put the key or the text that it belongs to in quotes: "…"'
