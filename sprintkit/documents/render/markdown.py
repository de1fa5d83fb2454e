"""Escapes a user's text for Markdown."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.text.escaping import collapse_spaces

_ALWAYS: Final = re.compile(r"[\\`*\[\]<|~$#]")
_UNDERSCORE_AT_WORD_EDGE: Final = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_ENTITY: Final = re.compile(r"&(?=#|[A-Za-z])")
_AT_START: Final = re.compile(r"^(?:[-+=>:]|(?P<digits>\d{1,9})(?=[.)](?:\s|$)))")
_BARE_LINK: Final = re.compile(
    r":(?=//)|(?<=[wW]{3})\.|(?<=\w)\.(?=[^\W\d_]{2})|(?<=[\w.+-])@(?=\w)|(?<=mailto):"
)


def escape_markdown(text: str) -> str:
    """`text` as Markdown that reads as exactly this text, anywhere in a document.

    This holds for CommonMark and for the extensions of code forges: tables, strikethrough, mathematics and bare
    links. Line breaks become spaces, so that an answer fits into a table cell.
    """
    line = collapse_spaces(text)
    line = _ALWAYS.sub(r"\\\g<0>", line)
    if "_" in line:
        line = _UNDERSCORE_AT_WORD_EDGE.sub(r"\\_", line)
    if "&" in line:
        line = _ENTITY.sub(r"\\&", line)
    line = _BARE_LINK.sub(r"\\\g<0>", line)
    return _AT_START.sub(_escape_start, line)


def _escape_start(match: re.Match[str]) -> str:
    digits = match["digits"]
    return f"{digits}\\" if digits else f"\\{match[0]}"
