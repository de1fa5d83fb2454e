"""All fields of a form: the rows above, the control of the field in focus, and the rows below."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from sprintkit.actions.form.field import Answers, Field, field_text
from sprintkit.charter.blank import is_blank
from sprintkit.tui.screens.form.rows import (
    NEEDED_WORD,
    FieldRows,
    control_label_width,
    field_rows,
    hint_lines,
    lead_lines,
    section_heading,
)
from sprintkit.tui.text import one_line, wrap_text
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.form_scroll import FormScroll
from sprintkit.tui.widgets.masked_input import MaskedInput
from sprintkit.tui.widgets.options import MultipleChoice, OptionPicker, SingleChoice
from sprintkit.tui.widgets.text_block import TextBlock

PROSE_KINDS = ("prose", "texts")
"""Kinds of fields whose answer may have several lines."""
MIN_PROSE_HEIGHT = 2
"""Least height of the editor for such an answer, in lines."""
MIN_WIDTH = 10
"""Width in columns below which the form is not drawn."""

FieldInput = OptionPicker | TextEditor | MaskedInput


class FieldControl(Vertical):
    """Edits one field at a time, with the input that suits its kind."""

    key = ""
    """Key of the field that is being edited; empty before the first one."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="input"):
            yield Static(id="label", markup=False)
            yield SingleChoice(id="single")
            yield MultipleChoice(id="multiple")
            yield TextEditor(id="editor")
            yield MaskedInput(id="masked")
        yield TextBlock(id="hints")

    def on_mount(self) -> None:
        self.input: FieldInput = self.query_one(TextEditor)

    def load(self, field: Field, text: str, *, is_needed: bool = False) -> FieldInput:
        """Edit another field, whose answer is `text`, and return the input to focus. Posts no message.

        `is_needed` says that the field must not stay empty. While it is empty, ↑ and ↓ pick one of its choices. In every
        other single choice they move on, so that nobody changes an answer in passing.
        """
        self.key = field.key
        self.input = self._input_for(field)
        for widget in self.query("#input > *").exclude("#label"):
            widget.display = widget is self.input
        if isinstance(self.input, OptionPicker):
            self.input.keeps_arrows = (is_needed and is_blank(text)) or field.kind == "many"
            labels = [one_line(label) for _, label in field.choices]
            self.input.load([choice for choice, _ in field.choices], labels, text)
        elif isinstance(self.input, TextEditor):
            is_prose = field.kind in PROSE_KINDS
            is_prefilled = text == field.default
            self.input.load(text, is_one_line=not is_prose, is_prefilled=is_prefilled)
            self.input.styles.min_height = MIN_PROSE_HEIGHT if is_prose else 1
        else:
            with self.input.prevent(Input.Changed):
                self.input.value = text
        return self.input

    def _input_for(self, field: Field) -> FieldInput:
        if field.kind == "choice":
            return self.query_one(SingleChoice)
        if field.kind == "many":
            return self.query_one(MultipleChoice)
        return self.query_one(MaskedInput) if field.kind == "votes" else self.query_one(TextEditor)

    @property
    def text(self) -> str:
        """The answer."""
        return self.input.value if isinstance(self.input, MaskedInput) else self.input.text

    def draw(self, field: Field, answer: str, error: str, width: int, note: str) -> None:
        """Lay out the label, the hints and the error in a form of `width` columns; `note` is the first hint."""
        label = self.query_one("#label", Static)
        label_columns = control_label_width(field, width)
        label.styles.width = label_columns + 4
        indent = " " + "  " * field.depth
        first, *rest = wrap_text(one_line(field.label), label_columns - len(indent) - 1)
        text = Content.styled(f"\n{indent}  ".join([f"{indent}▸ {first}", *rest]), "bold")
        if text != label.content:  # an update lays out the whole screen, at every key
            label.update(text)
        self.query_one("#hints", TextBlock).show(hint_lines(field, answer, error, width, note))


class FieldList(FormScroll):
    """Scrolls through the fields of a form. The control takes the place of the row in focus."""

    def compose(self) -> ComposeResult:
        yield FieldRows(id="above")
        yield FieldControl()
        yield FieldRows(id="below")

    def draw(
        self,
        fields: Sequence[Field],
        cursor: int,
        answers: Answers,
        errors: Mapping[str, str],
        needed: Collection[str] = (),
        same_hint: str = "",
    ) -> None:
        """Lay out the rows and the control of the field at index `cursor`, at the current width.

        `needed` are the keys of fields that must not stay empty. `same_hint` names the key that gives the fields below
        the same answer; empty if there are none.
        """
        width = self.size.width - 1
        if width < MIN_WIDTH:
            return
        field, before, after = fields[cursor], fields[:cursor], fields[cursor + 1 :]
        above = field_rows(before, answers, errors, needed, width, 0, "")
        if field.section != (before[-1].section if before else ""):
            above += [*([Content("")] if above else []), section_heading(field.section)]
        above += lead_lines(field, width)
        self.query_one("#above", TextBlock).show(above)
        error = errors.get(field.key, "")
        note = " · ".join(part for part in (NEEDED_WORD if field.key in needed else "", same_hint) if part)
        self.query_one(FieldControl).draw(field, field_text(answers, field), error, width, note)
        below = field_rows(after, answers, errors, needed, width, cursor + 1, field.section)
        self.query_one("#below", TextBlock).show(below)

    def scroll_to_control(self) -> None:
        """Scroll to the field in focus, once the rows are laid out."""
        self.call_after_refresh(self._show_control)

    def _show_control(self) -> None:
        control = self.query_one(FieldControl)
        line = control.input.cursor_line if isinstance(control.input, OptionPicker) else 0
        self.scroll_into_view(control, line)
