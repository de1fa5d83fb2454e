"""Canonical content, version 1: the same bytes for the same values, whatever the file looks like.

A line with the version, then JSON by RFC 8785 (JSON Canonicalization Scheme) of the keys present in the file: text
exactly as parsed, days as ISO text, whole floats as integers, nothing excluded. Line ends, comments and the order
of keys and tables are not content; every value is.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

VERSION: Final = b"sprintkit-charter-1\n"
SHOWN: Final = 12
"""Hex digits of a digest that are shown; records hold all 64."""


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, in 64 hex digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def canonical(document: Mapping[str, Any]) -> bytes:
    """The canonical content of a document as parsed from TOML."""
    return VERSION + _json(document).encode("utf-8")


def _json(value: Any) -> str:
    if isinstance(value, Mapping):
        # By UTF-16 code units, as RFC 8785 wants it; that is not the order of code points.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_text(key)}:{_json(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, (date, time)):
        return _text(value.isoformat())
    return _text(str(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(value: float) -> str:
    """As ECMAScript writes a number; what JSON has no number for (in [extra]) stands as its name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(value).partition("e")
    sign, mantissa = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    whole, _, decimals = mantissa.partition(".")
    decimals = "" if decimals == "0" else decimals
    digits = (whole + decimals).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + decimals) - len(digits))
    digits = digits.rstrip("0")
    if 0 < point <= 21:
        text = digits.ljust(point, "0") if len(digits) <= point else f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        rest = f".{digits[1:]}" if len(digits) > 1 else ""
        text = f"{digits[0]}{rest}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + text
