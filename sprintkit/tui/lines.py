"""The lines that screens and dialogs are made of: titles, wrapped sentences, blocks side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.content import Content, Span

from sprintkit.tui.text import wrap_text

Lines = list[Content]
Part = tuple[str, str]
"""A text and its style."""

MARGIN = "  "
_ALARM_COLOR = re.compile(r"\$(?:error|warning)")


def text(*parts: Part | str) -> Content:
    """Return one line made of `parts`. User text must have passed through `tui.text` before."""
    return Content.assemble(*parts)


def title(name: str, aside: str = "", style: str = "bold $primary") -> Content:
    """Return the heading of a block, with a summary beside it."""
    return text((name, style), (f"   {aside}" if aside else "", "$faint"))


def paragraph(
    value: object, width: int, style: str = "", indent: int = 0, first: Part | None = None
) -> Lines:
    """Wrap a sentence to lines of at most `width` cells, indented; `first` fills the indent of the first line."""
    lines: Lines = []
    for index, line_text in enumerate(wrap_text(value, max(10, width - indent))):
        prefix = (f"{first[0]:<{indent}}", first[1]) if first and index == 0 else (" " * indent, "")
        lines.append(text(prefix, (line_text, style)))
    return lines


def _pad_lines(lines: Lines, width: int, height: int | None = None) -> Lines:
    """Cut or pad every line to exactly `width` cells, and add blank lines up to `height`."""
    padded_lines = [_fit_exactly(line, width) for line in lines]
    if height is not None:
        padded_lines += [Content(" " * width)] * (height - len(padded_lines))
    return padded_lines


def _fit_exactly(line: Content, width: int) -> Content:
    length = line.cell_length
    if length > width:
        return line.truncate(width, ellipsis=True)
    return line.pad_right(width - length)


def place_side_by_side(blocks: Sequence[tuple[Lines, int]], gap: int = 3) -> Lines:
    """Put blocks side by side, each cut or padded to its width, with `gap` columns between them."""
    height = max(len(lines) for lines, _ in blocks)
    columns = [_pad_lines(lines, width, height) for lines, width in blocks]
    return [Content(" " * gap).join(row) for row in zip(*columns, strict=True)]


def stack_blocks(blocks: Sequence[Lines]) -> Lines:
    """Put the blocks that are not empty below each other, with a blank line between them."""
    lines: Lines = []
    for block in blocks:
        if block:
            lines += [Content(""), *block] if lines else block
    return lines


def indent_lines(lines: Lines) -> Lines:
    """Put the page's margin before every line."""
    return [Content.assemble(MARGIN, line) for line in lines]


def remove_alarm_colors(lines: Lines) -> Lines:
    """Return the lines without red and amber: nothing on the page of a closed sprint should alarm."""
    return [Content(line.plain, [_remove_alarm_color(span) for span in line.spans]) for line in lines]


def _remove_alarm_color(span: Span) -> Span:
    if not isinstance(span.style, str):
        return span
    return span._replace(style=_ALARM_COLOR.sub("$foreground", span.style))
