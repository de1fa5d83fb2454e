"""Renders the rows of a section: a symbol, a label and the answer, in columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from sprintkit.actions.session.rows import Row
from sprintkit.charter.findings import ERROR
from sprintkit.tui.text import fit_line, wrap_text

STATE_MARKERS = {
    "answered": ("✓", "$success"),
    "filled": ("·", "$faint"),
    "parked": ("P", "bold $warning"),
    "needed": ("○", "bold $primary"),
    "optional": ("·", "$faint"),
}
"""Symbol and style by state of the answer, if no rule objects."""


def row_marker(row: Row) -> tuple[str, str]:
    """Return the symbol before a row, and its style: that of the worst finding, else that of the answer's state."""
    if any(finding.severity == ERROR for finding in row.findings):
        return "✗", "bold $error"
    if row.findings:
        return "!", "bold $warning"
    return STATE_MARKERS[row.state]


def label_width(rows: Sequence[Row], width: int) -> int:
    """Return the width of the labels: that of the longest one, but at most 28 cells or 45 % of `width`."""
    widths = [2 * row.level + cell_len(row.label) for row in rows if row.kind == "question"]
    return min(max(widths, default=0), max(10, width * 9 // 20), 28)


def render_row(row: Row, width: int, label_width: int, max_lines: int = 3) -> list[Content]:
    """Render a row in at most `max_lines` lines of at most `width` cells; text that is too long ends with an ellipsis."""
    if row.kind == "question":
        return _render_question(row, width, label_width, max_lines)
    indent = "  " * row.level
    if row.kind == "heading":
        marker = row_marker(row) if row.findings or row.state in ("parked", "needed") else (" ", "")
        label = fit_line(row.label, width - len(indent) - 2)
        text_width = width - len(indent) - 4 - cell_len(label)
        count = f"  {fit_line(row.text, text_width)}" if row.text and text_width > 4 else ""
        return [Content.assemble((indent, ""), marker, " ", (label, "bold $secondary"), (count, "$faint"))]
    if row.kind == "item":
        return _render_item(row, width, indent, max_lines)
    glyph = {"add": "+", "suggested": "+", "cases": "≡", "more": "…"}[row.kind]
    label = fit_line(row.label, width - len(indent) - 2)
    text_width = width - len(indent) - 4 - cell_len(label)
    text = f"  {fit_line(row.text, text_width)}" if row.text and text_width > 8 else ""
    return [Content.assemble((f"{indent}{glyph} ", "$key"), (label, "$faint"), (text, "$faint"))]


def _render_item(row: Row, width: int, indent: str, max_lines: int) -> list[Content]:
    symbol, style = ("▾", "bold $secondary") if row.is_open and not row.findings else row_marker(row)
    room = width - len(indent) - 2
    label = fit_line(row.label, room)
    text_width = room - cell_len(label) - 2
    needs_second_line = (
        bool(row.text) and cell_len(row.text) > text_width and not row.is_open and max_lines > 2
    )
    text = (
        f"  {fit_line(row.text, text_width)}" if row.text and text_width > 6 and not needs_second_line else ""
    )
    open_below = (
        f"  {row.open_count} to answer" if row.open_count and not row.is_open and text_width > 14 else ""
    )
    head = Content.assemble(
        (indent, ""),
        (symbol, style),
        " ",
        (label, "bold" if row.is_open else ""),
        (text or open_below, "$faint"),
    )
    second_line = Content.styled(f"{indent}  {fit_line(row.text, room)}", "$faint")
    return [head, second_line] if needs_second_line else [head]


def _render_question(row: Row, width: int, label_width: int, max_lines: int) -> list[Content]:
    indent = "  " * row.level
    labels = wrap_text(row.label, max(6, label_width - len(indent)))
    room = max(8, width - label_width - 4)
    prompt = row.question.spec.prompt if row.question else ""
    style = {"answered": "$foreground", "parked": "$warning"}.get(row.state, "$faint")
    text = row.text or (prompt if row.state == "needed" else "")
    if row.state == "filled":
        text = f"{text}  (filled in)"
    parts = wrap_text(text, room) if text else [""]
    if len(parts) > max_lines:
        last = fit_line(f"{parts[max_lines - 1]} …", room - 1).removesuffix("…").rstrip()
        parts = [*parts[: max_lines - 1], f"{last} …"]
    label_style = "$foreground" if row.state == "needed" else "$faint"
    lines = []
    for index in range(max(len(labels), len(parts))):
        label = labels[index] if index < len(labels) else ""
        filling = " " * (label_width - len(indent) - cell_len(label) + 2)
        part = parts[index] if index < len(parts) else ""
        marker = row_marker(row) if index == 0 else (" ", "")
        lines.append(
            Content.assemble((indent, ""), marker, " ", (label, label_style), filling, (part, style))
        )
    return lines
