"""The row in focus: the question as it is asked aloud, its one control, and two lines kept free for what is said."""

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

from sprintkit.actions.session.analysis import said_here, value_at
from sprintkit.actions.session.rows import Row, promise_asked
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.suggest import completions, picks, picks_many, takes_offered
from sprintkit.actions.session.values import advice, is_one_line, reads_as, splits_at_commas
from sprintkit.charter.blank import is_blank_text
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.paths import parse
from sprintkit.tui.screens.session.rows import render_row
from sprintkit.tui.text import display_text, fit, line, wrapped
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.options import MultipleChoice, SingleChoice, OptionPicker
from sprintkit.tui.widgets.text_block import TextBlock

NOTE_LINES = 2
"""Lines kept free under the control."""
MIN_HEIGHTS = {"prose": 4, "line": 2, "texts": 4}
"""Lines of a control at least, by kind; one for all others."""


class ActiveQuestion(Vertical, can_focus=True):
    """One live control, whatever the row is."""

    virtual_size = Reactive(Size(0, 0), repaint=False)  # it never scrolls: no second layout and paint

    @dataclass
    class Edited(Message):
        """Something was typed or picked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.row: Row | None = None
        self.session: Session | None = None
        self.control: TextEditor | OptionPicker | None = None
        """What has the keyboard; None where the row has no control."""
        self.completions_: list[str] = []
        """What the answer may become."""
        self.completion_index = -1
        """Which of the fitting ones is chosen with the arrows."""
        self.is_stored = False
        """Whether something that was typed here is in the session already."""
        self._loaded_text = ""

    def compose(self) -> ComposeResult:
        yield TextBlock(id="question")
        yield TextEditor(id="text-editor")
        yield SingleChoice(id="single-choice")
        yield MultipleChoice(id="multiple-choice")
        yield TextBlock(id="notes")

    # What it shows

    def load(self, session: Session, row: Row, names: int) -> None:
        """Shows another row, or the same one with another answer."""
        self.session, self.row = session, row
        self.completion_index = -1
        self.completions_ = []
        self.control = self._load_control(session, row)
        for control in (TextEditor, SingleChoice, MultipleChoice):
            widget = self.query_one(control)
            widget.display = widget is self.control
        self._loaded_text, self.is_stored = self.text, False
        self.query_one("#question", TextBlock).set_class(self.control is None, "-row")
        self.draw(row, names)

    def draw(self, row: Row, names: int) -> None:
        """Shows the question, and what is to be said about the answer."""
        self.row = row
        width = max(self.content_size.width, 20)
        asked = self.query_one("#question", TextBlock)
        if row.question is None or row.kind != "question":
            asked.show(render_row(row, width, names))
        else:
            ask = promise_asked(self._promise_item(row)) if row.question.key == "proof" else ""
            parts = wrapped(ask or row.question.spec.prompt, width)
            asked.show([Content.styled(part, "bold") for part in parts])
        self.draw_notes()

    def _promise_item(self, row: Row) -> object:
        assert self.session is not None
        if not row.path.startswith("plan.readiness["):
            return None
        return value_at(self.session.document, (*parse(row.path)[:-1], "item"))

    def _load_control(self, session: Session, row: Row) -> TextEditor | OptionPicker | None:
        question = row.question
        if question is None or row.kind != "question":
            return None
        text = session.text(row.path)
        offered = picks(session.standing, question, row.path)
        value = value_at(session.document, parse(row.path))
        if offered is not None:
            options = self.query_one(MultipleChoice if picks_many(question) else SingleChoice)
            if question.kind == "texts" and isinstance(value, list):
                text = "\n".join(str(part) for part in value)
            elif question.kind == "choice":
                text = value if isinstance(value, str) else ""
            options.load([key for key, _ in offered], [line(word) for _, word in completions_], text)
            return options
        editor = self.query_one(TextEditor)
        self.completions_ = completions(session.standing, question, row.path)
        is_line = is_one_line(question) and not (
            question.kind == "texts" and not splits_at_commas(question, value)
        )
        editor.load(text, is_one_line=is_line, completions=self.completions_)
        editor.styles.min_height = MIN_HEIGHTS.get(question.kind, 1) + 2  # its frame
        return editor

    @property
    def text(self) -> str:
        """What stands in the control."""
        return "" if self.control is None else self.control.text

    @property
    def is_prose(self) -> bool:
        """Whether Enter begins a new line here."""
        return isinstance(self.control, TextEditor) and not self.control.is_one_line

    @property
    def is_edited(self) -> bool:
        """Whether something else stands there than was loaded."""
        return self.text != self._loaded_text

    def focus_control(self) -> None:
        """Gives the keyboard to the control."""
        self.screen.set_focus(self.control or self, scroll_visible=False)

    # What is said about the answer

    def draw_notes(self) -> None:
        """Fills the lines under the control."""
        row, width = self.row, max(self.content_size.width, 20)
        notes = self.query_one("#notes", TextBlock)
        if row is None or row.question is None or row.kind != "question":
            hint = self._row_hint()
            notes.show([Content.styled(part, "$faint") for part in wrapped(hint, width)[:3]])
            return
        lines: list[Content] = []
        fitting = self.matching_completions()
        if fitting:
            lines.append(self._completion_line(fitting, width))
        said = self._note(row)
        room = NOTE_LINES - len(lines)
        parts = wrapped(said[0], width) if said[0] else []
        if len(parts) > room:
            hint = " F2" if row.told else ""
            cut = fit(" ".join(parts[room - 1 :]), width - len(hint))
            parts = [*parts[: room - 1], f"{cut}{hint}"]
        lines += [Content.styled(part, said[1]) for part in parts]
        notes.show([*lines, *[Content("")] * (NOTE_LINES - len(lines))])

    def _note(self, row: Row) -> tuple[str, str]:
        """The one thing worth saying under the control, and its style."""
        assert self.session is not None and row.question is not None
        taken = self.implied_completion()
        if taken:
            return f"Enter takes {display_text(taken)}.", "$faint"
        if row.told:
            return self._first_finding_text(row), finding_marker(row.told[0], row)[1]
        if isinstance(self.control, MultipleChoice):
            return self._answer_hint(row), "$faint"
        if (
            row.question.kind == "person"
            and not is_blank_text(self.text)
            and not any(map(str.isalpha, self.text))
        ):
            return "! This is no name. First and last name of somebody who can be called.", "$warning"
        read = reads_as(row.question, self.text, self.session.document)
        if read:
            return display_text(read), "$faint"
        if is_blank_text(self.text):
            filled = row.text if row.state == "filled" else ""
            if filled:
                return (
                    f"Filled in when it is saved: {display_text(filled)}. Type only what is otherwise.",
                    "$faint",
                )
            if row.state == "parked":
                return display_text(row.text), "$warning"
            return self._answer_hint(row), "$faint"
        return "", ""

    def _first_finding_text(self, row: Row) -> str:
        """The first that the rules say at a row, and how many more there are."""
        assert self.session is not None
        finding = row.told[0]
        more = f" (and {len(row.told) - 1} more: F2)" if len(row.told) > 1 else ""
        return f"{finding_marker(finding, row)[0]} {finding_message(finding, self.session, row)}{more}"

    def _answer_hint(self, row: Row) -> str:
        assert row.question is not None
        kind = row.question.kind
        if isinstance(self.control, MultipleChoice):
            return "← → and Space, or their numbers; * is all of them."
        if isinstance(self.control, SingleChoice):
            return "← → or the first letters."
        if kind == "person":
            return "" if self.completions_ else "First and last name; typed once, known from then on."
        if kind == "texts":
            return "Commas between them." if splits_at_commas(row.question) else "One in each line."
        if kind == "date":
            return "16 Feb 2026, or ctrl+l for a calendar."
        return ""

    def _row_hint(self) -> str:
        kind = self.row.kind if self.row else ""
        return {
            "item": "Enter opens it.  a adds one, c copies it, d deletes it, alt+↑ and alt+↓ move it.",
            "add": "Enter adds it.",
            "take": "Enter takes them; each can be changed then.",
            "cases": "Enter opens them: who said what, which answers are the same, what is settled.",
            "more": "Enter shows or hides them.",
        }.get(kind, self._list_hint())

    def _list_hint(self) -> str:
        row = self.row
        if row and row.told:
            return self._first_finding_text(row)
        return row.question.spec.prompt if row and row.question else ""

    # Completions

    def matching_completions(self) -> list[str]:
        """What the answer may become, given what was typed of it."""
        if not self.completions_ or not isinstance(self.control, TextEditor):
            return []
        typed = self.text.strip().casefold()
        if self.completion_index >= 0 or not typed:
            return self.completions_
        if not self.is_edited:
            return []
        fits = [one for one in self.completions_ if any(part.startswith(typed) for part in _word_starts(one))]
        return [] if [one.casefold() for one in fits] == [typed] else fits

    def _completion_line(self, fitting: Sequence[str], width: int) -> Content:
        """The fitting ones in one line, the chosen one in sight."""
        parts: list[tuple[str, str]] = [("↓ ", "$key")]
        used, first = 2, max(0, self.completion_index - 2)
        if first:
            parts.append(("… ", "$faint"))
            used += 2
        for at, one in enumerate(fitting[first:], first):
            text = fit(one, 28)
            if used + cell_len(text) + 3 > width:
                parts.append(("…", "$faint"))
                break
            parts += [(text, "bold reverse $accent" if at == self.completion_index else "$foreground"), ("   ", "")]
            used += cell_len(text) + 3
        return Content.assemble(*parts)

    def implied_completion(self) -> str:
        """What Enter takes for its beginning: a person, a field; empty where it takes what was typed."""
        row = self.row
        if row is None or row.question is None or not self.is_edited:
            return ""
        if not takes_offered(row.question):
            return ""
        if not isinstance(self.control, TextEditor) or self.completion_index >= 0 or self.text != self.text.rstrip():
            return ""
        typed = " ".join(self.text.casefold().split())
        if not typed or any(typed == one.casefold() for one in self.completions_):
            return ""
        taken = next((one for one in self.completions_ if one.casefold().startswith(typed)), "")
        is_whole = " " in typed and taken[len(typed) : len(typed) + 1] == " "
        return "" if is_whole else taken  # "Ana Lima" is a name, although there is an "Ana Lima Reis"

    def move_completion(self, by: int) -> bool:
        """Moves among what fits; tells whether there was something to move to."""
        fitting = self.matching_completions()
        if not fitting or not isinstance(self.control, TextEditor) or (by < 0 and self.completion_index < 0):
            return False
        if by > 0 and self.text and self.completion_index < 0 and not self.is_edited:
            return False
        if self.completion_index + by >= len(fitting):
            return False
        self.completion_index += by
        self.draw_notes()
        return True

    def accept_completion(self) -> None:
        """Takes what was chosen among the completions, or the one that was meant."""
        if not isinstance(self.control, TextEditor):
            return
        fitting = self.matching_completions()
        if 0 <= self.completion_index < len(fitting):
            taken = fitting[self.completion_index]
            self.completion_index = -1
            self.control.replace_text(taken)
        elif taken := self.implied_completion():
            self.control.replace_text(taken)

    # Events

    @on(TextArea.Changed)
    def post_typed(self, event: TextArea.Changed) -> None:
        """Passes on that something was typed."""
        event.stop()
        self.completion_index = -1
        self.post_message(self.Edited())

    @on(OptionPicker.Picked)
    def post_picked(self, event: OptionPicker.Picked) -> None:
        """Passes on that something was picked."""
        event.stop()
        self.post_message(self.Edited())

    def on_click(self, event: events.Click) -> None:
        self.focus_control()


def finding_marker(finding: Finding, row: Row) -> tuple[str, str]:
    """The sign of a finding and its colour: what waits for an answer is not wrong yet."""
    if finding in row.awaited:
        return "○", "$primary"
    return ("✗", "$error") if finding.severity == ERROR else ("!", "$warning")


def finding_message(finding: Finding, session: Session, row: Row) -> str:
    """What a finding says, put for whoever is typing."""
    question = row.question
    if (
        finding.rule == "GEN-002"
        and question is not None
        and question.kind != "items"
        and row.state != "needed"
    ):
        return advice(question, session.text(row.path), session.context.today)
    return line(said_here(finding))


def _word_starts(name: str) -> list[str]:
    """Where a name may begin to be typed: at its first word, or at a later one."""
    words = name.casefold().split()
    return [" ".join(words[at:]) for at in range(len(words))] or [""]
