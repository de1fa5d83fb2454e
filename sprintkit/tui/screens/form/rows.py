"""The fields of a form as lines: the label, the answer, and a remark or an error about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from sprintkit.actions.form.field import Answers, Field, field_text
from sprintkit.charter.blank import is_blank
from sprintkit.text.date_parsing import parse_date_near
from sprintkit.text.dates import format_short_date
from sprintkit.text.numbers import format_count
from sprintkit.tui.lines import paragraph
from sprintkit.tui.text import fit_column, fit_line, one_line, wrap_limited
from sprintkit.tui.widgets.text_block import TextBlock

HINT_HEIGHT = 3
"""Most lines below the control for hints and errors. They are reserved, so that no row moves when one appears."""
MAX_ERROR_LINES = 2
"""How many of these an error may take."""
NEEDED_MARK = (" ○ ", "bold $primary")
NEEDED_WORD = "needed"
"""Symbol and word for an empty field that needs an answer. Once it has been left empty, an error takes their place."""
LEAD_WIDTH = 15
"""Columns for the label of a sentence above a field."""
MIN_LABEL_WIDTH, MAX_LABEL_WIDTH = 26, 56
"""Limits for the columns of the labels."""


class FieldRows(TextBlock):
    """The rows of fields that are not in focus. A click moves the focus to one."""

    auto_links = False


def label_width(width: int) -> int:
    """Return the width of the labels in a form of `width` columns."""
    return min(MAX_LABEL_WIDTH, max(MIN_LABEL_WIDTH, width // 2))


def control_label_width(field: Field, width: int) -> int:
    """Return the width of the label of the field in focus: less than `label_width` if its choices need the space."""
    usual_width = label_width(width)
    choice_width = max((cell_len(label) + 6 for _, label in field.choices), default=0)
    if choice_width <= width - usual_width - 5:
        return usual_width
    return max(16, cell_len(field.label) + 2 * field.depth + 3)


def field_rows(
    fields: Sequence[Field],
    answers: Answers,
    errors: Mapping[str, str],
    needed: Collection[str],
    width: int,
    first_index: int,
    section: str,
) -> list[Content]:
    """Return a line for each field, and a heading wherever a section begins.

    `needed` are the keys of fields that must not stay empty, `first_index` is the index of the first field in the form,
    and `section` is the section of the field before it.
    """
    lines: list[Content] = []
    for index, field in enumerate(fields, first_index):
        if field.section != section:
            section = field.section
            if lines or first_index:
                lines.append(Content(""))
            lines.append(section_heading(section))
        lines += lead_lines(field, width)
        lines.append(
            _field_row(field, answers, errors, needed, width).stylize(f"@click=screen.go_to({index})")
        )
    return lines


def lead_lines(field: Field, width: int) -> list[Content]:
    """Return the sentences above a field, wrapped."""
    lines: list[Content] = []
    for label, sentence in field.lead:
        lines += paragraph(one_line(sentence), width - 1, "", LEAD_WIDTH, (f"   {label}", "$faint"))
    return lines


def section_heading(section: str) -> Content:
    """Return the line above the fields of a section."""
    return Content.styled(f" {section}", "bold $primary")


def _field_row(
    field: Field, answers: Answers, errors: Mapping[str, str], needed: Collection[str], width: int
) -> Content:
    text, error = field_text(answers, field), errors.get(field.key, "")
    label_columns = label_width(width)
    indent = "  " * field.depth
    label = indent + fit_column(field.label, label_columns - len(indent))
    mark, mark_style = (" ✗ ", "bold $error") if field.key in errors else ("   ", "")
    if field.key in needed:
        mark, mark_style = NEEDED_MARK
    value_width = width - label_columns - 4
    value = fit_line(" ".join(part for part in (display_value(field, text), field.unit) if part), value_width)
    remark_width = value_width - cell_len(value) - 3
    is_set = not is_blank(text)
    remark = error or field.aside or (NEEDED_WORD if field.key in needed else "")
    remark = fit_line(remark, remark_width) if remark_width > 8 else ""
    return Content.assemble(
        (mark, mark_style),
        (label, "" if is_set or not field.depth else "$faint"),
        (" ", ""),
        (value, "bold" if field.key in answers and is_set else "$faint"),
        (f" · {remark}" if value else remark, "$error" if error else "$faint") if remark else "",
    )


def display_value(field: Field, text: str) -> str:
    """Return the answer to a field as people read it, with votes as dots."""
    if field.kind == "votes":
        count = sum(character.isdigit() for character in text)
        return f"{'•' * count}  {format_count(count, 'vote')}, hidden" if count else ""
    if field.kind in ("choice", "many"):
        labels = dict(field.choices)
        parts = [labels.get(choice, choice) for choice in text.split("\n")]
        if field.kind == "many":
            return ", ".join(part.partition(" ")[0] for part in parts if part)
        return parts[0]
    if field.kind == "date" and (day := parse_date_near(text, field.around)) is not None:
        return format_short_date(day)
    return one_line(text)


def hint_lines(field: Field, text: str, error: str, width: int, note: str = "") -> list[Content]:
    """Return the lines below the control: `note`, hints and the error, or empty lines reserved for an error.

    The hints of a date change while it is typed, so a date always has HINT_HEIGHT lines.
    """
    is_date = field.kind == "date" and parse_date_near(text, field.around) is not None
    date_in_words = display_value(field, text) if is_date else ""
    parts = (note, date_in_words, field.unit, field.aside, field.help)
    hints = " · ".join(part for part in parts if part)
    error_texts = _wrap_hint(error, width - 4, MAX_ERROR_LINES)
    height = HINT_HEIGHT
    if field.kind != "date":
        height = max(len(_wrap_hint(hints, width - 4, HINT_HEIGHT - 1)) + 1, MAX_ERROR_LINES)
    hint_texts = _wrap_hint(hints, width - 4, height - len(error_texts))
    lines = [Content.styled(f"   {line}", "$faint") for line in hint_texts]
    for index, line in enumerate(error_texts):
        lines.append(Content.styled(f"{'   ' if index else ' ✗ '}{line}", "bold $error"))
    return lines + [Content("")] * (height - len(lines))


def _wrap_hint(text: str, width: int, max_lines: int) -> list[str]:
    return wrap_limited(one_line(text), width, max_lines) if text else []
