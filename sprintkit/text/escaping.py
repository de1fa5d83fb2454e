"""Makes invisible characters visible, wherever text that a person wrote is shown."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,15}\U000e007f"
"""A flag of a region: its tag characters are part of an emoji."""
_INVISIBLE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_PATTERN = f"(?P<flag>{_FLAG})|(?P<invisible>{_INVISIBLE})"
_PRINTABLE_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Fillers and joiners that `str.isprintable` takes for visible."""


def escape_invisible(text: str) -> str:
    """`text` with every invisible character that has an effect written out as `‹U+202E›`; line ends become LF.

    These are control, bidirectional, zero-width and filler characters. Line feeds and tabs stay, and so do joiners
    and variation selectors, because scripts and emoji need them.
    """
    if text.isprintable() and (text.isascii() or _PRINTABLE_INVISIBLE.isdisjoint(text)):
        return text
    import re

    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not re.search(_INVISIBLE, text):
        return text
    return re.sub(_PATTERN, _escape, text)


def _escape(match: re.Match[str]) -> str:
    flag: str | None = match["flag"]
    return flag or f"‹U+{ord(match['invisible']):04X}›"


def one_line(text: str) -> str:
    """`text` escaped, on one line: a line break shows as ⏎, a tab as a space."""
    escaped = escape_invisible(text)
    if "\n" in escaped:
        escaped = escaped.replace("\n", " ⏎ ")
    return escaped.replace("\t", " ")


def collapse_spaces(text: str) -> str:
    """`text` with each run of spaces, tabs and line breaks replaced by one space, and none at its ends."""
    return " ".join(text.split())
