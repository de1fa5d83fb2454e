"""What a session does about its file: saving, leaving, and merging what somebody else changed."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.message import Message

from sprintkit.actions.background_writer import BackgroundWriter
from sprintkit.actions.session.autosave import UnsavedAnswers
from sprintkit.actions.session.find_unsaved import find_unsaved
from sprintkit.actions.session.merge import MergeResult
from sprintkit.actions.session.session import Session
from sprintkit.errors import SprintkitError
from sprintkit.tui.screens.session.conflict import ChosenConflicts, ConflictScreen, describe_difference
from sprintkit.tui.screens.session.measure_actions import MeasureActions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.tui.screens.session.review import CharterReviewScreen


class SaveActions(MeasureActions):
    """Keeps the answers on disk, shows whether they are, and settles conflicts. SessionScreen adds the rest."""

    class DiskStateChanged(Message):
        """The state of the saved file changed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.review_screen: CharterReviewScreen | None = None
        """The review, while it is open."""
        self._shown_problem = ""
        """The message of the last save problem shown; empty once everything is saved."""
        self._is_settling_change = False
        """Whether a dialog about somebody else's change is open."""

    def on_mount(self) -> None:
        self._writer.on_change = self._post_state_change
        if self._writer not in self.base_app.writers:
            self.base_app.writers.append(self._writer)
        self.call_after_refresh(self._offer_unsaved)

    async def on_unmount(self) -> None:
        self._writer.on_change = lambda: None
        await self.base_app.end_writer(self._writer, self.session.close)

    @property
    def _writer(self) -> BackgroundWriter[Any]:
        """The owner of the session's save state."""
        return self.session.draft_file.writer

    def flush(self) -> None:
        """Save the answers at once, without waiting for it. The app calls this whenever it ends."""
        if self.is_mounted:
            self.question_list.store_typed()
        self.session.track_time()
        self._writer.save_now()

    async def action_save(self) -> None:
        """Save now, and say whether everything is on disk; ask again about a conflict."""
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

    async def leave(self, next_screen: str = "home") -> None:
        """End the session, and open the sign screen if `next_screen` is `sign`. Ask first if the answers cannot be saved."""
        self.flush()
        if await self.base_app.wait_for_writers(self._writer):
            self.dismiss(None)
            if next_screen == "sign":
                self.app.call_later(self._open_sign_screen)
            return
        from sprintkit.tui.screens.confirm import ConfirmScreen

        question = ConfirmScreen(
            "Not everything is saved. Leave anyway?", self._writer.unsaved_notice(), "leaves"
        )
        self.app.push_screen(question, self._leave_if_sure)

    def _open_sign_screen(self) -> None:
        """Open the sign screen, unless the session was opened from it."""
        if getattr(self.app.screen, "SCOPE", "") != "sign":
            self.base_app.open("sign", self.session.slug)

    def _leave_if_sure(self, is_sure: bool | None) -> None:
        if is_sure and self.is_current:
            self.dismiss(None)

    # The state of the file

    def _post_state_change(self) -> None:
        # The writer calls this in its own thread, so it only posts a message.
        self.post_message(self.DiskStateChanged())

    @on(DiskStateChanged)
    def show_disk_state(self) -> None:
        """Show whether the answers are on disk, and settle a conflict. Each save problem is shown once."""
        self._draw_top_line()
        draft_file = self.session.draft_file
        if change := draft_file.take_branch_notice():
            from sprintkit.tui.screens.session.offer_unsaved import branch_notice

            self.app.notify(branch_notice(change), timeout=15, markup=False)
        if draft_file.state == "conflict":
            self.resolve_external_change()
        elif draft_file.state == "failed":
            if draft_file.problem is not None and draft_file.problem.message != self._shown_problem:
                self.show_save_problem()
        else:
            self._shown_problem = ""

    def resolve_external_change(self) -> None:
        """Merge what somebody else changed; if both sides changed an answer, ask whose to keep."""
        if self._is_settling_change:
            return
        self.question_list.store_typed()
        if change := self.session.draft_file.branch_change:
            from sprintkit.tui.screens.session.offer_unsaved import build_branch_dialog

            self._is_settling_change = True
            self.app.push_screen(build_branch_dialog(self.session, change), self._settle_branch_change)
            return
        if self.session.draft_file.can_read_theirs:
            merged = self.session.merge_with_theirs()
            if not merged.conflicts:
                self._apply_merge(merged)
                return
        self._is_settling_change = True
        self.app.push_screen(ConflictScreen(self.session), self._settle_conflicts)

    def _settle_branch_change(self, choice: str | None) -> None:
        if not choice:
            self._settle_conflicts(None)
            return
        self._is_settling_change = False
        if choice == "mine":
            self.session.keep_mine()
        else:
            self.session.take_theirs()
        self._refresh_after_dialog()

    def _settle_conflicts(self, chosen: ChosenConflicts | None) -> None:
        self._is_settling_change = False
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
            self.question_list.redraw()  # leaves the text cursor where it is
            self.draw()
        else:
            self._refresh_after_dialog()
        if self.review_screen is not None:
            self.review_screen.redraw()
        if merged.their_changes:
            places = [describe_difference(merged.document, difference) for difference in merged.their_changes]
            more = f" and {len(places) - 2} more" if len(places) > 2 else ""
            self.app.notify(
                f"{', '.join(places[:2])}{more}. Merged in; nothing of yours is lost.",
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

    # What an earlier session could not save

    def _offer_unsaved(self) -> None:
        """Offer the answers that an earlier session could not save, if there are any."""
        unsaved = find_unsaved(self.session) if self.is_current else None
        if unsaved is None:
            return
        from sprintkit.tui.screens.session.offer_unsaved import build_unsaved_dialog

        def apply_choice(choice: str | None) -> None:
            if choice == "take":
                self._take_unsaved(unsaved, frozenset())
            elif choice == "compare":
                merged = self.session.merge_with_unsaved(unsaved)
                self.app.push_screen(
                    ConflictScreen(self.session, merged), lambda chosen: self._take_unsaved(unsaved, chosen)
                )
            elif choice == "discard":
                try:
                    self.session.discard_unsaved(unsaved)
                except SprintkitError as error:
                    self.base_app.show_error(error)

        self.app.push_screen(build_unsaved_dialog(self.session, unsaved), apply_choice)

    def _take_unsaved(self, unsaved: UnsavedAnswers, chosen: ChosenConflicts | None) -> None:
        if chosen is None:  # the comparison was left: offer all choices again
            self._offer_unsaved()
            return
        self.session.take_unsaved(unsaved, chosen)
        self._refresh_after_dialog()
