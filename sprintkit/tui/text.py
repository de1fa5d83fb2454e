"""The only way user text gets into widgets: never as markup, with control characters made visible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from sprintkit.text.escaping import escape_invisible

ELLIPSIS = "…"
_JOINED_EMOJI = re.compile("\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])|\ufe0f")
"""The joiner that makes one emoji of several, and the selector that makes an emoji of a character."""


def display_text(value: object) -> str:
    """Return `value` with control and bidirectional characters made visible, tabs expanded and joined emoji separated.

    Terminals disagree on the width of joined emoji, which would shift everything after them on the line.
    """
    text = escape_invisible(value if isinstance(value, str) else str(value))
    if not text.isascii():
        text = _JOINED_EMOJI.sub("", text)
    return text.expandtabs(4) if "\t" in text else text


def first_sentences(text: str, max_length: int) -> str:
    """Return `text`, or as many of its first sentences as fit into `max_length` characters, with an ellipsis.

    If not even the first sentence fits, it is cut.
    """
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
    """Return `value` as display text on one line, each run of white space replaced by a space."""
    return " ".join(display_text(value).split())


def content(value: object, style: str = "") -> Content:
    """Return user text as the content of a widget, in a style such as "bold $error"."""
    return Content.styled(display_text(value), style) if style else Content(display_text(value))


def fit_line(value: object, width: int) -> str:
    """Return `value` as one line of at most `width` cells, cut with … if it is longer."""
    text = one_line(value)
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fit_column(value: object, width: int, *, right: bool = False) -> str:
    """Return `value` as one line of exactly `width` cells, cut or padded; aligned to the right if `right`."""
    text = fit_line(value, width)
    padding = " " * (width - cell_len(text))
    return padding + text if right else text + padding


def wrap_text(value: object, width: int) -> list[str]:
    """Wrap `value` between words into lines of at most `width` cells, keeping its own line breaks."""
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


def wrap_limited(value: object, width: int, max_lines: int) -> list[str]:
    """Wrap `value` as `wrap_text` does, into at most `max_lines` lines: the rest is joined and cut with …."""
    lines = wrap_text(value, width)
    if len(lines) <= max_lines:
        return lines
    return [*lines[: max_lines - 1], fit_line(" ".join(lines[max_lines - 1 :]), width)]


def key_line(keys: Sequence[tuple[str, str]]) -> Content:
    """Return one line of `keys`, which are pairs of a key and what it does."""
    parts: list[tuple[str, str]] = []
    for key, description in keys:
        parts += [("   " if parts else "", ""), (key, "bold $key"), (f" {description}", "")]
    return Content.assemble(*parts)
