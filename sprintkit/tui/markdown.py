"""Turns a document's Markdown into styled lines: headings, paragraphs, lists, quotes, tables.

Textual's Markdown widget mounts one widget per block, which takes seconds for a charter of four pages.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from sprintkit.tui.lines import Lines, paragraph
from sprintkit.tui.text import display_text

HEADINGS = {"h1": "bold $primary", "h2": "bold $primary", "h3": "bold", "h4": "bold"}
GAP = 2
"""Spaces between the columns of a table."""
PREVIEW_CHARACTERS = 60_000
"""Most characters of Markdown that a preview lays out: about twenty pages."""
PREVIEW_LINES = 3_000
"""Most lines that a preview shows."""
LEFT_OUT = (
    "The rest of this document is left out here, because it is very long. Rendered to a file, it is complete."
)


def preview_lines(markdown: str, width: int) -> Lines:
    """Return the document as lines of at most `width` cells; of a very long one, the beginning and a sentence that says so.

    Takes up to a second, so call it in a thread.
    """
    start = markdown
    if len(markdown) > PREVIEW_CHARACTERS:
        end = markdown.rfind("\n", 0, PREVIEW_CHARACTERS)
        start = markdown[: end if end > 0 else PREVIEW_CHARACTERS]
    lines = markdown_lines(start, width, PREVIEW_LINES + 1)
    if len(start) == len(markdown) and len(lines) <= PREVIEW_LINES:
        return lines
    return [*lines[:PREVIEW_LINES], Content(""), *paragraph(LEFT_OUT, width, "bold $warning")]


def markdown_lines(markdown: str, width: int, limit: int = sys.maxsize) -> Lines:
    """Return the document as lines of at most `width` cells. HTML in it is shown as text.

    It stops after the block that reaches line number `limit`.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    builder = _MarkdownLines(max(20, width), limit)
    builder.add_blocks(parser.parse(markdown))
    while builder.lines and not builder.lines[-1].plain.strip():
        builder.lines.pop()
    return builder.lines


