"""The row in focus: the question to ask aloud, the control for its answer, and two lines for notes."""

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
from sprintkit.tui.screens.session.finding_text import finding_marker, finding_message
from sprintkit.tui.screens.session.rows import render_row
from sprintkit.tui.text import display_text, fit_line, one_line, wrap_text
from sprintkit.tui.widgets.editor import TextEditor, find_completion
from sprintkit.tui.widgets.options import MultipleChoice, OptionPicker, SingleChoice
from sprintkit.tui.widgets.text_block import TextBlock

NOTE_LINES = 2
"""Lines reserved below the control."""
GREY_HINT = "takes the grey"
"""What → does with the rest of a completion; Enter takes only what is typed."""
MIN_HEIGHTS = {"prose": 2, "texts": 2}
"""Least height of an editor in lines, by kind of question; 1 for all others."""


class ActiveQuestion(Vertical, can_focus=True):
    """Shows one row with its live control, whatever kind of row it is."""

    virtual_size = Reactive(Size(0, 0), repaint=False)  # it never scrolls: skip the second layout and paint

    @dataclass
    class Edited(Message):
        """The answer was edited."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.row: Row | None = None
        self.session: Session | None = None
        self.control: TextEditor | OptionPicker | None = None
        """The control of the row; None if the row has none."""
        self.completions: list[str] = []
        """Possible answers to complete what is typed."""
        self.completion_index = -1
        """Which of the matches ones is chosen with the arrows."""
        self.is_stored = False
        """Whether the session already has an edit made here."""
        self._loaded_text = ""
        self._is_typed_at = False
        """Whether somebody typed although this row takes no text."""

    def compose(self) -> ComposeResult:
        yield TextBlock(id="question")
        yield TextEditor(id="text-editor")
        yield SingleChoice(id="single-choice")
        yield MultipleChoice(id="multiple-choice")
        yield TextBlock(id="notes")

    # Showing a row

    def load(self, session: Session, row: Row, label_width: int) -> None:
        """Show another row, or the same one with another answer."""
        self.session, self.row = session, row
        self.completion_index = -1
        self._is_typed_at = False
        self.completions = []
        self.control = self._load_control(session, row)
        for control in (TextEditor, SingleChoice, MultipleChoice):
            widget = self.query_one(control)
            widget.display = widget is self.control
        self._loaded_text, self.is_stored = self.text, False
        self.query_one("#question", TextBlock).set_class(self.control is None, "-row")
        self.draw(row, label_width)

    def draw(self, row: Row, label_width: int) -> None:
        """Show the question and the notes below the answer."""
        self.row = row
        width = max(self.content_size.width, 20)
        question_block = self.query_one("#question", TextBlock)
        if row.question is None or row.kind != "question":
            question_block.show(render_row(row, width, label_width))
        else:
            prompt = promise_question(self._promise_item(row)) if row.question.key == "proof" else ""
            parts = wrap_text(prompt or row.question.spec.prompt, width)
            question_block.show([Content.styled(part, "bold") for part in parts])
        self.draw_notes()

    def _promise_item(self, row: Row) -> object:
        """The production promise that a row belongs to; None if it belongs to none."""
        assert self.session is not None
        if not row.path.startswith("plan.readiness["):
            return None
        return value_at(self.session.document, (*parse(row.path)[:-1], "item"))

    def _load_control(self, session: Session, row: Row) -> TextEditor | OptionPicker | None:
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
        """Fill the lines below the control."""
        row, width = self.row, max(self.content_size.width, 20)
        notes = self.query_one("#notes", TextBlock)
        if row is None or row.question is None or row.kind != "question":
            hint, style = self._row_hint(), "$faint"
            if self._is_typed_at:
                hint, style = f"! Nothing can be typed here. {self._where_to_type()}", "$warning"
            notes.show([Content.styled(part, style) for part in wrap_text(hint, width)[:3]])
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
        """The most useful thing to say about the answer, and its style."""
        assert self.session is not None and row.question is not None
        completion = self.implied_completion()
        if completion:
            return f"Enter takes {display_text(completion)}.", "$faint"
        if nearest := self.near_name():
            return f"! Did you mean {display_text(nearest)}? ↓ takes that name.", "$warning"
        verifier = verifier_name(self.session.analysis, row.path)
        if verifier and (named := named_in_proof(self.session.analysis, self.text, verifier)):
            message = f"! It names {named}, and {verifier} verifies it: change the verifier, below."
            return display_text(message), "$warning"
        if row.all_findings:
            return self._first_finding_text(row), finding_marker(row.all_findings[0], row)[1]
        if isinstance(self.control, MultipleChoice):
            return self._answer_hint(row), "$faint"
        if (
            row.question.kind == "person"
            and not is_blank_text(self.text)
            and not any(map(str.isalpha, self.text))
        ):
            return (
                "! This is not a name. Type the first and last name of somebody who can be called.",
                "$warning",
            )
        interpretation = describe_reading(
            row.question, self.text, self.session.document, self.session.context.today
        )
        if interpretation:
            return display_text(interpretation), "$faint"
        if verifier:
            return f"{display_text(verifier)} verifies it, unless its verifier is changed below.", "$faint"
        if is_blank_text(self.text):
            if row.state == "filled" and row.text:
                note = f"Filled in on saving: {display_text(row.text)}. Type only to change it."
                return note, "$faint"
            if row.state == "parked":
                return display_text(row.text), "$warning"
            return self._answer_hint(row), "$faint"
        return "", ""

    def _first_finding_text(self, row: Row) -> str:
        """The first finding about a row, and how many more there are."""
        assert self.session is not None
        finding = row.all_findings[0]
        more = f" (and {len(row.all_findings) - 1} more: F2)" if len(row.all_findings) > 1 else ""
        return f"{finding_marker(finding, row)[0]} {finding_message(finding, self.session, row)}{more}"

    def _answer_hint(self, row: Row) -> str:
        assert row.question is not None
        kind = row.question.kind
        if isinstance(self.control, MultipleChoice):
            by_name = "their names" if self.control.names.are_numbered else "their numbers"
            arrows = "↑ ↓" if self.control.is_vertical else "← →"
            return f"{arrows} and Space, or {by_name}; * is all of them."
        if isinstance(self.control, SingleChoice):
            arrows = "↑ ↓" if self.control.is_vertical else "← →"
            return f"{arrows} or the first letters."
        if kind == "person":
            return "" if self.completions else "First and last name; typed once, known from then on."
        if kind == "texts":
            return "Commas between them." if splits_at_commas(row.question) else "One in each line."
        if kind == "date":
            return "Day and month; the year can be left out. ctrl+l opens a calendar."
        return ""

    def show_where_to_type(self) -> None:
        """Say below a row without a control where to type."""
        self._is_typed_at = True
        self.draw_notes()

    def _where_to_type(self) -> str:
        kind = self.row.kind if self.row else ""
        return {
            "item": "Enter opens it; type into its questions.",
            "add": "Enter adds it; then type.",
        }.get(kind, "↓ and Enter go to the next question.")

    def _row_hint(self) -> str:
        kind = self.row.kind if self.row else ""
        return {
            "item": "Enter opens it.  F9 copies, moves or deletes it, ctrl+t adds one.",
            "add": "Enter adds it.",
            "suggested": "Enter takes them; each can be changed then.",
            "cases": "Enter opens them: who said what, which answers are the same, what is settled.",
            "more": "Enter shows or hides them.",
        }.get(kind, self._list_hint())

    def _list_hint(self) -> str:
        row = self.row
        if row and row.all_findings:
            return self._first_finding_text(row)
        return row.question.spec.prompt if row and row.question else ""

    # Completions

    def matching_completions(self) -> list[str]:
        """The completions that match the typed text, also while one of them is selected; all if nothing is typed."""
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
        """The matching completions in one line, with the selected one in view."""
        parts: list[tuple[str, str]] = []
        if isinstance(self.control, TextEditor) and self.control.suggestion and not self.control.is_closed:
            parts += [("→ ", "$key"), (GREY_HINT, "$faint"), ("   ", "")]
        parts.append(("↓ ", "$key"))
        used, first = sum(cell_len(text) for text, _ in parts), max(0, self.completion_index - 2)
        if first:
            parts.append(("… ", "$faint"))
            used += 2
        for index, completion in enumerate(matches[first:], first):
            text = fit_line(completion, 28)
            if used + cell_len(text) + 3 > width:
                parts.append(("…", "$faint"))
                break
            style = "bold reverse $accent" if index == self.completion_index else "$foreground"
            parts += [(text, style), ("   ", "")]
            used += cell_len(text) + 3
        return Content.assemble(*parts)

    def implied_completion(self) -> str:
        """The person or field that Enter takes for a typed prefix; empty if Enter takes the text as typed."""
        row = self.row
        if row is None or row.question is None or not self.is_edited:
            return ""
        if not is_closed_list(row.question):
            return ""
        if not isinstance(self.control, TextEditor) or self.completion_index >= 0:
            return ""
        if self.text != self.text.rstrip():
            return ""
        typed = " ".join(self.text.casefold().split())
        if not typed or any(typed == completion.casefold() for completion in self.completions):
            return ""
        return find_completion(typed, self.completions, is_closed=True)

    def near_name(self) -> str:
        """The known person whom a typed new name nearly names; empty if there is none."""
        is_person = (
            self.row is not None and self.row.question is not None and self.row.question.kind == "person"
        )
        return nearest_name(self.text, self.completions) if is_person and self.is_edited else ""

    def move_completion(self, step: int) -> bool:
        """Select the next or previous completion. Returns False if there is none to move to."""
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
        """Replace the text by the selected completion, or by the implied one."""
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
        """Post Edited: something was typed."""
        event.stop()
        self.completion_index = -1
        self.post_message(self.Edited())

    @on(OptionPicker.Picked)
    def post_picked(self, event: OptionPicker.Picked) -> None:
        """Post Edited: an option was picked."""
        event.stop()
        self.post_message(self.Edited())

    def on_click(self, event: events.Click) -> None:
        self.focus_control()


def _word_starts(name: str) -> list[str]:
    """The name from its first word on, from its second word on, and so on, case-folded."""
    words = name.casefold().split()
    return [" ".join(words[start:]) for start in range(len(words))] or [""]
