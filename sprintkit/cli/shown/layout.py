"""What all texts share: wrapping, counting, columns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence

from sprintkit.text.cells import cell_width, pad_cells
from sprintkit.text.escaping import one_line

Style = Callable[[str, str], str]
"""Text and the name of a style; gives it back styled, where colour is shown."""


def width() -> int:
    """Columns to write in: the terminal's, at most 120; 100 where there is none."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def wrapped(text: str, indent: str = "", first: str | None = None) -> Iterator[str]:
    """`text` in lines as wide as the terminal; words longer than a line stay whole."""
    room = max(20, width() - cell_width(indent))
    row, start = "", indent if first is None else first
    for word in one_line(text).split(" "):
        if row and cell_width(row) + 1 + cell_width(word) > room:
            yield start + row
            row, start = word, indent
        else:
            row = f"{row} {word}" if row else word
    yield start + row


def format_count(number: int, one: str, many: str | None = None) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def table(rows: Sequence[Sequence[str]], gap: str = "  ") -> Iterator[str]:
    """Rows in columns as wide as their widest cell; cells are one line each."""
    if not rows:
        return
    widths = [max(cell_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield gap.join(pad_cells(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
