"""Text of users on its way into a document: what cannot be seen made visible, what could be markup kept text."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.text.escaping import escape_invisible

_MD_ALWAYS: Final = re.compile(r"[\\`*\[\]<|~$#]")
_MD_UNDERSCORE: Final = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_MD_ENTITY: Final = re.compile(r"&(?=#|[A-Za-z])")
_MD_START: Final = re.compile(r"^(?:[-+=>:]|(?P<digits>\d{1,9})(?=[.)](?:\s|$)))")
_MD_LINK: Final = re.compile(
    r":(?=//)|(?<=[wW]{3})\.|(?<=\w)\.(?=[^\W\d_]{2})|(?<=[\w.+-])@(?=\w)|(?<=mailto):"
)


def one_line(text: str) -> str:
    """`text` with every run of blanks, tabs and line ends as one blank."""
    return " ".join(text.split())


def markdown(text: str) -> str:
    """`text` as Markdown that reads as exactly this text, wherever in a document it is put.

    Holds for CommonMark and for what forges add (tables, strikethrough, mathematics, bare links). Line ends
    become blanks: one answer is one run of text, in a table cell too.
    """
    line = " ".join(text.split())
    line = _MD_ALWAYS.sub(r"\\\g<0>", line)
    if "_" in line:
        line = _MD_UNDERSCORE.sub(r"\\_", line)
    if "&" in line:
        line = _MD_ENTITY.sub(r"\\&", line)
    line = _MD_LINK.sub(r"\\\g<0>", line)
    return _MD_START.sub(_at_start, line)


def _at_start(found: re.Match[str]) -> str:
    digits = found["digits"]
    return f"{digits}\\" if digits else f"\\{found[0]}"


def excerpt(text: str, limit: int) -> str:
    """`text` in one line of at most `limit` characters, cut between words and ended with … where it is longer."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:.–-") + "…"


__all__ = ["escape_invisible", "excerpt", "markdown", "one_line"]
