"""Lines of text for a page: titles, wrapped sentences, columns, blocks beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from sprintkit.tui.text import wrapped

Lines = list[Content]
Part = tuple[str, str]

MARGIN = "  "


def text(*parts: Part | str) -> Content:
    """One line of parts in styles of ours; texts of users come through `tui.text` first."""
    return Content.assemble(*parts)


def title(name: str, aside: str = "", style: str = "bold $primary") -> Content:
    """The heading of a block, with what sums it up."""
    return text((name, style), (f"   {aside}" if aside else "", "$faint"))


def paragraph(
    value: object, width: int, style: str = "", indent: int = 0, first: Part | None = None
) -> Lines:
    """A sentence in as many lines as it needs; `first` stands in the indent of the first one."""
    found: Lines = []
    for at, one in enumerate(wrapped(value, max(10, width - indent))):
        before = (f"{first[0]:<{indent}}", first[1]) if first and at == 0 else (" " * indent, "")
        found.append(text(before, (one, style)))
    return found


def padded(lines: Lines, width: int, height: int | None = None) -> Lines:
    """The lines cut or filled to a width, with empty ones up to a height."""
    found = [_exact(line, width) for line in lines]
    if height is not None:
        found += [Content(" " * width)] * (height - len(found))
    return found


def _exact(line: Content, width: int) -> Content:
    length = line.cell_length
    if length > width:
        return line.truncate(width, ellipsis=True)
    return line.pad_right(width - length)


def beside(blocks: Sequence[tuple[Lines, int]], gap: int = 3) -> Lines:
    """Blocks next to each other, each in its width."""
    height = max(len(lines) for lines, _ in blocks)
    columns = [padded(lines, width, height) for lines, width in blocks]
    space = " " * gap
    return [
        Content.assemble(*[part for at, one in enumerate(row) for part in ((space,) if at else ()) + (one,)])
        for row in zip(*columns, strict=True)
    ]


def indented(lines: Lines) -> Lines:
    """The lines with the page's margin."""
    return [Content.assemble(MARGIN, line) for line in lines]
