"""A document's Markdown as lines: headings, paragraphs, lists, quotes, tables.

Textual's own widget mounts one widget a block, which for a charter of four pages takes seconds; this is one text.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from sprintkit.tui.sprint_page.lines import Lines
from sprintkit.tui.text import display_text

HEADINGS = {"h1": "bold $primary", "h2": "bold $primary", "h3": "bold", "h4": "bold"}
GAP = 2
"""Columns between the columns of a table."""


def lines_of(markdown: str, width: int) -> Lines:
    """The document in lines of at most `width` cells. HTML in it is text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    made = _Lines(max(20, width))
    made.block(parser.parse(markdown))
    while made.lines and not made.lines[-1].plain.strip():
        made.lines.pop()
    return made.lines


class _Lines:
    """Walks the tokens; `before` is what stands in front of every line, `first` what stands in front of the next."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: Lines = []
        self.before: list[str] = []
        self.first: str | None = None
        self.counters: list[int | None] = []

    def block(self, tokens: Sequence[Token]) -> None:
        at = 0
        style = ""
        while at < len(tokens):
            token = tokens[at]
            kind = token.type
            if kind == "table_open":
                end = next(one for one in range(at, len(tokens)) if tokens[one].type == "table_close")
                self.table(tokens[at:end])
                at = end
            elif kind == "heading_open":
                style = HEADINGS.get(token.tag, "bold")
                if token.tag in ("h1", "h2"):
                    self.empty()
            elif kind in ("heading_close", "paragraph_close"):
                style = ""
                if not token.hidden:
                    self.empty()
            elif kind == "inline":
                self.text(_inline(token), style)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.counters.append(int(token.attrs.get("start", 1)) if kind[0] == "o" else None)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.counters.pop()
                if not self.counters:
                    self.empty()
            elif kind == "list_item_open":
                self.item()
            elif kind == "list_item_close":
                self.before.pop()
            elif kind == "blockquote_open":
                self.before.append("▏ ")
            elif kind == "blockquote_close":
                self.before.pop()
                self.empty()
            elif kind in ("fence", "code_block"):
                for line in token.content.rstrip("\n").split("\n"):
                    self.text(Content(display_text(line)), "$accent")
                self.empty()
            elif kind == "hr":
                self.lines.append(Content.styled("─" * self.width, "$rule"))
            at += 1

    def item(self) -> None:
        count = self.counters[-1]
        sign = "- " if count is None else f"{count}. "
        if count is not None:
            self.counters[-1] = count + 1
        self.first = "".join(self.before) + sign
        self.before.append(" " * len(sign))

    def text(self, content: Content, style: str) -> None:
        """A run of text, wrapped behind what stands before it."""
        before = "".join(self.before)
        first, self.first = self.first if self.first is not None else before, None
        room = max(10, self.width - len(before))
        for line in content.wrap(room):
            self.lines.append(Content.assemble((first, "$faint"), line.stylize(style) if style else line))
            first = before

    def empty(self) -> None:
        """An empty line, but never two."""
        if self.lines and self.lines[-1].plain.strip(" ▏"):
            self.lines.append(Content("".join(self.before).rstrip()))

    def table(self, tokens: Sequence[Token]) -> None:
        """Columns as wide as their share of the text, cells wrapped."""
        found: list[list[Content]] = []
        for token in tokens:
            if token.type == "tr_open":
                found.append([])
            elif token.type == "inline":
                found[-1].append(_inline(token))
        if not found:
            return
        count = max(map(len, found))
        widths = _widths(found, count, self.width - GAP * (count - 1))
        for number, row in enumerate(found):
            cells = [one.wrap(width) or [Content("")] for one, width in zip(row, widths, strict=False)]
            for at in range(max(map(len, cells))):
                parts: list[Content | str] = []
                for cell, width in zip(cells, widths, strict=False):
                    line = cell[at] if at < len(cell) else Content("")
                    line = line.rstrip()
                    parts += [line.pad_right(max(0, width - line.cell_length)), " " * GAP]
                made = Content.assemble(*parts)
                self.lines.append(made.stylize("bold") if number == 0 else made)
            if number == 0:
                self.lines.append(Content.styled("─" * (sum(widths) + GAP * (count - 1)), "$rule"))
        self.empty()


def _widths(found: Sequence[Sequence[Content]], count: int, room: int) -> list[int]:
    """The width of every column: what it needs where there is room, else its share."""
    needed = [max((row[at].cell_length for row in found if at < len(row)), default=1) for at in range(count)]
    if sum(needed) <= room:
        return [max(1, one) for one in needed]
    least = [min(one, 8) for one in needed]
    rest = max(0, room - sum(least))
    over = [one - small for one, small in zip(needed, least, strict=True)]
    total = sum(over) or 1
    return [max(1, small + rest * more // total) for small, more in zip(least, over, strict=True)]


def _inline(token: Token) -> Content:
    """Text with what is strong, emphasised or code in it; a link is its text."""
    parts: list[tuple[str, str]] = []
    strong = emphasis = 0
    for one in token.children or ():
        style = " ".join(word for word, on in (("bold", strong), ("italic", emphasis)) if on)
        if one.type == "text":
            parts.append((display_text(one.content), style))
        elif one.type == "code_inline":
            parts.append((display_text(one.content), "$accent"))
        elif one.type == "softbreak":
            parts.append((" ", style))
        elif one.type == "hardbreak":
            parts.append(("\n", ""))
        elif one.type in ("strong_open", "strong_close"):
            strong += one.nesting
        elif one.type in ("em_open", "em_close"):
            emphasis += one.nesting
        elif one.type == "image":
            parts.append((f"[{display_text(one.content)}]", "$faint"))
        elif one.content:
            parts.append((display_text(one.content), style))
    return Content.assemble(*parts)
