"""Text of users on its way to a terminal: nothing in it acts, all of it can be seen."""

from __future__ import annotations


def escape_invisible(text: str) -> str:
    """`text` with every character that acts without being seen written out, as ‹U+001B›."""
    if text.isprintable():
        return text
    from sprintkit.text import escaping as signs  # few texts need it

    return signs.escape_invisible(text)


def line(text: str) -> str:
    """`text` in one line: as `visible`, with a sign for every line break and a blank for every tab."""
    if text.isprintable():
        return text
    return escape_invisible(text).replace("\n", " ⏎ ").replace("\t", " ")


def cells(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata  # only for texts beyond ASCII

    return sum(
        0
        if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )


def fitted(text: str, width: int) -> str:
    """`text` cut to `width` columns, with … where something is left out."""
    if cells(text) <= width:
        return text
    kept = ""
    for sign in text:
        if cells(kept + sign) > width - 1:
            break
        kept += sign
    return f"{kept.rstrip()}…"


def padded(text: str, width: int) -> str:
    """`text` with blanks behind it up to `width` columns."""
    return text + " " * (width - cells(text))
