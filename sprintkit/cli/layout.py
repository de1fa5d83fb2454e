"""The layout of text that several commands share: wrapping and columns."""

from __future__ import annotations

from sprintkit.text.cells import cell_width, pad_cells
from sprintkit.text.escaping import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    Style = Callable[[str, str], str]
    """Takes a text and the name of a style; returns the text styled, if stdout shows colour."""
    TextLines = Callable[[Any, Style], Iterable[str]]
    """Takes a result that has data; returns the lines to print on stdout."""

MIN_WRAP_WIDTH = 20


def text_width() -> int:
    """The width of text in columns: the terminal's, at most 120; 100 without a terminal."""
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def wrap_lines(text: str, indent: str = "", first: str | None = None) -> Iterator[str]:
    """`text` wrapped to the width of the terminal; a word longer than a line is not broken.

    `first` replaces the indent of the first line.
    """
    available = max(MIN_WRAP_WIDTH, text_width() - cell_width(indent))
    line, prefix = "", indent if first is None else first
    for word in one_line(text).split(" "):
        if line and cell_width(line) + 1 + cell_width(word) > available:
            yield prefix + line
            line, prefix = word, indent
        else:
            line = f"{line} {word}" if line else word
    yield prefix + line


def table_lines(rows: Sequence[Sequence[str]], gap: str = "  ") -> Iterator[str]:
    """Rows of single-line cells, in columns as wide as their widest cell."""
    if not rows:
        return
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (pad_cells(cell, width) for cell, width in zip(row, widths, strict=True))
        yield gap.join(cells).rstrip()
