"""The row in focus: the question to ask aloud, the control for its answer, and two lines of notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import TextArea

from sprintkit.actions.session.analysis import value_at
from sprintkit.actions.session.rows import Row, promise_question
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.suggest import (
    can_pick_many,
    is_closed_list,
    pick_options,
    suggest_completions,
)
from sprintkit.actions.session.values import describe_reading, is_one_line, splits_at_commas
from sprintkit.actions.session.verifier import named_in_proof, verifier_name
from sprintkit.charter.blank import is_blank_text
from sprintkit.charter.going_live import GOING_LIVE
from sprintkit.charter.paths import parse
from sprintkit.charter.people import nearest_name
from sprintkit.tui.lines import paragraph
from sprintkit.tui.screens.session.answer_hints import answer_hint, row_hint, where_to_type
from sprintkit.tui.screens.session.finding_text import finding_marker, finding_message
from sprintkit.tui.screens.session.rows import render_row
from sprintkit.tui.text import display_text, fit_line, one_line, wrap_text
from sprintkit.tui.widgets.editor import TextEditor, find_completion
from sprintkit.tui.widgets.options import MultipleChoice, OptionPicker, SingleChoice
from sprintkit.tui.widgets.text_block import TextBlock

NOTE_LINES = 2
"""Lines reserved for notes below the control."""
SUGGESTION_HINT = "completes it"
"""What → does with a suggestion; Enter takes only what is typed."""
MIN_HEIGHTS = {"prose": 2, "texts": 2}
"""Least height of the editor in lines by kind of question; 1 for all others."""


class ActiveQuestion(Vertical, can_focus=True):
    """Shows a row of any kind, with the control for its answer if it has one."""

    virtual_size = Reactive(Size(0, 0), repaint=False)  # it never scrolls: skip the second layout and paint

    @dataclass
    class Edited(Message):
        """The person edited the answer."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.row: Row | None = None
        self.session: Session | None = None
        self.control: TextEditor | OptionPicker | None = None
        """The control of the row; None if the row has none."""
        self.completions: list[str] = []
        """Possible answers; those that match what is typed are offered."""
        self.completion_index = -1
        """Index of the matching completion selected with the arrows; -1 for none."""
        self.is_stored = False
        """Whether an edit made here is stored in the session already."""
        self._loaded_text = ""
        """The text that the control started with."""
        self._shows_where_to_type = False
        """Whether the notes say where to type, because somebody typed on a row without a control."""

    def compose(self) -> ComposeResult:
        yield TextBlock(id="question")
        yield TextEditor(id="text-editor")
        yield SingleChoice(id="single-choice")
        yield MultipleChoice(id="multiple-choice")
        yield TextBlock(id="notes")

    # Showing a row

    def load(self, session: Session, row: Row, label_width: int) -> None:
        """Show another row, or the same one again with its answer from the session."""
        self.session, self.row = session, row
        self.completion_index = -1
        self._shows_where_to_type = False
        self.completions = []
        self.control = self._load_control(session, row)
        for control in (TextEditor, SingleChoice, MultipleChoice):
            widget = self.query_one(control)
            widget.display = widget is self.control
        self._loaded_text, self.is_stored = self.text, False
        self.query_one("#question", TextBlock).set_class(self.control is None, "-row")
        self.draw(row, label_width)

    def draw(self, row: Row, label_width: int) -> None:
        """Draw the question and the notes; the control stays as it is."""
        self.row = row
        width = max(self.content_size.width, 20)
        question_block = self.query_one("#question", TextBlock)
        if row.question is None or row.kind != "question":
            question_block.show(render_row(row, width, label_width))
        else:
            prompt = promise_question(self._promise_item(row)) if row.question.key == "proof" else ""
            question_block.show(paragraph(prompt or row.question.spec.prompt, width, "bold"))
        self.draw_notes()

    def _promise_item(self, row: Row) -> object:
        """The name of the production promise that a row belongs to; None if it belongs to none."""
        assert self.session is not None
        if not row.path.startswith("plan.readiness["):
            return None
        return value_at(self.session.document, (*parse(row.path)[:-1], "item"))

    def _load_control(self, session: Session, row: Row) -> TextEditor | OptionPicker | None:
        """Load the control that suits the question, and return it; None if the row takes no answer."""
        question = row.question
        if question is None or row.kind != "question":
            return None
        text = session.text(row.path)
        options = pick_options(session.analysis, question, row.path)
        value = value_at(session.document, parse(row.path))
        if options is not None:
            picker = self.query_one(MultipleChoice if can_pick_many(question) else SingleChoice)
            if question.kind == "texts" and isinstance(value, list):
                text = "\n".join(str(part) for part in value)
            elif question.kind == "choice" and question is not GOING_LIVE:
                text = value if isinstance(value, str) else ""
            picker.load([key for key, _ in options], [one_line(label) for _, label in options], text)
            return picker
        editor = self.query_one(TextEditor)
        self.completions = suggest_completions(session.analysis, question, row.path)
        has_one_line = is_one_line(question) and not (
            question.kind == "texts" and not splits_at_commas(question, value)
        )
        is_closed = is_closed_list(question)
        editor.load(text, is_one_line=has_one_line, completions=self.completions, is_closed=is_closed)
        editor.styles.min_height = MIN_HEIGHTS.get(question.kind, 1) + 2  # the frame takes two lines
        return editor

    @property
    def text(self) -> str:
        """The text in the control."""
        return "" if self.control is None else self.control.text

    @property
    def is_prose(self) -> bool:
        """Whether Enter starts a new line here."""
        return isinstance(self.control, TextEditor) and not self.control.is_one_line

    @property
    def is_edited(self) -> bool:
        """Whether the text differs from the loaded one."""
        return self.text != self._loaded_text

    def focus_control(self) -> None:
        """Move the focus to the control, or to this widget if there is none."""
        self.screen.set_focus(self.control or self, scroll_visible=False)

    # Notes

    def draw_notes(self) -> None:
        """Fill the lines below the control: with matching completions, and the most useful note."""
        row, width = self.row, max(self.content_size.width, 20)
        notes = self.query_one("#notes", TextBlock)
        if row is None or row.question is None or row.kind != "question":
            hint, style = self._row_note(row), "$faint"
            if self._shows_where_to_type:
                hint, style = f"! Nothing can be typed here. {where_to_type(row)}", "$warning"
            notes.show(paragraph(hint, width, style)[:3])
            return
        lines: list[Content] = []
        matches = self.matching_completions()
        if matches:
            lines.append(self._completion_line(matches, width))
        note, style = self._note(row)
        room = NOTE_LINES - len(lines)
        parts = wrap_text(note, width) if note else []
        if len(parts) > room:
            hint = " F2" if row.all_findings else ""
            cut = fit_line(" ".join(parts[room - 1 :]), width - len(hint))
            parts = [*parts[: room - 1], f"{cut}{hint}"]
        lines += [Content.styled(part, style) for part in parts]
        notes.show([*lines, *[Content("")] * (NOTE_LINES - len(lines))])

    def _note(self, row: Row) -> tuple[str, str]:
        """The most useful note about the answer, and its style."""
        assert self.session is not None and row.question is not None
        completion = self.implied_completion()
        if completion:
            return f"Enter takes {display_text(completion)}.", "$faint"
        if nearest := self.near_name():
            return f"! Did you mean {display_text(nearest)}? ↓ takes that name.", "$warning"
        verifier = verifier_name(self.session.analysis, row.path)
        if verifier and (named_person := named_in_proof(self.session.analysis, self.text, verifier)):
            note = f"! It names {named_person}, and {verifier} verifies it: change the verifier, below."
            return display_text(note), "$warning"
        if row.all_findings:
            return self._first_finding_text(row), finding_marker(row.all_findings[0], row)[1]
        if isinstance(self.control, MultipleChoice):
            return answer_hint(row.question, self.control, self.completions), "$faint"
        is_blank = is_blank_text(self.text)
        if row.question.kind == "person" and not is_blank and not any(map(str.isalpha, self.text)):
            note = "! This is not a name. Type the first and last name of somebody who can be called."
            return note, "$warning"
        interpretation = describe_reading(
            row.question, self.text, self.session.document, self.session.context.today
        )
        if interpretation:
            return display_text(interpretation), "$faint"
        if verifier:
            return f"{display_text(verifier)} verifies it, unless its verifier is changed below.", "$faint"
        if not is_blank:
            return "", ""
        if row.state == "filled" and row.text:
            return f"Filled in on saving: {display_text(row.text)}. Type only to change it.", "$faint"
        if row.state == "parked":
            return display_text(row.text), "$warning"
        return answer_hint(row.question, self.control, self.completions), "$faint"

    def _first_finding_text(self, row: Row) -> str:
        """The first finding about a row, and the number of others."""
        assert self.session is not None
        finding = row.all_findings[0]
        more = f" (and {len(row.all_findings) - 1} more: F2)" if len(row.all_findings) > 1 else ""
        return f"{finding_marker(finding, row)[0]} {finding_message(finding, self.session, row)}{more}"

    def _row_note(self, row: Row | None) -> str:
        """The note on a row that takes no answer: what Enter does, else its first finding, else its question."""
        if row is None:
            return ""
        if hint := row_hint(row):
            return hint
        if row.all_findings:
            return self._first_finding_text(row)
        return row.question.spec.prompt if row.question else ""

    def show_where_to_type(self) -> None:
        """Say below a row without a control where to type."""
        self._shows_where_to_type = True
        self.draw_notes()

    # Completions

    def matching_completions(self) -> list[str]:
        """The completions with a word that starts with the typed text; all of them if nothing is typed."""
        if not self.completions or not isinstance(self.control, TextEditor):
            return []
        typed = self.text.strip().casefold()
        if not typed:
            return self.completions
        if not self.is_edited:
            return []
        matches = [
            completion
            for completion in self.completions
            if any(start.startswith(typed) for start in _word_starts(completion))
        ]
        is_complete = [completion.casefold() for completion in matches] == [typed]
        nearest = self.near_name()
        return [] if is_complete else matches or ([nearest] if nearest else [])

    def _completion_line(self, matches: Sequence[str], width: int) -> Content:
        """Render the matching completions in one line, with the selected one in view."""
        parts: list[tuple[str, str]] = []
        if isinstance(self.control, TextEditor) and self.control.suggestion and not self.control.is_closed:
            parts += [("→ ", "$key"), (SUGGESTION_HINT, "$faint"), ("   ", "")]
        parts.append(("↓ ", "$key"))
        used_width = sum(cell_len(text) for text, _ in parts)
        first_index = max(0, self.completion_index - 2)
        if first_index:
            parts.append(("… ", "$faint"))
            used_width += 2
        for index, completion in enumerate(matches[first_index:], first_index):
            text = fit_line(completion, 28)
            if used_width + cell_len(text) + 3 > width:
                parts.append(("…", "$faint"))
                break
            style = "bold reverse $accent" if index == self.completion_index else "$foreground"
            parts += [(text, style), ("   ", "")]
            used_width += cell_len(text) + 3
        return Content.assemble(*parts)

    def implied_completion(self) -> str:
        """The answer of a closed list that Enter takes for a typed prefix; empty if Enter takes the text as typed."""
        row = self.row
        if row is None or row.question is None or not is_closed_list(row.question):
            return ""
        if not isinstance(self.control, TextEditor) or not self.is_edited or self.completion_index >= 0:
            return ""
        if self.text != self.text.rstrip():  # a space at the end says that the name is complete
            return ""
        typed = " ".join(self.text.casefold().split())
        if not typed or any(typed == completion.casefold() for completion in self.completions):
            return ""
        return find_completion(typed, self.completions, is_closed=True)

    def near_name(self) -> str:
        """The known person whose name the typed name resembles; empty if there is none."""
        is_person = (
            self.row is not None and self.row.question is not None and self.row.question.kind == "person"
        )
        return nearest_name(self.text, self.completions) if is_person and self.is_edited else ""

    def move_completion(self, step: int) -> bool:
        """Select the next or previous completion. Returns whether there was one."""
        matches = self.matching_completions()
        if (
            not matches
            or not isinstance(self.control, TextEditor)
            or (step < 0 and self.completion_index < 0)
        ):
            return False
        if step > 0 and self.text and self.completion_index < 0 and not self.is_edited:
            return False
        if self.completion_index + step >= len(matches):
            return False
        self.completion_index += step
        self.draw_notes()
        return True

    def accept_completion(self) -> None:
        """Replace the text by the selected completion, else by the implied one, if there is one."""
        if not isinstance(self.control, TextEditor):
            return
        matches = self.matching_completions()
        if 0 <= self.completion_index < len(matches):
            completion = matches[self.completion_index]
            self.completion_index = -1
            self.control.replace_text(completion)
        elif completion := self.implied_completion():
            self.control.replace_text(completion)

    # Events

    @on(TextArea.Changed)
    def post_typed(self, event: TextArea.Changed) -> None:
        """Say that the text was edited, and drop the selected completion."""
        event.stop()
        self.completion_index = -1
        self.post_message(self.Edited())

    @on(OptionPicker.Picked)
    def post_picked(self, event: OptionPicker.Picked) -> None:
        """Say that an option was picked."""
        event.stop()
        self.post_message(self.Edited())

    def on_click(self, event: events.Click) -> None:
        self.focus_control()


def _word_starts(name: str) -> list[str]:
    """The case-folded name from its first word on, from its second word on, and so on."""
    words = name.casefold().split()
    return [" ".join(words[start:]) for start in range(len(words))] or [""]
