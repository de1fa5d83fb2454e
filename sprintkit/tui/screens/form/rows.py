"""The rows of a form as lines: what is asked, what stands there, what is known beside it, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from sprintkit.actions.form.field import Answers, Field, field_text, parse_date_near
from sprintkit.charter.blank import is_blank
from sprintkit.text.dates import format_short_date
from sprintkit.text.numbers import format_count
from sprintkit.tui.text import fit_column, fit_line, one_line, wrap_text
from sprintkit.tui.widgets.text_block import TextBlock

NOTES = 3
"""Lines kept free under the control, so that what is said there moves no row."""
LABEL = 56
"""Columns of a label at the most."""


class Rows(TextBlock):
    """Rows that are not in focus; a click goes to one."""

    auto_links = False


def label_width(width: int) -> int:
    """Columns that labels have in a form of `width` columns."""
    return min(LABEL, max(26, width // 2))


def label_beside(field: Field, width: int) -> int:
    """Columns of the label of the field in focus; it gives way where choices need more than their half."""
    labels = label_width(width)
    longest = max((cell_len(words) + 6 for _, words in field.choices), default=0)
    return labels if longest <= width - labels - 5 else max(16, cell_len(field.label) + 2 * field.depth + 3)


def rows(
    shown: Sequence[Field], answers: Answers, refused: Mapping[str, str], width: int, first: int, section: str
) -> list[Content]:
    """Lines for some fields; `first` is the number of the first one, `section` that of the row before."""
    lines: list[Content] = []
    for at, field in enumerate(shown, first):
        if field.section != section:
            section = field.section
            if lines or first:
                lines.append(Content(""))
            lines.append(heading(section))
        lines.append(_row(field, answers, refused, width).stylize(f"@click=screen.go({at})"))
    return lines


def heading(section: str) -> Content:
    """The line above the fields of a section."""
    return Content.styled(f" {section}", "bold $primary")


def _row(field: Field, answers: Answers, refused: Mapping[str, str], width: int) -> Content:
    text = field_text(answers, field)
    said = in_words(field, text)
    labels = label_width(width)
    indent = "  " * field.depth
    label = indent + fit_column(field.label, labels - len(indent))
    mark, style = (" ✗ ", "bold $error") if field.key in refused else ("   ", "")
    room = width - labels - 4
    value = fit_line(said, room)
    left = room - cell_len(value) - 2
    is_set = not is_blank(text)
    refusal = refused.get(field.key, "")
    aside = fit_line(refusal or field.aside, left) if left > 8 else ""
    return Content.assemble(
        (mark, style),
        (label, "" if is_set or not field.depth else "$faint"),
        (" ", ""),
        (value, "bold" if field.key in answers and is_set else "$faint"),
        (f"  {aside}" if value else aside, "$error" if refusal else "$faint") if aside else "",
    )


def in_words(field: Field, text: str) -> str:
    """What stands in a field, as it is read; votes stay unseen."""
    if field.kind == "votes":
        count = len([sign for sign in text if sign.isdigit()])
        return f"{'•' * count}  {format_count(count, 'vote')}, unseen" if count else ""
    if field.kind in ("choice", "many"):
        words = dict(field.choices)
        parts = [words.get(one, one) for one in text.split("\n")]
        if field.kind == "many":
            return ", ".join(one.partition(" ")[0] for one in parts if one)
        return parts[0]
    if field.kind == "date" and (found := parse_date_near(text, field.around)) is not None:
        return format_short_date(found)
    return one_line(text)


def beneath(field: Field, text: str, refusal: str, width: int) -> list[Content]:
    """The lines under the control, always as many: what to know, and what is refused."""
    read = in_words(field, text) if field.kind == "date" and parse_date_near(text, field.around) else ""
    known = " · ".join(part for part in (read, field.aside, field.help) if part)
    wrong = _lines(refusal, width - 4, 2)
    told = _lines(known, width - 4, NOTES - len(wrong))
    lines = [Content.styled(f"   {one}", "$faint") for one in told]
    for at, one in enumerate(wrong):
        lines.append(Content.styled(f"{'   ' if at else ' ✗ '}{one}", "bold $error"))
    return lines + [Content("")] * (NOTES - len(lines))


def _lines(text: str, width: int, most: int) -> list[str]:
    """A sentence in at most so many lines, the last one cut where it has to be."""
    if not text:
        return []
    found = wrap_text(one_line(text), width)
    return found if len(found) <= most else [*found[: most - 1], fit_line(" ".join(found[most - 1 :]), width)]
