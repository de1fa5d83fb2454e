"""Building blocks of a page: titles, wrapped sentences, blocks side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.content import Content

from sprintkit.tui.text import wrap_text

Lines = list[Content]
Part = tuple[str, str]

MARGIN = "  "
_ALARM = re.compile(r"\$(?:error|warning)")


def text(*parts: Part | str) -> Content:
    """Return one line of parts with styles. User text must have passed through `tui.text` before."""
    return Content.assemble(*parts)


def title(name: str, aside: str = "", style: str = "bold $primary") -> Content:
    """Return the heading of a block, with a summary beside it."""
    return text((name, style), (f"   {aside}" if aside else "", "$faint"))


def paragraph(
    value: object, width: int, style: str = "", indent: int = 0, first: Part | None = None
) -> Lines:
    """Wrap a sentence to `width`; `first` is put into the indent of the first line."""
    lines: Lines = []
    for index, line_text in enumerate(wrap_text(value, max(10, width - indent))):
        prefix = (f"{first[0]:<{indent}}", first[1]) if first and index == 0 else (" " * indent, "")
        lines.append(text(prefix, (line_text, style)))
    return lines


def padded(lines: Lines, width: int, height: int | None = None) -> Lines:
    """Cut or pad every line to `width`, and add blank lines up to `height`."""
    padded_lines = [_exact(line, width) for line in lines]
    if height is not None:
        padded_lines += [Content(" " * width)] * (height - len(padded_lines))
    return padded_lines


def _exact(line: Content, width: int) -> Content:
    length = line.cell_length
    if length > width:
        return line.truncate(width, ellipsis=True)
    return line.pad_right(width - length)


def beside(blocks: Sequence[tuple[Lines, int]], gap: int = 3) -> Lines:
    """Put blocks side by side, each with its own width."""
    height = max(len(lines) for lines, _ in blocks)
    columns = [padded(lines, width, height) for lines, width in blocks]
    space = " " * gap
    return [
        Content.assemble(
            *[part for index, column in enumerate(row) for part in ((space,) if index else ()) + (column,)]
        )
        for row in zip(*columns, strict=True)
    ]


def stacked(blocks: Sequence[Lines]) -> Lines:
    """Join the blocks that are not empty, with a blank line between them."""
    lines: Lines = []
    for block in blocks:
        if block:
            lines += [Content(""), *block] if lines else block
    return lines


def indented(lines: Lines) -> Lines:
    """Put the page's margin before every line."""
    return [Content.assemble(MARGIN, line) for line in lines]


def without_alarm(lines: Lines) -> Lines:
    """Show in plain colour what would be red or amber: nothing alarms on the page of a sprint that is closed."""
    return [
        Content(
            line.plain,
            [
                span._replace(style=_ALARM.sub("$foreground", span.style))
                if isinstance(span.style, str)
                else span
                for span in line.spans
            ],
        )
        for line in lines
    ]
