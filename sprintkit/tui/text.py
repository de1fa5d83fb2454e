"""The only way user text gets into widgets: never as markup, with control characters made visible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from sprintkit.text.escaping import escape_invisible

ELLIPSIS = "…"
_JOINED_EMOJI = re.compile("\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])|\ufe0f")
"""What makes one emoji of several, or a sign an emoji."""


def display_text(value: object) -> str:
    """Return `value` with control and bidirectional characters written out, tabs expanded and emoji taken apart.

    Terminals disagree on the width of joined emoji, so one of them would move all that follows it in its line.
    """
    text = escape_invisible(value if isinstance(value, str) else str(value))
    if not text.isascii():
        text = _JOINED_EMOJI.sub("", text)
    return text.expandtabs(4) if "\t" in text else text


def first_sentences(text: str, max_length: int) -> str:
    """The sentences of a text that fit into `max_length` characters, and an ellipsis for the others; the first one at least."""
    if len(text) <= max_length:
        return text
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    shown = sentences[0]
    for sentence in sentences[1:]:
        if len(shown) + len(sentence) + 3 > max_length:
            break
        shown += f" {sentence}"
    return f"{shown} …" if len(shown) <= max_length else f"{shown[: max_length - 1]}…"


def one_line(value: object) -> str:
    """Return `value` as display text on one line, with every run of white space as one blank."""
    return " ".join(display_text(value).split())


def content(value: object, style: str = "") -> Content:
    """Return user text for a widget, in one of our styles, such as "bold $error"."""
    return Content.styled(display_text(value), style) if style else Content(display_text(value))


def fit_line(value: object, width: int) -> str:
    """Return one line of at most `width` cells, cut with … if it is longer."""
    text = one_line(value)
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fit_column(value: object, width: int, *, right: bool = False) -> str:
    """Return one line of exactly `width` cells, cut or padded."""
    text = fit_line(value, width)
    filling = " " * (width - cell_len(text))
    return filling + text if right else text + filling


def wrap_text(value: object, width: int) -> list[str]:
    """Wrap `value` between words to lines of at most `width` cells; its own line breaks stay."""
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
    """Return keys and what they do, side by side."""
    parts: list[tuple[str, str]] = []
    for key, description in keys:
        parts += [("   " if parts else "", ""), (key, "bold $key"), (f" {description}", "")]
    return Content.assemble(*parts)
