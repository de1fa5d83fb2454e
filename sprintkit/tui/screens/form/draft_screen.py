"""A screen whose answers are saved as a draft while they are typed."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.message import Message

from sprintkit.actions.background_writer import BackgroundWriter
from sprintkit.actions.form.field import Field
from sprintkit.actions.form.record_form import RecordForm
from sprintkit.errors import SprintkitError
from sprintkit.tui.screens.page import Page


class DraftScreen(Page[bool]):
    """Saves the draft of a form, shows whether that worked, and asks before leaving if it did not."""

    class DraftStateChanged(Message):
        """The state of the saved draft changed."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__()
        self.form = form
        self.answers: dict[str, str] = form.draft.load()
        self.fields: list[Field] = []
        self.status_text = ""
        """What last happened to the draft, as shown in the top line."""
        self._shown_problem = ""
        """The message of the last save problem shown; empty once the draft is saved."""

    def store_answer(self) -> None:
        """Store the text of the control as the answer to the field in focus."""
        raise NotImplementedError

    def show_status(self, status_text: str) -> None:
        """Show what last happened to the draft."""
        raise NotImplementedError

    def show_replaced_answers(self, status_text: str) -> None:
        """Show the form from its first field on, after `answers` was replaced."""
        raise NotImplementedError

    def start_saving(self) -> None:
        """Start to follow the state of the draft, and offer the answers that an earlier form could not save."""
        self._writer.on_change = lambda: self.post_message(self.DraftStateChanged())
        self.base_app.writers.append(self._writer)
        self._offer_unsaved()

    async def on_unmount(self) -> None:
        self._writer.on_change = lambda: None
        await self.base_app.end_writer(self._writer, self._writer.close)

    def request_save(self) -> None:
        """Save the answers soon, in the background."""
        self.form.draft.request_save(self.answers, self.form.starting_date)

    async def delete_draft(self) -> None:
        """Delete all answers, and wait until the draft on disk is deleted too."""
        self.answers.clear()
        self.request_save()
        self._writer.save_now()
        await self.base_app.wait_for_writers(self._writer)

    @property
    def _writer(self) -> BackgroundWriter[Any]:
        """The owner of the draft's save state."""
        return self.form.draft.writer

    @on(DraftStateChanged)
    def show_draft_state(self) -> None:
        """Show whether the draft is on disk. Each problem is shown once."""
        status = self._writer.status
        if status.is_saved:
            self._shown_problem = ""
            self.show_status("draft saved" if any(self.answers.values()) else self.status_text)
        elif status.problem is not None:
            self.show_status("NOT SAVED")
            if status.problem.message != self._shown_problem:
                self._shown_problem = status.problem.message
                self.base_app.notify_text(self._writer.unsaved_notice(), "error")

    def flush(self) -> None:
        """Save the draft at once, without waiting for it. The app calls this whenever it ends."""
        if self.is_mounted:
            self.store_answer()
        self._writer.save_now()

    def _offer_unsaved(self) -> None:
        """Offer the answers that an earlier form could not save, if there are any."""
        unsaved = self.form.draft.find_unsaved()
        if unsaved is None:
            return
        from sprintkit.tui.screens.form.offer_unsaved import build_unsaved_dialog

        def apply_choice(choice: str | None) -> None:
            if choice == "take":
                self.answers = dict(unsaved.answers)
                self.request_save()
                self.form.draft.take_unsaved(unsaved)
                self.show_replaced_answers("draft restored")
            elif choice == "discard":
                try:
                    self.form.draft.discard_unsaved(unsaved)
                except SprintkitError as error:
                    self.base_app.show_error(error)

        self.app.push_screen(build_unsaved_dialog(self.fields, self.answers, unsaved), apply_choice)

    async def action_back(self) -> None:
        """Leave the form; the draft stays on disk. Ask first if it cannot be saved."""
        self.flush()
        if not await self.base_app.wait_for_writers(self._writer):
            from sprintkit.tui.screens.confirm import ConfirmScreen

            question = ConfirmScreen(
                "Not everything is saved. Leave anyway?", self._writer.unsaved_notice(), "leaves"
            )
            self.app.push_screen(question, self._leave_if_sure)
            return
        if any(self.answers.values()):
            self.base_app.notify_text("The draft is kept for the next time you open this form.")
        self.dismiss(False)

    def _leave_if_sure(self, is_sure: bool | None) -> None:
        if is_sure and self.is_current:
            self.dismiss(False)
