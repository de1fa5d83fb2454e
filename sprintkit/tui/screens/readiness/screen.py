"""The screen that asks the 25 questions of the readiness score, with the result beside them."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region
from textual.message import Message

from sprintkit.actions.background_writer import BackgroundWriter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.readiness.sheet import ReadinessSheet
from sprintkit.errors import SprintkitError
from sprintkit.records.readiness import SCORE_LABELS, SHOWN, readiness_questions
from sprintkit.store.files import ConflictError
from sprintkit.text.numbers import format_count
from sprintkit.tui import key_bindings
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.readiness.lines import (
    hint_lines,
    question_lines,
    result_lines,
    short_result_lines,
)
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.form_scroll import FormScroll
from sprintkit.tui.widgets.text_block import TextBlock

MIN_WIDTH = 30
"""Width of the questions in columns below which nothing is drawn."""
WIDE_WIDTH = 100
"""Width in columns from which the result is shown beside the questions."""
LINES_AROUND = 2
"""Lines that stay visible above and below the question in focus."""
ANSWER_COMMANDS = ("readiness.no", "readiness.said", "readiness.shown")
"""Ids of the commands that answer, in the order of SCORE_LABELS."""


class ReadinessScreen(Page[bool]):
    """Saves every answer in a draft at once. Dismissed with True once the answers are saved in a sprint."""

    SCOPE = "readiness"
    ABOUT = (
        "Before any scoping: is this team ready for it? About ten minutes, one key an answer. "
        "An answer counts as shown if there is a file, a log or a name; said counts half."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("readiness")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReadinessScreen #readiness { height: 1fr; }
    ReadinessScreen FormScroll { width: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    ReadinessScreen #beside { display: none; width: 40%; max-width: 72; height: 1fr; padding: 0 2; border-left: solid $rule; }
    ReadinessScreen.-wide #beside { display: block; }
    ReadinessScreen #below { height: 4; padding: 0 1; border-top: solid $rule; }
    ReadinessScreen.-wide #below { display: none; }
    ReadinessScreen #hints { height: 3; padding: 0 1; border-top: solid $rule; }
    """

    class DraftStateChanged(Message):
        """The state of the saved draft changed."""

    def __init__(self, context: WorkspaceContext, slug: str | None = None) -> None:
        super().__init__()
        if slug is not None:
            context.workspace.require_sprint(slug)
        self.sheet = ReadinessSheet(context, slug)
        self.question_ids = list(readiness_questions())
        self.cursor = self._first_open() or 0
        self.last_answered: str | None = None
        """Id of the question answered last; None once the cursor has been moved."""
        self.status_text = "draft restored" if self.sheet.has_draft else ""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal(id="readiness"):
            with FormScroll(can_focus=False):
                yield TextBlock(id="questions")
            yield TextBlock(id="beside")
        yield TextBlock(id="below")
        yield TextBlock(id="hints")
        yield KeyLine()

    def on_mount(self) -> None:
        slug = self.sheet.slug
        self.query_one(TopLine).title = f"Readiness of {slug}" if slug else "Readiness, before any scoping"
        self._writer.on_change = lambda: self.post_message(self.DraftStateChanged())
        self.base_app.writers.append(self._writer)
        if self.sheet.take_unsaved():
            self.status_text = "draft restored"
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE_WIDTH, "-wide")
        self.call_after_refresh(self.draw)

    async def on_unmount(self) -> None:
        self._writer.on_change = lambda: None
        await self.base_app.end_writer(self._writer, self._writer.close)

    @property
    def _writer(self) -> BackgroundWriter[Any]:
        """The owner of the draft's save state."""
        return self.sheet.draft.writer

    def load(self) -> None:
        """Read the sprint's answers again, because its files changed; a draft stays."""
        try:
            has_changed = self.sheet.reload()
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        if has_changed:
            self.draw()

    # Drawing

    @property
    def focused_id(self) -> str:
        """Id of the question that has the cursor."""
        return self.question_ids[self.cursor]

    @property
    def proof_target(self) -> str | None:
        """Id of the question to ask a proof for, if its answer is "shown": the one in focus, else the one answered last."""
        for question_id in (self.focused_id, self.last_answered):
            if question_id is not None and self.sheet.scores.get(question_id) == SHOWN:
                return question_id
        return None

    def draw(self) -> None:
        """Lay out the questions, the hints and the result at the current width."""
        scroll, block = self.query_one(FormScroll), self.query_one("#questions", TextBlock)
        width = scroll.size.width - 1
        if width < MIN_WIDTH:
            return
        questions = question_lines(self.sheet, self.focused_id, width)
        block.show(questions.lines)
        keys = self.base_app.displayed_keys()
        hint_block = self.query_one("#hints", TextBlock)
        hint_block.show(
            hint_lines(
                self.sheet,
                self.proof_target,
                keys["readiness.proof"],
                [keys[command_id] for command_id in ANSWER_COMMANDS],
                hint_block.content_size.width,
            )
        )
        for selector, build_lines in (("#beside", result_lines), ("#below", short_result_lines)):
            result_block = self.query_one(selector, TextBlock)
            if result_block.display and result_block.content_size.width > 0:
                result_block.show(build_lines(self.sheet, result_block.content_size.width))
        answered = f"{len(self.sheet.scores)} of {len(self.question_ids)} answered"
        parts = (answered, f"by {self.sheet.by}" if self.sheet.by else "", self.status_text)
        self.query_one(TopLine).situation = " · ".join(part for part in parts if part)
        self.refresh_bindings()
        self.call_after_refresh(self._scroll_to_focus, questions.top, questions.height)

    def _scroll_to_focus(self, top: int, height: int) -> None:
        if not self.is_attached:
            return  # the screen was left before its last frame
        region = Region(0, max(0, top - LINES_AROUND), 1, height + 2 * LINES_AROUND)
        self.query_one(FormScroll).scroll_to_region(region, animate=False, force=True)

    @on(DraftStateChanged)
    def show_draft_state(self) -> None:
        """Show whether the draft is on disk, and notify once if it cannot be saved."""
        status = self._writer.status
        if status.is_saved:
            self.status_text = "draft saved" if self.sheet.has_draft else ""
        elif status.problem is not None:
            if self.status_text != "NOT SAVED":
                self.base_app.notify_text(self._writer.unsaved_notice(), "error")
            self.status_text = "NOT SAVED"
        self.draw()

    # Answering

    def action_answer(self, index: int) -> None:
        """Answer the question in focus and go to the next one. The answer that completes the 25 opens the result."""
        was_complete = self.sheet.is_complete
        self.sheet.answer(self.focused_id, list(SCORE_LABELS)[index])
        self.last_answered = self.focused_id
        if self.sheet.is_complete and not was_complete:
            self.draw()
            self.action_result()
            return
        if self.cursor + 1 < len(self.question_ids):
            self.cursor += 1
        elif (first_open := self._first_open()) is not None:
            self.cursor = first_open
        self.draw()

    def _first_open(self) -> int | None:
        """Index of the first question without an answer; None if all have one."""
        scores = self.sheet.scores
        return next(
            (index for index, question_id in enumerate(self.question_ids) if question_id not in scores), None
        )

    def action_clear(self) -> None:
        """Remove the answer to the question in focus."""
        self.sheet.answer(self.focused_id, None)
        self.draw()

    def action_move(self, step: int) -> None:
        """Move the cursor by `step` questions. Beyond the last one comes the result, once all 25 are answered."""
        if self.cursor + step == len(self.question_ids) and self.sheet.is_complete:
            self.action_result()
            return
        self.cursor = max(0, min(self.cursor + step, len(self.question_ids) - 1))
        self.last_answered = None
        self.draw()

    def action_area(self, step: int) -> None:
        """Go to the first question of the next or the previous area."""
        questions = readiness_questions()
        areas = [questions[question_id].area.key for question_id in self.question_ids]
        first_indices = [index for index, key in enumerate(areas) if areas.index(key) == index]
        onward = [index for index in first_indices if (index - self.cursor) * step > 0]
        if onward:
            self.cursor = min(onward) if step > 0 else max(onward)
            self.last_answered = None
            self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "proof":
            return self.proof_target is not None
        if action == "clear":
            return self.focused_id in self.sheet.scores
        return True

    def action_proof(self) -> None:
        """Ask where the proof of an answer can be seen."""
        target = self.proof_target
        if target is None:
            return
        from sprintkit.tui.screens.session.prompt import PromptScreen

        def store_proof(proof: str | None) -> None:
            if proof is not None:
                self.sheet.set_proof(target, proof)
                self.draw()

        question = f"{readiness_questions()[target].prompt} Where can it be seen?"
        hint = "A file, a log, a name. Enter keeps it, Esc leaves it as it was."
        self.app.push_screen(PromptScreen(question, self.sheet.proof_of(target), hint=hint), store_proof)

    def action_by(self) -> None:
        """Ask for the name of whoever answers."""
        from sprintkit.tui.screens.session.prompt import PromptScreen

        def store_name(name: str | None) -> None:
            if name is not None:
                self.sheet.set_author(name)
                self.draw()

        question = "Who answers these questions?"
        hint = "The record and the document show this name. Enter keeps it, Esc leaves it as it was."
        self.app.push_screen(PromptScreen(question, self.sheet.by, hint=hint), store_name)

    def action_discard(self) -> None:
        """Delete all answers, after asking."""
        from sprintkit.tui.screens.confirm import ConfirmScreen

        def discard(is_sure: bool | None) -> None:
            if is_sure:
                self.sheet.discard()
                self.cursor, self.last_answered, self.status_text = self._first_open() or 0, None, ""
                self.draw()

        consequence = (
            "The saved answers of the sprint stay." if self.sheet.saved else "They are kept nowhere else."
        )
        count = format_count(len(self.sheet.scores), "answer")
        self.app.push_screen(ConfirmScreen(f"Delete {count}?", consequence, "deletes them"), discard)

    # The result

    def action_result(self) -> None:
        """Show the result; from there, save the answers or begin a sprint with them."""
        from sprintkit.tui.screens.readiness.result import ReadinessResultScreen

        self.app.push_screen(ReadinessResultScreen(self.sheet), self.save_or_begin)

    async def save_or_begin(self, is_agreed: bool | None) -> None:
        """Save the answers in their sprint; without one, begin a sprint that includes them."""
        if not is_agreed:
            return
        if self.sheet.slug is not None:
            await self._save(self.sheet.slug)
            return
        self.flush()
        if not await self.base_app.wait_for_writers(self._writer):
            self.base_app.notify_text(self._writer.unsaved_notice(), "error")
            return
        from sprintkit.tui.screens.session.new_sprint import NewSprintScreen

        self.app.switch_screen(NewSprintScreen(includes_readiness=True))

    async def _save(self, slug: str) -> None:
        try:
            result = await asyncio.to_thread(self.sheet.save, slug)  # it may wait for another process
        except ConflictError:
            self._ask_to_replace()
            return
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        assert result.data is not None, "saving is only offered once all 25 questions are answered"
        self.base_app.notify_text(f"Saved {result.data['path']}.")
        self.dismiss(True)

    def _ask_to_replace(self) -> None:
        """Ask whether to replace answers that somebody else saved meanwhile."""
        from sprintkit.tui.screens.confirm import ConfirmScreen

        async def replace(is_sure: bool | None) -> None:
            if is_sure:
                self.load()
                await self.save_or_begin(True)

        about = (
            "Somebody saved other answers of this sprint since these were opened. Yours are kept as a draft."
        )
        self.app.push_screen(
            ConfirmScreen("Replace the answers that were saved?", about, "replaces"), replace
        )

    def flush(self) -> None:
        """Save the draft at once, without waiting for it. The app calls this whenever it ends."""
        self._writer.save_now()

    async def action_back(self) -> None:
        """Leave; the draft stays on disk. Ask first if it cannot be saved."""
        self.flush()
        if await self.base_app.wait_for_writers(self._writer):
            self.dismiss(False)
            return
        from sprintkit.tui.screens.confirm import ConfirmScreen

        def leave(is_sure: bool | None) -> None:
            if is_sure and self.is_current:
                self.dismiss(False)

        question = ConfirmScreen(
            "Not everything is saved. Leave anyway?", self._writer.unsaved_notice(), "leaves"
        )
        self.app.push_screen(question, leave)
