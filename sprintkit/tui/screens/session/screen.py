"""The screen of a scoping session. What is typed is on disk within a second."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import SuspendNotSupported

from sprintkit.actions.external_editor import edit_text, find_editor
from sprintkit.actions.normalise import join_lines
from sprintkit.actions.session.agreement import count_waiting_testimony
from sprintkit.actions.session.analysis import section_of
from sprintkit.actions.session.rows import Spot
from sprintkit.actions.session.session import Session
from sprintkit.charter.going_live import GOING_LIVE
from sprintkit.errors import SprintkitError
from sprintkit.tui.screens.session.agenda import Agenda
from sprintkit.tui.screens.session.calendar import pick_day
from sprintkit.tui.screens.session.park import ParkScreen
from sprintkit.tui.screens.session.save_actions import SaveActions
from sprintkit.tui.widgets.editor import TextEditor

EDITOR_KINDS = ("line", "prose", "texts")
"""Kinds of answers that may be long enough for an external editor."""


class SessionScreen(SaveActions):
    """Adds what a person can do with the question in focus, the review, undo and depth."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._review_key = ""
        """Key of the review's line that was opened last."""

    def on_mount(self) -> None:
        # Textual also calls the on_mount of every base class.
        if count := count_waiting_testimony(self.session).total():
            subject = "1 answer was" if count == 1 else f"{count} answers were"
            self.app.notify(
                f"{subject} given alone: see Process and agreement, Answers side by side.",
                timeout=10,
                markup=False,
            )

    # The question in focus

    def action_park(self) -> None:
        """Park the question in focus: somebody finds out the answer by a date."""
        row = self.row
        if row is None or row.kind != "question" or row.question is GOING_LIVE:
            return
        self.question_list.commit()
        parked = self.session.analysis.parked_at(row.path)
        path = parked.path if parked else row.path
        self.app.push_screen(ParkScreen(self.session, path), lambda _: self._refresh_after_dialog())
        self.draw()

    def action_calendar(self) -> None:
        """Pick a date from the calendar."""
        pick_day(self.app, self.session, self.question_list)

    def action_editor(self) -> None:
        """Edit the answer in focus in the editor that $EDITOR names."""
        control, row = self.question_list.active_question.control, self.row
        if not isinstance(control, TextEditor) or row is None:
            return
        try:
            command = find_editor()
            with self.app.suspend():
                text = edit_text(control.text, command)
        except SuspendNotSupported:
            self.app.notify("An editor cannot be opened from here.", severity="warning", markup=False)
            return
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        if control.is_one_line:
            text = join_lines(text)
        if text != control.text:
            control.replace_text(text)
            self.question_list.store_typed()

    # The session as a whole

    def action_review(self) -> None:
        """Open the review; Enter there comes back to a question here."""
        self.question_list.commit()
        from sprintkit.tui.screens.session.review import CharterReviewScreen

        self.returns_to_review = False
        self.review_screen = screen = CharterReviewScreen(self.session, self._review_key)
        self.app.push_screen(screen, lambda outcome: self._after_review(outcome, screen.last_key))

    async def _after_review(self, outcome: Spot | str | None, key: str) -> None:
        """Go to a question, leave for the next screen, or go on as before; `key` is the review's last line."""
        self._review_key, self.review_screen = key, None
        if isinstance(outcome, str):
            await self.leave(outcome)
        elif outcome is not None:
            self.returns_to_review = True
            self.open_section(section_of(outcome.path).key, outcome)
        else:
            self._refresh_after_dialog()

    def action_undo(self) -> None:
        """Undo the last change, and go to its question."""
        self._undo_or_redo(self.session.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Redo the last undone change, and go to its question."""
        self._undo_or_redo(self.session.redo, "There is nothing to redo.")

    def _undo_or_redo(self, undo_or_redo: Callable[[], str | None], nothing_to_do: str) -> None:
        self.question_list.store_typed()
        path = undo_or_redo()
        if path is None:
            self.app.notify(nothing_to_do, markup=False)
        else:
            self.go_to_path(path)

    def action_depth(self) -> None:
        """Switch between a lean and a full session; all answers stay."""
        self.question_list.commit()
        self.session.set_depth("full" if self.session.depth == "lean" else "lean")
        self.open_section(self.section.key, self.question_list.spot)
        count = self.session.analysis.count
        self.app.notify(
            f"{self.session.depth.capitalize()}: {count.questions} questions, {count.answered} of them answered.",
            markup=False,
        )

    def action_judge(self) -> None:
        """Change how readily the judge remarks on weak answers in this session."""
        self.question_list.commit()
        from sprintkit.tui.screens.session.judge import build_judge_dialog, parse_setting

        def apply_choice(choice: str | None) -> None:
            setting = parse_setting(choice)
            if setting is not None:
                self.session.set_judge(setting)
                self.app.notify(f"Judge of weak answers: {setting}, in this session.", markup=False)
            self._refresh_after_dialog()

        self.app.push_screen(build_judge_dialog(self.session), apply_choice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action applies where the focus is."""
        if not self.is_mounted or not self.question_list.rows:
            return True
        row, is_in_agenda = self.row, self.focused is self.query_one(Agenda)
        is_question = row is not None and row.kind == "question" and not is_in_agenda
        question = row.question if row is not None and is_question else None
        if action == "go":
            return is_in_agenda
        if action in ("home", "back"):
            return self.can_leave_by_escape is (action == "home")
        if action == "enter":
            return not is_in_agenda and not self.question_list.active_question.is_prose
        if action in ("park", "explain"):
            if action == "park" and question is GOING_LIVE:
                return False
            return question is not None or (action == "explain" and not is_in_agenda)
        if action == "measure":
            return not is_in_agenda and self.source_index is not None
        if action in ("add", "items", "item"):
            return not is_in_agenda and bool(self._list_path())
        if action == "calendar":
            return question is not None and question.kind == "date"
        if action == "editor":
            return (
                question is not None
                and isinstance(self.question_list.active_question.control, TextEditor)
                and question.kind in EDITOR_KINDS
            )
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Say what to do when text is pasted while no question has the focus."""
        if self.focused is None or self.focused is self.query_one(Agenda):
            self.app.notify("Choose a question first, then paste.", markup=False)
