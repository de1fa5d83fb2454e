"""The screen of a scoping session. Everything typed is on disk within a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events, on
from textual.app import SuspendNotSupported
from textual.message import Message

from sprintkit.actions.background_writer import BackgroundWriter
from sprintkit.actions.external_editor import edit_text, find_editor
from sprintkit.actions.normalise import join_lines
from sprintkit.actions.session.agreement import count_waiting_testimony
from sprintkit.actions.session.analysis import section_of
from sprintkit.actions.session.autosave import UnsavedAnswers
from sprintkit.actions.session.merge import MergeResult
from sprintkit.actions.session.rows import Spot
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.unsaved import find_unsaved
from sprintkit.charter.going_live import GOING_LIVE
from sprintkit.errors import SprintkitError
from sprintkit.tui.screens.session.agenda import Agenda
from sprintkit.tui.screens.session.calendar import pick_day
from sprintkit.tui.screens.session.conflict import ChosenConflicts, ConflictScreen, describe_difference
from sprintkit.tui.screens.session.measure_actions import MeasureActions
from sprintkit.tui.screens.session.park import ParkScreen
from sprintkit.tui.widgets.editor import TextEditor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.tui.screens.session.review import CharterReviewScreen

EDITOR_KINDS = ("line", "prose", "texts")
"""Kinds of answers that may be long enough for an external editor."""


class SessionScreen(MeasureActions):
    """What a person can do in a session, on top of moving around in it."""

    class DiskStateChanged(Message):
        """The state of the saved file changed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown_problem = ""
        """Message of the save problem shown last."""
        self._is_asking = False
        """Whether the conflict dialog is open."""
        self._review_key = ""
        """The line of the review that was opened last."""
        self._review_screen: CharterReviewScreen | None = None
        """The review, while it is open."""

    def on_mount(self) -> None:
        self._writer.on_change = self._post_disk_state
        if self._writer not in self.base_app.writers:
            self.base_app.writers.append(self._writer)
        self.call_after_refresh(self._offer_unsaved)
        if count := count_waiting_testimony(self.session).total():
            subject = "1 answer was" if count == 1 else f"{count} answers were"
            self.app.notify(
                f"{subject} given alone: Process and agreement, Answers side by side.",
                timeout=10,
                markup=False,
            )

    async def on_unmount(self) -> None:
        self._writer.on_change = lambda: None
        await self.base_app.end_writer(self._writer, self.session.close)

    @property
    def _writer(self) -> BackgroundWriter[Any]:
        """The owner of the session's save state."""
        return self.session.draft_file.writer

    def flush(self) -> None:
        """Have what was typed written to disk at once; does not wait for it."""
        if self.is_mounted:
            self.question_list.store_typed()
        self.session.track_time()
        self._writer.save_now()

    async def leave(self, next_screen: str = "home") -> None:
        """End the session; ask first if the answers cannot be saved. Then open `next_screen`, if it is `sign`."""
        self.flush()
        if await self.base_app.wait_for_writers(self._writer):
            self.dismiss(None)
            if next_screen == "sign":
                self.app.call_later(self._open_sign_screen)
            return
        from sprintkit.tui.screens.confirm import ConfirmScreen

        about = self._writer.unsaved_notice()
        self.app.push_screen(
            ConfirmScreen("Not everything is saved. Leave anyway?", about, "leaves"), self._leave_if_sure
        )

    def _open_sign_screen(self) -> None:
        """Open the sign screen, unless the session was opened from it."""
        if getattr(self.app.screen, "SCOPE", "") != "sign":
            self.base_app.open("sign", self.session.slug)

    def _leave_if_sure(self, is_sure: bool | None) -> None:
        if is_sure and self.is_current:
            self.dismiss(None)

    # What an earlier session could not save

    def _offer_unsaved(self) -> None:
        """Offer what an earlier session set aside, if there is something."""
        unsaved = find_unsaved(self.session) if self.is_current else None
        if unsaved is None:
            return
        from sprintkit.tui.screens.session.unsaved import offer_unsaved

        def act(name: str | None) -> None:
            if name == "take":
                self._take_unsaved(unsaved, frozenset())
            elif name == "compare":
                merged = self.session.merge_with_unsaved(unsaved)
                self.app.push_screen(
                    ConflictScreen(self.session, merged), lambda chosen: self._take_unsaved(unsaved, chosen)
                )
            elif name == "discard":
                try:
                    self.session.discard_unsaved(unsaved)
                except SprintkitError as error:
                    self.base_app.show_error(error)

        self.app.push_screen(offer_unsaved(self.session, unsaved), act)

    def _take_unsaved(self, unsaved: UnsavedAnswers, chosen: ChosenConflicts | None) -> None:
        if chosen is None:
            self._offer_unsaved()
            return
        self.session.take_unsaved(unsaved, chosen)
        self._refresh_after_dialog()

    # Parking, review

    def action_park(self) -> None:
        """Park the question in focus: somebody finds out by a day."""
        row = self.row
        if row is None or row.kind != "question" or row.question is GOING_LIVE:
            return
        self.question_list.commit()
        parked = self.session.analysis.parked_at(row.path)
        path = parked.path if parked else row.path
        self.app.push_screen(ParkScreen(self.session, path), lambda _: self._refresh_after_dialog())
        self.draw()

    def action_review(self) -> None:
        """Open the review; Enter there comes back to a question here."""
        self.question_list.commit()
        from sprintkit.tui.screens.session.review import CharterReviewScreen

        self.returns_to_review = False
        self._review_screen = screen = CharterReviewScreen(self.session, self._review_key)
        self.app.push_screen(screen, lambda spot: self._after_review(spot, screen.last_key))

    async def _after_review(self, spot: Spot | None, key: str) -> None:
        self._review_key, self._review_screen = key, None
        if spot is not None and spot.kind == "more":
            await self.leave(spot.path)
        elif spot is not None:
            self.returns_to_review = True
            self.open_section(section_of(spot.path).key, spot)
        else:
            self._refresh_after_dialog()

    def action_judge(self) -> None:
        """Change how readily weak answers are remarked on, in this session."""
        self.question_list.commit()
        from sprintkit.tui.screens.session.judge import choose_judge, setting_named

        def change(name: str | None) -> None:
            setting = setting_named(name)
            if setting is not None:
                self.session.set_judge(setting)
                self.app.notify(f"Judge of weak answers: {setting}, in this session.", markup=False)
            self._refresh_after_dialog()

        self.app.push_screen(choose_judge(self.session), change)

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

    # Undo, saving, depth

    def action_undo(self) -> None:
        """Undo the last change, and go to where it was."""
        self._undo_or_redo(self.session.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._undo_or_redo(self.session.redo, "There is nothing to redo.")

    def _undo_or_redo(self, step: Callable[[], str | None], nothing_to_do: str) -> None:
        self.question_list.store_typed()
        path = step()
        if path is None:
            self.app.notify(nothing_to_do, markup=False)
        else:
            self.go_to_path(path)

    async def action_save(self) -> None:
        """Make sure that everything is on disk; ask again about a conflict."""
        self.flush()
        self.session.recheck_conflict()
        await self.base_app.wait_for_writers(self._writer)
        self._draw_top_line()
        if self.session.draft_file.state == "conflict":
            self.resolve_external_change()
        elif self.session.draft_file.state == "saved":
            self.app.notify(f"Everything is saved: {self.session.draft_file.path}", markup=False)
        else:
            self.show_save_problem()

    def action_depth(self) -> None:
        """Switch between lean and full depth."""
        self.question_list.commit()
        self.session.set_depth("full" if self.session.depth == "lean" else "lean")
        self.open_section(self.section.key, self.question_list.spot)
        count = self.session.analysis.count
        self.app.notify(
            f"{self.session.depth.capitalize()}: {count.questions} questions, {count.answered} of them answered.",
            markup=False,
        )

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

    # Disk

    def _post_disk_state(self) -> None:
        """Called in the writer's thread, so this only posts a message."""
        self.post_message(self.DiskStateChanged())

    @on(DiskStateChanged)
    def show_disk_state(self) -> None:
        """Show whether the answers are saved. Each save problem is shown once."""
        self._draw_top_line()
        disk = self.session.draft_file
        if change := disk.take_branch_notice():
            from sprintkit.tui.screens.session.unsaved import branch_notice

            self.app.notify(branch_notice(change), timeout=15, markup=False)
        if disk.state == "conflict":
            self.resolve_external_change()
        elif disk.state == "failed":
            if disk.problem is not None and disk.problem.message != self._shown_problem:
                self.show_save_problem()
        else:
            self._shown_problem = ""

    def resolve_external_change(self) -> None:
        """Merge what somebody else changed. Ask whose answer to keep where both sides changed it."""
        if self._is_asking:
            return
        self.question_list.store_typed()
        if change := self.session.draft_file.branch_change:
            from sprintkit.tui.screens.session.unsaved import ask_whose_branch

            self._is_asking = True
            self.app.push_screen(ask_whose_branch(self.session, change), self._finish_branch_question)
            return
        if (
            self.session.draft_file.can_read_theirs
            and not (merged := self.session.merge_with_theirs()).conflicts
        ):
            self._apply_merge(merged)
            return
        self._is_asking = True
        self.app.push_screen(ConflictScreen(self.session), self._finish_conflict)

    def _finish_branch_question(self, name: str | None) -> None:
        if not name:
            self._finish_conflict(None)
            return
        self._is_asking = False
        if name == "mine":
            self.session.keep_mine()
        else:
            self.session.take_theirs()
        self._refresh_after_dialog()

    def _finish_conflict(self, chosen: ChosenConflicts | None) -> None:
        self._is_asking = False
        if chosen is None:
            self.app.notify(
                "Nothing is saved until you choose. ctrl+s asks again.",
                severity="warning",
                timeout=15,
                markup=False,
            )
        elif self.session.draft_file.can_read_theirs:
            self._apply_merge(self.session.merge_with_theirs(chosen))
        else:
            self.session.keep_mine()
            self._refresh_after_dialog()

    def _apply_merge(self, merged: MergeResult) -> None:
        self.session.apply_merge(merged)
        row = self.row
        if row is not None and self.session.text(row.path) == self.question_list.active_question.text:
            self.question_list.redraw()  # leaves the cursor of whoever is typing alone
            self.draw()
        else:
            self._refresh_after_dialog()
        if self._review_screen is not None:
            self._review_screen.redraw()
        if merged.their_changes:
            places = [describe_difference(merged.document, difference) for difference in merged.their_changes]
            more = f" and {len(places) - 2} more" if len(places) > 2 else ""
            self.app.notify(
                f"{', '.join(places[:2])}{more}. It is merged in; nothing of yours is lost.",
                title="Changed by somebody else",
                timeout=10,
                markup=False,
            )

    def show_save_problem(self) -> None:
        """Say why the answers are not on disk, and that they are not lost."""
        status = self.session.draft_file.status
        problem = status.problem
        if problem is None:
            self.app.notify(self._writer.unsaved_notice(), severity="warning", markup=False)
            return
        self._shown_problem = problem.message
        hint = problem.hint or ""
        where = f"and set aside in {status.side_copy}" if status.side_copy else "and nowhere on disk"
        self.app.notify(
            f"{problem.path or self.session.draft_file.path}: {problem.message.rstrip('.')}. {hint} All answers are still here, "
            f"{where}; ctrl+s tries again.",
            title="Not saved",
            severity="error",
            timeout=20,
            markup=False,
        )

    def on_paste(self, event: events.Paste) -> None:
        """Say what to do if text is pasted where nothing takes it."""
        if self.focused is None or self.focused is self.query_one(Agenda):
            self.app.notify("Choose a question first, then paste.", markup=False)
