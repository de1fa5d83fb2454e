"""How the rows of a section look: a mark, a name, and what stands there, in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from sprintkit.actions.session.rows import Row
from sprintkit.charter.findings import ERROR
from sprintkit.tui.text import fit, wrapped

STATE_MARKERS = {
    "answered": ("✓", "$success"),
    "filled": ("·", "$faint"),
    "parked": ("P", "bold $warning"),
    "needed": ("○", "bold $primary"),
    "optional": ("·", "$faint"),
}
"""The sign of each state, and its colour; an error is ✗, a warning !."""


def row_marker(row: Row) -> tuple[str, str]:
    """The sign before a row, and its style."""
    if any(finding.severity == ERROR for finding in row.findings):
        return "✗", "bold $error"
    if row.findings:
        return "!", "bold $warning"
    return STATE_MARKERS[row.state]


def label_width(rows: Sequence[Row], width: int) -> int:
    """The width of the column of names."""
    names = [2 * row.level + cell_len(row.label) for row in rows if row.kind == "question"]
    return min(max(names, default=0), max(10, width * 9 // 20), 28)


def render_row(row: Row, width: int, names: int, most: int = 3) -> list[Content]:
    """A row as lines of `width` cells; at most `most` of them, the last one ended with … where there is more."""
    if row.kind == "question":
        return _render_question(row, width, names, most)
    indent = "  " * row.level
    if row.kind == "heading":
        sign = row_marker(row) if row.findings or row.state in ("parked", "needed") else (" ", "")
        label = fit(row.label, width - len(indent) - 2)
        rest = width - len(indent) - 4 - cell_len(label)
        count = f"  {fit(row.text, rest)}" if row.text and rest > 4 else ""
        return [Content.assemble((indent, ""), sign, " ", (label, "bold $secondary"), (count, "$faint"))]
    if row.kind == "item":
        return _render_item(row, width, indent, most)
    glyph = {"add": "+", "take": "+", "cases": "≡", "more": "…"}[row.kind]
    label = fit(row.label, width - len(indent) - 2)
    rest = width - len(indent) - 4 - cell_len(label)
    text = f"  {fit(row.text, rest)}" if row.text and rest > 8 else ""
    return [Content.assemble((f"{indent}{glyph} ", "$key"), (label, "$faint"), (text, "$faint"))]


def _render_item(row: Row, width: int, indent: str, most: int) -> list[Content]:
    sign, style = ("▾", "bold $secondary") if row.is_open and not row.findings else row_marker(row)
    room = width - len(indent) - 2
    label = fit(row.label, room)
    left = room - cell_len(label) - 2
    is_cut = bool(row.text) and cell_len(row.text) > left and not row.is_open and most > 2
    rest = f"  {fit(row.text, left)}" if row.text and left > 6 and not is_cut else ""
    open_below = f"  {row.open_below} to answer" if row.open_below and not row.is_open and left > 14 else ""
    head = Content.assemble(
        (indent, ""),
        (sign, style),
        " ",
        (label, "bold" if row.is_open else ""),
        (rest or open_below, "$faint"),
    )
    below = [Content.styled(f"{indent}  {fit(row.text, room)}", "$faint")] if is_cut else []
    return [head, *below]


def _render_question(row: Row, width: int, names: int, most: int) -> list[Content]:
    indent = "  " * row.level
    labels = wrapped(row.label, max(6, names - len(indent)))
    room = max(8, width - names - 4)
    asked = row.question.spec.prompt if row.question else ""
    style = {"answered": "$foreground", "parked": "$warning"}.get(row.state, "$faint")
    text = row.text or (asked if row.state == "needed" else "")
    if row.state == "filled":
        text = f"{text}  (filled in)"
    parts = wrapped(text, room) if text else [""]
    if len(parts) > most:
        parts = [*parts[: most - 1], fit(f"{parts[most - 1]} …", room - 1).removesuffix("…").rstrip() + " …"]
    name_style = "$foreground" if row.state == "needed" else "$faint"
    lines = []
    for at in range(max(len(labels), len(parts))):
        name = labels[at] if at < len(labels) else ""
        filling = " " * (names - len(indent) - cell_len(name) + 2)
        part = parts[at] if at < len(parts) else ""
        sign = row_marker(row) if at == 0 else (" ", "")
        lines.append(Content.assemble((indent, ""), sign, " ", (name, name_style), filling, (part, style)))
    return lines
