"""Plain text: no markup and no escapes, wrapped so that it reads well in a mail, a chat or a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sprintkit.text.cells import cell_width
from sprintkit.text.escaping import collapse_spaces

WIDTH: Final = 78
"""The most columns in a line."""
NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
"""No line ends here. The finished text has a plain blank instead."""
_BULLET: Final = re.compile(r"(?: *- | *\[.\] | +)")
"""The bullet or indent of a line; lines wrapped from it are indented to match."""


def plain_value(text: str) -> str:
    """A value as plain text shows it, before lines are wrapped: on one line, with nothing escaped."""
    return NO_BREAK_SPACE.join(map(collapse_spaces, text.split(NO_BREAK_SPACE)))


def wrap_lines(text: str, width: int = WIDTH) -> str:
    """`text` wrapped at `width` columns, except for longer words; lines after a bullet get a hanging indent."""
    return "\n".join(piece for line in text.split("\n") for piece in _wrap_line(line, width))


def _wrap_line(line: str, width: int) -> Iterator[str]:
    if cell_width(line) <= width:
        yield line
        return
    match = _BULLET.match(line)
    current = match[0] if match else ""
    indent, is_empty = " " * len(current), True
    for word in line[len(current) :].split(" "):
        for piece in _split_word(word, width - len(indent)):
            joined = piece if is_empty else f" {piece}"
            if not is_empty and cell_width(current + joined) > width:
                yield current
                current, joined = indent, piece
            current += joined
            is_empty = False
    yield current


def _split_word(word: str, width: int) -> Iterator[str]:
    """A word in pieces: text without spaces, such as Japanese, may break between any two wide characters."""
    if cell_width(word) <= width or word.isascii() or cell_width(word) < 1.5 * len(word):
        yield word
        return
    piece = ""
    for character in word:
        if cell_width(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece
