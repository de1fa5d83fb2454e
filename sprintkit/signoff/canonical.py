"""The canonical content of a charter, version 1, and its digest.

It is a line that names the version, then JSON as RFC 8785 (JSON Canonicalization Scheme) defines it: no whitespace,
keys in the order of their UTF-16 code units, numbers as ECMAScript writes them, text unescaped in UTF-8. Line ends,
comments and the order of tables in the file are not part of it. Every value is, and so is whether a key is present.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from json.encoder import encode_basestring
from typing import Any, Final

from sprintkit.errors import InputError

VERSION: Final = "sprintkit-charter-1"


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """The canonical content of a parsed document.

    Dates and times become ISO texts. Whole floats become integers, so 15.0 is 15; integers keep all their digits, even
    those that a float could not hold. Raises InputError for values without a canonical form: NaN, infinity, and text
    with a lone surrogate.
    """
    return f"{VERSION}\n".encode() + canonical_json(document)


def canonical_json(document: Mapping[str, Any]) -> bytes:
    """The document as RFC 8785 writes it, without the version. Raises InputError as `canonical_bytes` does."""
    try:
        parts: list[str] = []
        _write_json(document, (), parts)
        return "".join(parts).encode()
    except UnicodeEncodeError as error:
        raise InputError(
            "A text of this charter holds half a character (a lone surrogate), so it has no digest.",
            code="not_canonical",
            hint="Type that text again.",
        ) from error


def content_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, as 64 hex digits. Raises InputError as `canonical_bytes` does."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _write_json(value: Any, path: tuple[str | int, ...], parts: list[str]) -> None:
    """Append the JSON of the value at `path` to `parts`."""
    if isinstance(value, Mapping):
        opening = "{"
        keys = sorted(value) if "".join(value).isascii() else sorted(value, key=_utf16_order)
        for key in keys:
            inner = value[key]
            if inner.__class__ is str:  # most are, and a call for each would take as long as all the rest
                parts.append(f"{opening}{encode_basestring(key)}:{encode_basestring(inner)}")
            elif inner is None:
                continue
            else:
                parts.append(f"{opening}{encode_basestring(key)}:")
                _write_json(inner, (*path, key), parts)
            opening = ","
        parts.append("{}" if opening == "{" else "}")
    elif isinstance(value, (list, tuple)):
        opening = "["
        for index, item in enumerate(value):
            parts.append(opening)
            _write_json(item, (*path, index), parts)
            opening = ","
        parts.append("[]" if opening == "[" else "]")
    else:
        parts.append(_json_scalar(value, path))


def _json_scalar(value: Any, path: tuple[str | int, ...]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return canonical_number(value, path)
    if isinstance(value, (date, datetime, time)):
        return encode_basestring(value.isoformat())
    raise TypeError(f"{_format_path(path)} holds a {type(value).__name__}, which no file can hold")


def _format_path(path: Sequence[str | int]) -> str:
    """The path as people write it: `plan.milestones[0].weight`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _utf16_order(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def canonical_number(value: float, path: Sequence[str | int] = ()) -> str:
    """A number as ECMAScript's Number::toString writes it, with the fewest digits that give the same number back.

    Raises InputError if it is not finite; `path` names it in the message.
    """
    if not math.isfinite(value):
        raise InputError(
            f"{_format_path(path) or 'the value'} is {value}, so this charter has no digest.",
            code="not_canonical",
            hint="Write a finite number.",
        )
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    integer_part, _, fraction = mantissa.partition(".")
    point = len(integer_part) + int(exponent or 0)
    digits = (integer_part + fraction).lstrip("0")
    point -= len(integer_part + fraction) - len(digits)
    digits = digits.rstrip("0")
    # `value` is now 0.digits times ten to the `point`; the standard calls `point` n and len(digits) k.
    if 0 < point <= 21:
        if len(digits) <= point:
            return f"{sign}{digits.ljust(point, '0')}"
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    significand = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{significand}e{'+' if point > 0 else '-'}{abs(point - 1)}"
