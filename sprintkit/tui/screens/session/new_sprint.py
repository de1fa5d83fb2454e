"""The screen that asks for the title of a new sprint, before its session."""

from __future__ import annotations

import asyncio
import time
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from sprintkit.actions.readiness.sheet import ReadinessSheet, find_new_answers
from sprintkit.actions.session.autosave import begin_sprint
from sprintkit.actions.session.find_unsaved import find_begun_sprints
from sprintkit.actions.session.new_title import NewTitle
from sprintkit.actions.session.session import Session
from sprintkit.charter.blank import is_blank
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.errors import SprintkitError
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, paragraph, text, title
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.screen import SessionScreen
from sprintkit.tui.text import fit_line, one_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.options import OptionPicker, SingleChoice
from sprintkit.tui.widgets.text_block import TextBlock

DEPTHS = (("lean", "lean: the core, in about an hour"), ("full", "full: everything, in two sittings"))
"""The choices of depth and their labels."""


class NewSprintScreen(Page[None]):
    """Asks for title and depth. Enter begins the sprint; until then only the typed title is saved."""

    SCOPE = "begin"
    ABOUT = "A new sprint starts with a title, in words that its users would use."
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("begin")
    AUTO_FOCUS = "#title"

    def __init__(
        self,
        *,
        slug: str | None = None,
        full: bool = False,
        like: str | None = None,
        includes_readiness: bool = False,
    ) -> None:
        """`slug` names the folder; None takes its name from the title. `full` and `like` as in `build_session_screen`."""
        super().__init__()
        self.slug, self.is_full, self.like = slug, full, like
        self.readiness: ReadinessSheet | None = None
        """The readiness answers given before any sprint; None unless all 25 are there."""
        self.includes_readiness = includes_readiness
        """Whether these answers are saved in the new sprint."""
        self.earlier_title = ""
        """A title that was typed earlier but not begun; empty if there is none."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="begin"):
            yield TextBlock(id="welcome")
            yield TextEditor(id="title")
            yield TextBlock(id="folder")
            yield TextBlock(id="readiness")
            yield TextBlock(id="depth-question")
            yield SingleChoice(id="depth")
            yield TextBlock(id="promise")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(TopLine).title = "A new sprint"
        self.new_title = NewTitle(self.context)
        self.base_app.writers.append(self.new_title.writer)
        self.earlier_title = self.new_title.load()
        self.readiness = find_new_answers(self.context)
        title_editor = self.query_one("#title", TextEditor)
        title_editor.load("", is_one_line=True)
        title_editor.leave_text = self.action_step
        keys, labels = zip(*DEPTHS, strict=True)
        self.query_one("#depth", SingleChoice).load(keys, labels, "full" if self.is_full else "lean")
        self.call_after_refresh(self.draw)
        self.call_after_refresh(self._offer_begun_sprint)

    def _offer_begun_sprint(self) -> None:
        """Offer a sprint that was begun but has no folder, because nothing of it could be saved."""
        begun = next(
            (sprint for sprint in find_begun_sprints(self.context) if self.slug in (None, sprint.slug)), None
        )
        if begun is None or not self.is_current:
            return
        from sprintkit.tui.screens.choice import Choice, ChoiceScreen

        def lines(width: int) -> Lines:
            about = f"{begun.title} was begun, but nothing of it could be saved in sprints/{begun.slug}/."
            return [title("A sprint that was not saved", style="bold $warning"), *paragraph(about, width)]

        def apply_choice(choice: str | None) -> None:
            if choice:
                opened = begin_sprint(self.context, begun.title, begun.slug)
                self.app.switch_screen(SessionScreen(Session(self.context, opened, time.monotonic)))

        choices = (Choice("go on", "goes on with it"),)
        self.app.push_screen(ChoiceScreen(lines, choices, "begins another"), apply_choice)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    # Drawing

    def draw(self) -> None:
        """Show the question, and the folder for the answers."""
        spec = questions_by_path()["charter.title"].spec
        width = max(self.query_one("#welcome", TextBlock).content_size.width, 20)
        lines = paragraph(spec.prompt, width, "bold")
        lines += paragraph(spec.why, width, "$faint")
        examples = f"Strong: {spec.strong}    Weak: {spec.weak}"
        lines += [Content(""), *paragraph(examples, width, "$faint")]
        self.query_one("#welcome", TextBlock).show(lines)
        self._draw_folder(width)
        self.query_one("#depth-question", TextBlock).show([Content(""), Content.styled("How deep?", "bold")])
        self._draw_readiness(width)
        promise = (
            "Everything you type is saved as you type it. Esc leaves, and the next start offers this title."
        )
        self.query_one("#promise", TextBlock).show([Content(""), *paragraph(promise, width, "$faint")])

    def _draw_folder(self, width: int) -> None:
        title = self.query_one("#title", TextEditor).text
        sentence = "Enter begins the session."
        if not is_blank(title):
            try:
                opened = begin_sprint(self.context, title, self.slug)
                sentence = f"Enter begins it, in sprints/{opened.slug}/"
            except SprintkitError as error:
                sentence = one_line(str(error))
        lines = paragraph(sentence, width, "$faint")
        if self.earlier_title and is_blank(title):
            offer = f"Typed earlier, but not begun: {one_line(self.earlier_title)}"
            key = self.base_app.displayed_keys()["begin.earlier"]
            lines = [Content.assemble((f"{key} ", "$key"), fit_line(offer, width - len(key) - 1)), *lines]
        self.query_one("#folder", TextBlock).show(lines)

    def _draw_readiness(self, width: int) -> None:
        """Show whether the sprint includes the readiness answers, if there are any."""
        if self.readiness is None:
            return
        key = self.base_app.displayed_keys()["begin.readiness"]
        symbol = "(•)" if self.includes_readiness else "( )"
        about = f"{symbol} include the readiness answers: {self.readiness.score().band}"
        style = "" if self.includes_readiness else "$faint"
        line = text((f"{key} ", "$key"), (fit_line(about, width - len(key) - 1), style))
        self.query_one("#readiness", TextBlock).show([line])

    # Answering

    def action_readiness(self) -> None:
        """Include the readiness answers, or leave them out."""
        self.includes_readiness = not self.includes_readiness
        self.draw()

    def action_earlier(self) -> None:
        """Fill in the title that was typed earlier."""
        self.query_one("#title", TextEditor).replace_text(self.earlier_title)
        self.query_one("#title").focus()

    @on(TextArea.Changed)
    def save_title_soon(self) -> None:
        """Show the folder for the title as typed so far, and save the title soon."""
        self._draw_folder(max(self.query_one("#folder", TextBlock).content_size.width, 20))
        self._save_title()

    def _save_title(self) -> None:
        """Save the title soon; while nothing is typed, the earlier one stays for the next start."""
        self.new_title.request_save(self.query_one("#title", TextEditor).text or self.earlier_title)

    @on(OptionPicker.Picked)
    def set_depth(self) -> None:
        """Remember the picked depth."""
        self.is_full = self.query_one("#depth", SingleChoice).text == "full"

    def action_step(self, step: int) -> None:
        """Move between title and depth."""
        self.query_one("#title" if step < 0 else "#depth").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action applies. A step only leads to the field that does not have the focus."""
        if action == "step" and self.is_mounted:
            return (parameters == (1,)) is (self.focused is self.query_one("#title"))
        if action == "earlier" and self.is_mounted:
            return bool(self.earlier_title) and is_blank(self.query_one("#title", TextEditor).text)
        if action == "readiness":
            return self.readiness is not None
        return True

    async def action_begin(self) -> None:
        """Begin the sprint and open its session."""
        title = self.query_one("#title", TextEditor).text
        if is_blank(title):
            self.query_one("#folder", TextBlock).show([Content.styled("Type a title first.", "$warning")])
            self.query_one("#title").focus()
            return
        try:
            opened = begin_sprint(self.context, title, self.slug, full=self.is_full)
            session = Session(self.context, opened, time.monotonic)
            if self.like:
                session.copy_from(self.like)
            session.remember_cursor("frame", "question:charter.sponsor")
            self.base_app.writers.append(session.draft_file.writer)
            is_saved = await self.base_app.wait_for_writers(session.draft_file.writer)
        except SprintkitError as error:
            self.app.notify(one_line(str(error)), severity="error", markup=False)
            return
        if is_saved:
            self.earlier_title = ""
            self.new_title.request_save("")
            await self._save_readiness(session.slug)
        self.app.switch_screen(SessionScreen(session))

    async def _save_readiness(self, slug: str) -> None:
        """Save the readiness answers in the new sprint; if that fails, they stay for the next one."""
        if self.readiness is None or not self.includes_readiness:
            return
        try:
            result = await asyncio.to_thread(self.readiness.save, slug)
            assert result.data is not None, "only complete answers are included"
            self.base_app.notify_text(f"Saved {result.data['path']}.")
        except SprintkitError as error:
            self.base_app.notify_text(f"The readiness answers were not saved: {error}", "error")

    async def action_back(self) -> None:
        """Leave; the typed title stays for the next start."""
        self.flush()
        await self.base_app.wait_for_writers(self.new_title.writer)
        self.dismiss(None)

    async def on_unmount(self) -> None:
        await self.base_app.end_writer(self.new_title.writer, self.new_title.writer.close)

    def flush(self) -> None:
        """Save the typed title at once. The app calls this whenever it ends."""
        if self.is_mounted:
            self._save_title()
            self.new_title.writer.save_now()
