"""The dialog that parks a question nobody in the room can answer: who finds out, and by when."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.actions.session.analysis import question_at
from sprintkit.actions.session.outline import rows_for
from sprintkit.actions.session.rows import Row, Spot
from sprintkit.actions.session.session import Session
from sprintkit.tui.lines import paragraph
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import key_line
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.text_block import TextBlock


class ParkScreen(Dialog[None]):
    """Asks for holder, due date and note. These are answers like any other, saved as they are typed."""

    ABOUT = (
        "Nobody in the room knows the answer: somebody finds out by a date. The question stays in the agenda and in the "
        "document until it is answered. Everything is saved as it is typed; Esc loses nothing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", "back"),
        ("enter,tab,ctrl+n", "next(1)", "next"),
        ("shift+tab", "next(-1)", "previous"),
        ("f6,delete", "unpark", "unpark"),
        ("ctrl+l", "calendar", "calendar"),
        ("ctrl+z", "undo", "undo"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""

    def __init__(self, session: Session, path: str) -> None:
        super().__init__()
        self.session, self.path = session, path
        entry_path = session.park(path)
        self.field_paths = [f"{entry_path}.{key}" for key in ("holder", "due", "note")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog"):
            yield TextBlock(id="parked-question")
            yield QuestionList(id="questions")
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        question = question_at(self.path)
        question_block = self.query_one("#parked-question", TextBlock)
        width = max(question_block.content_size.width, 20)
        prompt = question.spec.prompt if question else self.path
        question_block.show(
            [
                Content.styled("Parked", "bold $warning"),
                *paragraph(prompt, width, "$faint"),
                Content(""),
            ]
        )
        keys = (("Enter", "next"), ("ctrl+l", "calendar"), ("F6", "unpark"), ("Esc", "back"))
        self.query_one("#hint", TextBlock).show([key_line(keys)])
        first_empty = next(
            (path for path in self.field_paths if not self.session.text(path)), self.field_paths[0]
        )
        question_list = self.query_one(QuestionList)
        question_list.leave_list = self.close_after_last
        question_list.open_rows(self.session, self._build_rows, Spot("question", first_empty))
        question_list.focus_control()

    def _build_rows(self, _focus_path: str) -> list[Row]:
        return rows_for(self.session.analysis, self.field_paths)

    def action_next(self, step: int) -> None:
        """Go to the next or previous field; after the last one, close."""
        self.query_one(QuestionList).go_to_next(self.field_paths, step)

    def close_after_last(self, step: int) -> None:
        """Close after the last field; stay on the first one."""
        if step > 0:
            self.action_close()

    def action_calendar(self) -> None:
        """Pick the due date from the calendar."""
        from sprintkit.tui.screens.session.calendar import pick_day

        pick_day(self.app, self.session, self.query_one(QuestionList))

    def action_undo(self) -> None:
        """Undo the last change; close if that undoes the parking."""
        question_list = self.query_one(QuestionList)
        question_list.store_typed()
        if self.session.undo() is not None and self.session.analysis.parked_at(self.path):
            question_list.reload()
            question_list.focus_control()
        else:
            self.dismiss(None)

    def action_unpark(self) -> None:
        """Stop parking the question, and close."""
        self.query_one(QuestionList).commit()
        self.session.unpark(self.path)
        self.dismiss(None)

    def action_close(self) -> None:
        """Close. The question stays parked if holder, due date or note is filled in."""
        self.query_one(QuestionList).commit()
        if self._unpark_if_empty():
            self.app.notify("Not parked: name somebody who finds out, and a date.", markup=False)
        self.dismiss(None)

    def _unpark_if_empty(self) -> bool:
        """Unpark the question if all fields are empty. Returns whether they are."""
        is_empty = not any(self.session.text(field) for field in self.field_paths)
        if is_empty:
            self.session.unpark(self.path)
        return is_empty

    def flush(self) -> None:
        """Save the answers at once, or unpark the question if there are none. The app calls this whenever it ends."""
        if self.is_mounted:
            self.query_one(QuestionList).store_typed()
            self._unpark_if_empty()
        self.session.draft_file.writer.save_now()
