"""Characters that act without being seen, written out; wherever text of users is shown."""

from __future__ import annotations

import re

_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,15}\U000e007f"
_UNSEEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_NEEDS_SIGNS = re.compile(_UNSEEN)
_SIGNS = f"(?P<keep>{_FLAG})|(?P<unseen>{_UNSEEN})"
"""Compiled by the first text that needs it: hardly any does, and it takes as long as all else here."""


def escape_invisible(text: str) -> str:
    """`text` with line ends as LF and every character that acts without being seen written out, as ‹U+202E›.

    Control, bidirectional, zero-width and filler characters are such; joiners and variation selectors stay,
    because scripts and emoji need them.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not _NEEDS_SIGNS.search(text):
        return text
    return re.sub(_SIGNS, lambda found: found["keep"] or f"‹U+{ord(found['unseen']):04X}›", text)
