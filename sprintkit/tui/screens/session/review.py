"""The review before saving: what is missing or wrong, and a preview of the document."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from sprintkit.actions.session.review import Review, ReviewLine, build_review, render_preview
from sprintkit.actions.session.rows import Spot
from sprintkit.actions.session.session import Session
from sprintkit.errors import ExitCode, SprintkitError
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, paragraph
from sprintkit.tui.markdown import preview_lines
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.saved import SavedScreen
from sprintkit.tui.screens.session.waive import WaiveScreen
from sprintkit.tui.text import fit_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

LINE_MARKERS = {
    "missing": ("○", "bold $primary"),
    "wrong": ("✗", "bold $error"),
    "error": ("✗", "bold $error"),
    "warning": ("!", "bold $warning"),
    "advice": ("!", "bold $warning"),
    "parked": ("P", "bold $warning"),
    "waived": ("·", "$faint"),
    "idle": ("!", "bold $warning"),
    "role": ("·", "$faint"),
    "address": ("·", "$faint"),
}
"""Symbol and style by kind of line."""
WAIVABLE_KINDS = ("warning", "advice")
"""Kinds of lines that can be waived."""
WAIVER_KINDS = ("waived", "idle")
"""Kinds of lines whose waiver can be removed."""
SAVE_KEY = "save"
"""Key of the entry that saves the charter."""


class CharterReviewScreen(Page[Spot | str | None]):
    """Returns the question to go to, the name of the screen to leave for, or None to go back to the session."""

    SCOPE = "review"
    ABOUT = (
        "What is left to do, and the document as it will be read. Enter goes to a line's question; Esc there comes "
        "back here. A charter can be saved when the core is answered. It can be signed when no error is left and "
        "every warning is fixed or waived."
    )
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("review")
    AUTO_FOCUS = "PickList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual declares it so

    def __init__(self, session: Session, start_key: str = "") -> None:
        super().__init__()
        self.session = session
        self.last_key = start_key
        """Key of the line opened last, on which the cursor starts."""
        self.review: Review = build_review(session)
        self._lines: dict[str, ReviewLine] = {}
        """The lines shown, by key."""
        self._has_explained_typing = False
        """Whether somebody who typed here was told where to type, since the cursor moved."""
        self._document_version = (0, 0)
        """The identity of the answers and the width of the preview shown."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal(id="panes"):
            with VerticalScroll(id="todo", can_focus=False):
                yield PickList()
            with VerticalScroll(id="document-pane"):
                yield TextBlock(id="document")
        yield KeyLine()

    def on_mount(self) -> None:
        self.draw(self.last_key)
        self.query_one("#document", TextBlock).show(
            [Content.styled("The document is being laid out …", "$faint")]
        )
        self.call_after_refresh(self.show_document)

    def draw(self, key: str = "") -> None:
        """Show what is left to do, with the cursor on the line with this key."""
        self.review = build_review(self.session)
        top = self.query_one(TopLine)
        top.title = f"Review: {self.session.title}"
        top.situation = f"{self.session.depth} · {self.review.summary}"
        self._lines = {}
        self.query_one(PickList).fill(self._entries, key)

    def _entries(self, width: int) -> list[PickListEntry]:
        review = self.review
        entries: list[PickListEntry] = []
        if not review.to_save:
            next_step = "the rest of this list can follow" if review.to_sign else "then everybody can sign"
            about = f"The core is complete; {next_step}."
            if review.is_saved:
                about = "It is on disk. Enter shows what comes next."
            save_lines = [
                Content.styled(
                    "The charter is saved" if review.is_saved else "Save the charter", "bold $success"
                ),
                Content.styled(fit_line(about, width), "$faint"),
            ]
            entries += [PickListEntry(save_lines, SAVE_KEY), PickListEntry([Content("")])]
        notice = self.session.analysis.language.notice
        if notice:
            entries.append(PickListEntry([*paragraph(notice, width, "$warning"), Content("")]))
        for title, lines in _titled_lines(review):
            if lines:
                entries.append(PickListEntry([Content.styled(f"{title}  {len(lines)}", "bold $secondary")]))
                entries += [self._entry(line, width) for line in lines]
                entries.append(PickListEntry([Content("")]))
        return entries

    def _entry(self, line: ReviewLine, width: int) -> PickListEntry:
        rule = line.finding.rule if line.finding else ""
        key = _line_key(line)
        self._lines[key] = line
        symbol, style = LINE_MARKERS[line.kind]
        head = Content.assemble(
            (symbol, style),
            " ",
            (_shorten_place(line.place, width - 4 - len(rule)), ""),
            (f"  {rule}", "$faint"),
        )
        message = paragraph(line.message, width, "$faint", indent=2)[:3]
        return PickListEntry([head, *message], key)

    def show_document(self) -> None:
        """Render the preview if it is visible, and the answers or its width have changed."""
        width = self.query_one("#document", TextBlock).content_size.width
        version = (id(self.session.document), width)
        if not width or version == self._document_version:
            return
        self._document_version = version
        self._render_document(version)

    @work(thread=True, exclusive=True, exit_on_error=False, group="preview")
    def _render_document(self, version: tuple[int, int]) -> None:
        # In a thread: the templates of a workspace may take seconds.
        try:
            text = render_preview(self.session)
        except SprintkitError as error:
            problem = error.problems[0]
            place = f"{problem.path}: " if problem.path else ""
            text = f"The document cannot be shown. {place}{problem.message}"
        self.app.call_from_thread(self.show_if_current, preview_lines(text, version[1]), version)

    def show_if_current(self, lines: Lines, version: tuple[int, int]) -> None:
        """Show a rendered preview, unless the answers or the width have changed since."""
        if self.is_attached and version == self._document_version:
            self.query_one("#document", TextBlock).show(lines)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_document)

    # Actions

    def action_choose(self, _key: str = "") -> None:
        """Open the line under the cursor. The parameter only tells the footer which label the key has."""
        self.query_one(PickList).choose()

    @on(PickList.Chosen)
    async def open_line(self, event: PickList.Chosen) -> None:
        """Go to the question of a line, or save."""
        if event.key == SAVE_KEY:
            await self.action_save()
        elif event.key in self._lines:
            self.last_key = event.key
            self.dismiss(self._lines[event.key].spot)

    @property
    def current_key(self) -> str:
        """Key of the line under the cursor."""
        return self.query_one(PickList).key

    @property
    def current_line(self) -> ReviewLine | None:
        """The line under the cursor; None on a heading and on the entry that saves."""
        return self._lines.get(self.current_key)

    async def action_save(self) -> None:
        """Save the charter, if nothing of the core is missing, and show what comes next."""
        if self.review.to_save:
            count = len(self.review.to_save)
            missing = "1 answer is" if count == 1 else f"{count} answers are"
            text = f"{missing} missing before it can be saved. Enter goes to the first."
            self.app.notify(text, severity="warning", markup=False)
            self.query_one(PickList).action_move(-9999)
            return
        try:
            result = await asyncio.to_thread(self.session.save_charter)  # it may wait for the disk
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        if result.exit_code != ExitCode.OK:
            self.base_app.show_error(SprintkitError.from_problems(result.errors))
            return
        self.draw()
        self.app.push_screen(SavedScreen(self.session, result, self.review), self._leave_for)

    def _leave_for(self, next_screen: str | None) -> None:
        if next_screen:
            self.dismiss(next_screen)

    def action_waive(self) -> None:
        """Waive the warning under the cursor, with a reason and a name."""
        line = self.current_line
        if line is None or line.kind not in WAIVABLE_KINDS or line.finding is None:
            self.app.notify("Only a warning can be waived. An error must be fixed.", markup=False)
            return
        self.app.push_screen(WaiveScreen(self.session, [line.finding]), self._redraw_if_changed)

    def action_waive_all(self) -> None:
        """Waive all remaining warnings, with one reason and one name."""
        if not self.review.warnings:
            self.app.notify("There is no warning left to waive.", markup=False)
            return
        self.app.push_screen(WaiveScreen(self.session, self.review.warnings), self._redraw_if_changed)

    def action_unwaive(self) -> None:
        """Remove the waiver under the cursor."""
        line = self.current_line
        if line is not None and line.kind in WAIVER_KINDS and line.finding is not None:
            self.session.unwaive(line.finding)
            self._redraw_if_changed(True)

    def action_stop_asking(self) -> None:
        """Stop asking for the address under the cursor in this session."""
        line = self.current_line
        if line is not None and line.kind == "address":
            self.session.stop_asking(line.path)
            self._redraw_if_changed(True)

    def _redraw_if_changed(self, has_changed: bool | None) -> None:
        if has_changed:
            self.redraw(self._neighbour_key())

    def redraw(self, key: str = "") -> None:
        """Show list and document as the answers are now, with the cursor on the line with this key."""
        self.draw(key)
        self.show_document()

    def _neighbour_key(self) -> str:
        """Key of the line to move the cursor to: the nearest one that is left, from the cursor on, else above it."""
        keys = list(self._lines)
        index = keys.index(self.current_key) if self.current_key in keys else 0
        remaining = {
            _line_key(line) for _, lines in _titled_lines(build_review(self.session)) for line in lines
        }
        return next((key for key in (*keys[index:], *reversed(keys[:index])) if key in remaining), "")

    def action_back(self) -> None:
        """Go back from the document to the list, or to the session."""
        if self.has_class("-document"):
            self.action_document()
        else:
            self.dismiss(None)

    def action_document(self) -> None:
        """Switch between list and document. A narrow screen shows only one of them."""
        self.toggle_class("-document")
        target = self.query_one("#document-pane") if self.has_class("-document") else self.query_one(PickList)
        self.call_after_refresh(target.focus)
        self.call_after_refresh(self.show_document)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action applies to the line under the cursor."""
        if not self.is_mounted:
            return True
        line = self.current_line
        if action == "choose":
            first_key = "" if self.review.to_save else SAVE_KEY
            key = self.current_key or first_key  # the list may not be drawn yet
            return (parameters == (SAVE_KEY,)) is (key == SAVE_KEY)
        if action == "waive":
            return line is not None and line.kind in WAIVABLE_KINDS
        if action == "waive_all":
            return bool(self.review.warnings)
        if action == "stop_asking":
            return line is not None and line.kind == "address"
        if action == "unwaive":
            return line is not None and line.kind in WAIVER_KINDS
        return True

    def on_key(self, event: events.Key) -> None:
        """Say where to type to somebody who goes on typing after the last question."""
        is_letter = event.character is not None and event.character.isalnum()
        if is_letter and event.key not in self.active_bindings and not self._has_explained_typing:
            self._has_explained_typing = True
            text = (
                "Nothing can be typed here. Enter goes to the question of a line, Esc back to where you were."
            )
            self.app.notify(text, markup=False)

    @on(PickList.Highlighted)
    def show_keys(self) -> None:
        """Show the keys that apply to the line under the cursor."""
        self._has_explained_typing = False
        self.refresh_bindings()

    def flush(self) -> None:
        """Save the answers at once; nothing is typed on this screen. The app calls this whenever it ends."""
        self.session.draft_file.writer.save_now()


def _titled_lines(review: Review) -> list[tuple[str, tuple[ReviewLine, ...]]]:
    """The lines of a review under their headings, in the order shown."""
    return [
        ("Before it can be saved", review.to_save),
        ("Before anybody can sign", review.to_sign),
        ("Remarks, which keep nobody from signing", review.advice),
        ("Waived", review.waived),
        ("Waivers with nothing to waive", review.idle),
        ("Worth adding", review.roles),
        ("Addresses of those who sign", review.addresses),
    ]


def _line_key(line: ReviewLine) -> str:
    """Identifies a line, also when the review is built again."""
    return f"{line.kind}|{line.path}|{line.finding.rule if line.finding else ''}"


def _shorten_place(place: str, width: int) -> str:
    """Fit a place into `width` cells by dropping parts after the first one, so that section and question stay."""
    parts = place.split(" › ")
    while len(parts) > 2 and cell_len(" › ".join(parts)) > width:
        del parts[1]
        if len(parts) == 2:
            return fit_line(f"{parts[0]} › … › {parts[1]}", width)
    return fit_line(" › ".join(parts), width)
