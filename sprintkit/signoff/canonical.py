"""The canonical content of a charter, version 1, and its digest.

A line that names the version, then JSON as RFC 8785 (JSON Canonicalization Scheme) puts it: no blanks, keys in the
order of their UTF-16 code units, numbers as ECMAScript writes them, text as it is in UTF-8. Line ends, comments
and the order of tables in the file are not content; every value is, and so is whether a key is there.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from sprintkit.errors import InputError

VERSION: Final = "sprintkit-charter-1"


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """The canonical content of a document as it was parsed.

    Days and times are ISO texts; whole floats are whole numbers, so 15.0 is 15. Whole numbers keep all their
    digits, also those that a float could not hold. Raises InputError for what has no such form: NaN, infinity, half
    a character.
    """
    text = "".join(_written(document, ""))
    try:
        return f"{VERSION}\n{text}".encode()
    except UnicodeEncodeError as error:
        raise InputError(
            "A text of this charter holds half a character (a lone surrogate), so it has no digest.",
            code="not_canonical",
            hint="Type that text again.",
        ) from error


def content_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, all 64 hex digits. Raises InputError as `canonical` does."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _written(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield "{"
        keys = sorted((key for key in value if value[key] is not None), key=_utf16)
        for at, key in enumerate(keys):
            yield "," if at else ""
            yield f"{_text(key)}:"
            yield from _written(value[key], f"{path}.{key}" if path else key)
        yield "}"
    elif isinstance(value, (list, tuple)):
        yield "["
        for at, item in enumerate(value):
            yield "," if at else ""
            yield from _written(item, f"{path}[{at}]")
        yield "]"
    else:
        yield _leaf(value, path)


def _leaf(value: Any, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return canonical_number(value, path)
    if isinstance(value, (date, datetime, time)):
        return _text(value.isoformat())
    raise TypeError(f"{path} holds a {type(value).__name__}, which no file can hold")


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def canonical_number(value: float, path: str = "it") -> str:
    """A number as ECMAScript's Number::toString writes it: the fewest digits that read back as the same number."""
    if not math.isfinite(value):
        raise InputError(
            f"{path} is {value}, so this charter has no digest.",
            code="not_canonical",
            hint="Write a finite number.",
        )
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, part = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = (whole + part).lstrip("0")
    point -= len(whole + part) - len(digits)
    digits = digits.rstrip("0")
    # `value` is now 0.digits times ten to the `point`, as in the standard, whose n is `point` and k len(digits).
    if 0 < point <= 21:
        if len(digits) <= point:
            return f"{sign}{digits.ljust(point, '0')}"
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    head = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{head}e{'+' if point > 0 else '-'}{abs(point - 1)}"