class _MarkdownLines:
    """Turns tokens into lines."""

    def __init__(self, width: int, limit: int) -> None:
        self.width = width
        self.limit = limit
        self.lines: Lines = []
        self.prefixes: list[str] = []
        """What precedes every line, from the outermost list or quote to the innermost."""
        self.first_prefix: str | None = None
        """What precedes the next line instead: the bullet or number of a list item."""
        self.counters: list[int | None] = []
        """For each open list, its next number; None if it has bullets."""

    def add_blocks(self, tokens: Sequence[Token]) -> None:
        """Add all blocks, until `limit` lines are reached."""
        index = 0
        style = ""
        while index < len(tokens) and len(self.lines) < self.limit:
            token = tokens[index]
            kind = token.type
            if kind == "table_open":
                end = next(
                    position
                    for position in range(index, len(tokens))
                    if tokens[position].type == "table_close"
                )
                self.add_table(tokens[index:end])
                index = end
            elif kind == "heading_open":
                style = HEADINGS.get(token.tag, "bold")
                if token.tag in ("h1", "h2"):
                    self.add_blank_line()
            elif kind in ("heading_close", "paragraph_close"):
                style = ""
                if not token.hidden:
                    self.add_blank_line()
            elif kind == "inline":
                self.add_text(_inline_content(token), style)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.counters.append(int(token.attrs.get("start", 1)) if kind[0] == "o" else None)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.counters.pop()
                if not self.counters:
                    self.add_blank_line()
            elif kind == "list_item_open":
                self.begin_item()
            elif kind == "list_item_close":
                self.prefixes.pop()
            elif kind == "blockquote_open":
                self.prefixes.append("▏ ")
            elif kind == "blockquote_close":
                self.prefixes.pop()
                self.add_blank_line()
            elif kind in ("fence", "code_block"):
                for line in token.content.rstrip("\n").split("\n"):
                    self.add_text(Content(display_text(line)), "$accent")
                self.add_blank_line()
            elif kind == "hr":
                self.lines.append(Content.styled("─" * self.width, "$rule"))
            index += 1

    def begin_item(self) -> None:
        """Put the bullet or number of a list item before the next line."""
        count = self.counters[-1]
        marker = "- " if count is None else f"{count}. "
        if count is not None:
            self.counters[-1] = count + 1
        self.first_prefix = "".join(self.prefixes) + marker
        self.prefixes.append(" " * len(marker))

    def add_text(self, content: Content, style: str) -> None:
        """Add a paragraph, wrapped to fit after the current prefixes."""
        before = "".join(self.prefixes)
        first, self.first_prefix = self.first_prefix if self.first_prefix is not None else before, None
        room = max(10, self.width - len(before))
        for line in content.wrap(room):
            self.lines.append(Content.assemble((first, "$faint"), line.stylize(style) if style else line))
            first = before

    def add_blank_line(self) -> None:
        """Add a blank line, but never two in a row."""
        if self.lines and self.lines[-1].plain.strip(" ▏"):
            self.lines.append(Content("".join(self.prefixes).rstrip()))

    def add_table(self, tokens: Sequence[Token]) -> None:
        """Add a table, each column as wide as its text needs; cells wrap if the table would be too wide."""
        rows: list[list[Content]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_inline_content(token))
        if not rows:
            return
        count = max(map(len, rows))
        widths = _column_widths(rows, count, self.width - GAP * (count - 1))
        for row_number, row in enumerate(rows):
            cells = [cell.wrap(width) or [Content("")] for cell, width in zip(row, widths, strict=False)]
            for line_index in range(max(map(len, cells))):
                parts: list[Content | str] = []
                for cell, width in zip(cells, widths, strict=False):
                    line = cell[line_index] if line_index < len(cell) else Content("")
                    line = line.rstrip()
                    parts += [line.pad_right(max(0, width - line.cell_length)), " " * GAP]
                row_line = Content.assemble(*parts)
                self.lines.append(row_line.stylize("bold") if row_number == 0 else row_line)
            if row_number == 0:
                self.lines.append(Content.styled("─" * (sum(widths) + GAP * (count - 1)), "$rule"))
        self.add_blank_line()


def _column_widths(rows: Sequence[Sequence[Content]], count: int, room: int) -> list[int]:
    """Return the width of each of `count` columns: what it needs, or its share of `room` if that is too small."""
    needed = [
        max((row[index].cell_length for row in rows if index < len(row)), default=1) for index in range(count)
    ]
    if sum(needed) <= room:
        return [max(1, width) for width in needed]
    minimum = [min(width, 8) for width in needed]
    rest = max(0, room - sum(minimum))
    excess = [width - narrow for width, narrow in zip(needed, minimum, strict=True)]
    total = sum(excess) or 1
    return [max(1, narrow + rest * missing // total) for narrow, missing in zip(minimum, excess, strict=True)]


def _inline_content(token: Token) -> Content:
    """Return inline text with bold, italic and code styles; a link becomes its text."""
    parts: list[tuple[str, str]] = []
    strong = emphasis = 0
    for child in token.children or ():
        style = " ".join(word for word, depth in (("bold", strong), ("italic", emphasis)) if depth)
        if child.type == "text":
            parts.append((display_text(child.content), style))
        elif child.type == "code_inline":
            parts.append((display_text(child.content), "$accent"))
        elif child.type == "softbreak":
            parts.append((" ", style))
        elif child.type == "hardbreak":
            parts.append(("\n", ""))
        elif child.type in ("strong_open", "strong_close"):
            strong += child.nesting
        elif child.type in ("em_open", "em_close"):
            emphasis += child.nesting
        elif child.type == "image":
            parts.append((f"[{display_text(child.content)}]", "$faint"))
        elif child.content:
            parts.append((display_text(child.content), style))
    return Content.assemble(*parts)
