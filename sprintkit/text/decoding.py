"""Decodes the bytes of a file, and describes bytes that are not text."""

from __future__ import annotations

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF_32_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")


class UndecodableError(ValueError):
    """Bytes that are not text in a supported encoding."""

    def __init__(self, line: int, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.line = line
        """The first line that cannot be read, counted from 1."""
        self.reason = reason
        self.hint = hint


def decode_text(data: bytes) -> str:
    """The text in `data`, which is UTF-8, or UTF-16 with a byte order mark. The mark is left out.

    Raises UndecodableError, which names the actual encoding if it can be recognised.
    """
    is_utf_16 = data.startswith(_UTF_16_MARKS) and not data.startswith(_UTF_32_MARKS)
    if not is_utf_16 and b"\0" in data[:400] and (name := _wide_encoding(data)):
        raise UndecodableError(
            1, f"not UTF-8 text; it looks like {name}", "Save the file as UTF-8 in your editor."
        )
    try:
        return data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = (
            "not UTF-16 text, though it begins like it" if is_utf_16 else _utf_8_reason(data, error.start)
        )
        hint = "Save the file as UTF-8 in your editor; if it is not text at all, it is the wrong file."
        raise UndecodableError(line, reason, hint) from None


def _wide_encoding(data: bytes) -> str | None:
    """The encoding of text whose characters take two or four bytes, many of them zero; None if `data` is no such text."""
    sample = data[:400]
    if data.startswith(_UTF_32_MARKS) or sample.count(0) * 10 > len(sample) * 6:
        return "UTF-32" if len(data) % 4 == 0 and len(sample) > sample.count(0) else None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    is_text = max(even, odd) * 10 > len(sample) * 4 and min(even, odd) * 20 < len(sample)
    return "UTF-16 without its byte order mark" if is_text else None


def _utf_8_reason(data: bytes, position: int) -> str:
    if b"\0" in data:
        return "not UTF-8 text"
    character = data[position : position + 1].decode("cp1252", "replace")
    if not character.isalpha() and character not in "€‘’“”–—…«»§°":
        return "not UTF-8 text"
    return f"not UTF-8 text; in Windows-1252 (“ANSI”) this would be {character}"
