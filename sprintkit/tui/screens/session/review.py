"""The review: the document as it will be read, what is missing or wrong, the gates, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from sprintkit.actions.session.review import Review, ReviewLine, build_review, render_preview
from sprintkit.actions.session.rows import Spot
from sprintkit.actions.session.session import Session
from sprintkit.errors import ExitCode, SprintkitError
from sprintkit.tui import commands
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.saved import SavedScreen
from sprintkit.tui.screens.session.waive import WaiveScreen
from sprintkit.tui.sprint_page.markdown import lines_of
from sprintkit.tui.text import fit, wrapped
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

LINE_MARKERS = {
    "missing": ("○", "bold $primary"),
    "wrong": ("✗", "bold $error"),
    "error": ("✗", "bold $error"),
    "warning": ("!", "bold $warning"),
    "parked": ("P", "bold $warning"),
    "waived": ("·", "$faint"),
    "idle": ("!", "bold $warning"),
    "role": ("·", "$faint"),
}
WAIVER_KINDS = ("waived", "idle")
"""Kinds of lines whose waiver can be taken back."""
SAVE_KEY = "save"


class CharterReviewScreen(Page[Spot | None]):
    """Gives back the question to go to; None to go on where one was."""

    SCOPE = "review"
    ABOUT = (
        "What is left to do, and the document as it will be read. Enter goes to a line's question; Esc there comes "
        "back here. A charter can be saved when the core is answered; it can be signed when no error is left and "
        "every warning is mended or waived."
    )
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("review")
    AUTO_FOCUS = "PickList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual declares it so

    def __init__(self, session: Session, at: str = "") -> None:
        super().__init__()
        self.session = session
        self.start_key = at
        self.review: Review = build_review(session)
        self._lines: dict[str, ReviewLine] = {}
        self._last_key = at
        self._document_version = (0, 0)
        """The answers and the width that the document shown was made of."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal(id="panes"):
            with VerticalScroll(id="todo", can_focus=False):
                yield PickList()
            with VerticalScroll(id="document-pane"):
                yield TextBlock(id="document")
        yield KeyLine()

    def on_mount(self) -> None:
        self.draw(self.start_key)
        self.query_one("#document", TextBlock).show(
            [Content.styled("The document is being laid out …", "$faint")]
        )
        self.call_after_refresh(self.show_document)

    def draw(self, at: str = "") -> None:
        """Shows what is left to do."""
        self.review = build_review(self.session)
        top = self.query_one(TopLine)
        top.title = f"Review: {self.session.title}"
        top.situation = f"{self.session.depth} · {self._gate_text()}"
        self._lines = {}
        self.query_one(PickList).fill(self._entries, at)

    def _gate_text(self) -> str:
        if self.review.to_save:
            return f"{len(self.review.to_save)} to go before it can be saved"
        if self.review.to_sign:
            return f"can be saved; {len(self.review.to_sign)} to go before it can be signed"
        return "can be saved and signed"

    def _entries(self, width: int) -> list[PickListEntry]:
        found = self.review
        entries: list[PickListEntry] = []
        if not found.to_save:
            after = "everybody can sign then" if not found.to_sign else "what is listed below can follow"
            entries += [
                PickListEntry(
                    [
                        Content.styled("Save the charter", "bold $success"),
                        Content.styled(fit(f"The core is complete; {after}.", width), "$faint"),
                    ],
                    SAVE_KEY,
                ),
                PickListEntry([Content("")]),
            ]
        for title, lines in (
            ("Before it can be saved", found.to_save),
            ("Before it can be signed", found.to_sign),
            ("Waived", found.waived),
            ("Waivers with nothing to waive", found.idle),
            ("Worth adding", found.roles),
        ):
            if lines:
                entries.append(PickListEntry([Content.styled(f"{title}  {len(lines)}", "bold $secondary")]))
                entries += [self._entry(line, width) for line in lines]
                entries.append(PickListEntry([Content("")]))
        return entries

    def _entry(self, line: ReviewLine, width: int) -> PickListEntry:
        rule = line.finding.rule if line.finding else ""
        key = _line_key(line)
        self._lines[key] = line
        sign, style = LINE_MARKERS[line.kind]
        head = Content.assemble(
            (sign, style),
            " ",
            (_shorten_place(line.where, width - 4 - len(rule)), ""),
            (f"  {rule}", "$faint"),
        )
        said = wrapped(line.message, width - 2)
        return PickListEntry([head, *(Content.styled(f"  {part}", "$faint") for part in said[:3])], key)

    def show_document(self) -> None:
        """Shows the document as it will be read; made when it is first seen, and again when answers changed."""
        paper = self.query_one("#document", TextBlock)
        width = paper.content_size.width
        version = (id(self.session.document), width)
        if not width or version == self._document_version:
            return
        self._document_version = version
        self._preview(version)

    @work(thread=True, exclusive=True, exit_on_error=False, group="preview")
    def _preview(self, version: tuple[int, int]) -> None:
        # Beside the screen: a workspace's own templates may take seconds.
        try:
            text = render_preview(self.session)
        except SprintkitError as error:
            one = error.problems[0]
            text = f"The document cannot be shown. {f'{one.path}: ' if one.path else ''}{one.message}"
        self.app.call_from_thread(self.show_finished_document, text, version)

    def show_finished_document(self, text: str, version: tuple[int, int]) -> None:
        """Shows a document that was made, if it is still the one that is wanted."""
        if self.is_attached and version == self._document_version:
            self.query_one("#document", TextBlock).show(lines_of(text, version[1]))

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_document)

    # What can be done

    def action_choose(self, _what: str = "") -> None:
        """Goes to the line's question, or saves."""
        self.query_one(PickList).choose()

    @on(PickList.Chosen)
    def open_line(self, event: PickList.Chosen) -> None:
        """Does what the line says."""
        if event.key == SAVE_KEY:
            self.action_save()
        elif event.key in self._lines:
            self._last_key = event.key
            self.dismiss(self._lines[event.key].spot)

    @property
    def last_key(self) -> str:
        """The line that was in focus when the review was left."""
        return self._last_key

    @property
    def current_key(self) -> str:
        """The line in focus."""
        return self.query_one(PickList).key

    def action_save(self) -> None:
        """Saves the charter, if the gate is open."""
        if self.review.to_save:
            self.app.notify(
                f"{len(self.review.to_save)} answers are missing before it can be saved. Enter goes to the first.",
                severity="warning",
                markup=False,
            )
            self.query_one(PickList).action_move(-9999)
            return
        try:
            result = self.session.save_charter()
        except SprintkitError as error:
            self.host.tell(error)
            return
        if result.exit_code != ExitCode.OK:
            self.host.tell(SprintkitError.of(result.errors))
            return
        self.draw()
        self.app.push_screen(SavedScreen(self.session, result, self.review), self._close_if_done)

    def _close_if_done(self, goes_home: bool | None) -> None:
        if goes_home:
            self.dismiss(Spot("more", "home"))

    def action_waive(self) -> None:
        """Lets the warning in focus stay, with a reason and a name."""
        line = self._lines.get(self.current_key)
        if line is None or line.kind != "warning" or line.finding is None:
            self.app.notify("Only a warning can be waived; an error is to be mended.", markup=False)
            return
        self.app.push_screen(WaiveScreen(self.session, [line.finding]), self._redraw_if_changed)

    def action_waive_all(self) -> None:
        """Lets all remaining warnings stay, with one reason and one name."""
        if not self.review.warnings:
            self.app.notify("There is no warning left to waive.", markup=False)
            return
        self.app.push_screen(WaiveScreen(self.session, self.review.warnings), self._redraw_if_changed)

    def action_unwaive(self) -> None:
        """Takes back the waiver in focus."""
        line = self._lines.get(self.current_key)
        if line is not None and line.kind in WAIVER_KINDS and line.finding is not None:
            self.session.unwaive(line.finding)
            self._redraw_if_changed(True)

    def _redraw_if_changed(self, has_changed: bool | None) -> None:
        if has_changed:
            self.redraw(self._neighbour_key())

    def redraw(self, key: str = "") -> None:
        """Shows the answers as they are by now; `key` is the line to have in focus."""
        self.draw(key)
        self.show_document()

    def _neighbour_key(self) -> str:
        """The line that has the place of the one in focus, once that is settled."""
        keys = list(self._lines)
        at = keys.index(self.current_key) if self.current_key in keys else 0
        left = build_review(self.session)
        still = {
            _line_key(line) for line in (*left.to_save, *left.to_sign, *left.waived, *left.idle, *left.roles)
        }
        return next((key for key in (*keys[at:], *reversed(keys[:at])) if key in still), "")

    def action_back(self) -> None:
        """Back to where one was."""
        if self.has_class("-document"):
            self.action_document()
        else:
            self.dismiss(None)

    def action_document(self) -> None:
        """Between the list and the document; on a small screen one takes the place of the other."""
        self.toggle_class("-document")
        target = self.query_one("#document-pane") if self.has_class("-document") else self.query_one(PickList)
        self.call_after_refresh(target.focus)
        self.call_after_refresh(self.show_document)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done with the line in focus."""
        if not self.is_mounted:
            return True
        line = self._lines.get(self.current_key)
        if action == "choose":
            key = self.current_key or (
                "" if self.review.to_save else SAVE_KEY
            )  # as it will be once the list is drawn
            return (parameters == (SAVE_KEY,)) is (key == SAVE_KEY)
        if action == "waive":
            return line is not None and line.kind == "warning"
        if action == "waive_all":
            return bool(self.review.warnings)
        if action == "unwaive":
            return line is not None and line.kind in WAIVER_KINDS
        return True

    @on(PickList.Highlighted)
    def show_keys(self) -> None:
        """Another line, other keys."""
        self.refresh_bindings()

    def keep(self) -> None:
        """All that is typed here is in the session already."""
        self.session.disk.flush()


def _line_key(line: ReviewLine) -> str:
    return f"{line.kind}|{line.path}|{line.finding.rule if line.finding else ''}"


def _shorten_place(where: str, width: int) -> str:
    """A place in words; where it is too long its parts in the middle go, so that the question stays."""
    parts = where.split(" › ")
    while len(parts) > 2 and cell_len(" › ".join(parts)) > width:
        del parts[1]
        if len(parts) == 2:
            return fit(f"{parts[0]} › … › {parts[1]}", width)
    return fit(" › ".join(parts), width)
