"""The one door for text of users into widgets: never markup, nothing in it acts on the terminal.

`Content` is for every widget but DataTable and Tree, which take `rich.text.Text`.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.text import Text

ELLIPSIS = "…"


def display_text(value: object) -> str:
    """`value` with control and bidirectional characters written out; line breaks stay, tabs become blanks."""
    text = escape_invisible(value if isinstance(value, str) else str(value))
    return text.expandtabs(4) if "\t" in text else text


def line(value: object) -> str:
    """As `display_text`, in one line: every run of blanks and line breaks is one blank."""
    return " ".join(display_text(value).split())


def content(value: object, style: str = "") -> Content:
    """Text of a user for a widget; `style` is ours, such as "bold $error"."""
    return Content.styled(display_text(value), style) if style else Content(display_text(value))


def rich_text(value: object, style: str = "") -> Text:
    """Text of a user for a DataTable or a Tree."""
    from rich.text import Text  # only those two widgets need it

    return Text(display_text(value), style=style)


def fit(value: object, width: int) -> str:
    """One line of at most `width` cells, ended with … where it is longer."""
    text = line(value)
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def column(value: object, width: int, *, right: bool = False) -> str:
    """One line of exactly `width` cells, filled with blanks."""
    text = fit(value, width)
    filling = " " * (width - cell_len(text))
    return filling + text if right else text + filling


def wrapped(value: object, width: int) -> list[str]:
    """`value` in lines of at most `width` cells, broken between words; its own line breaks stay."""
    lines: list[str] = []
    for paragraph in display_text(value).split("\n"):
        words, current = paragraph.split(" "), ""
        for word in words:
            candidate = f"{current} {word}" if current else word
            if cell_len(candidate) <= width:
                current = candidate
                continue
            if current:
                lines.append(current)
            while cell_len(word) > width:
                head = set_cell_size(word, width).rstrip() or word[0]
                lines.append(head)
                word = word[len(head) :]
            current = word
        lines.append(current)
    return lines


def key_line(keys: Sequence[tuple[str, str]]) -> Content:
    """Keys, and what each does, side by side."""
    parts: list[tuple[str, str]] = []
    for key, what in keys:
        parts += [("   " if parts else "", ""), (key, "bold $key"), (f" {what}", "")]
    return Content.assemble(*parts)
