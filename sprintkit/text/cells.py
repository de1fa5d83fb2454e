"""Widths of text in a terminal, where some characters take two columns and some none."""

from __future__ import annotations


def cell_width(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def fit_cells(text: str, width: int) -> str:
    """`text` cut to `width` columns, ending with … if something is left out."""
    if cell_width(text) <= width:
        return text
    head = ""
    for character in text:
        if cell_width(head + character) > width - 1:
            break
        head += character
    return f"{head.rstrip()}…"


def pad_cells(text: str, width: int) -> str:
    """`text` padded with spaces to `width` columns."""
    return text + " " * (width - cell_width(text))
