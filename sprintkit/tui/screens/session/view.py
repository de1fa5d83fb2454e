"""The panes of a session (agenda, questions and coach), and how to move around in them."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.analysis import section_of, short_title
from sprintkit.actions.session.outline import (
    containing_item,
    next_open_spot,
    outline,
    question_paths,
    spot_at,
)
from sprintkit.actions.session.rows import Row, Spot
from sprintkit.actions.session.session import Session
from sprintkit.charter.questions import SECTIONS, Section
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import paragraph
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.agenda import REVIEW_PLACE, Agenda
from sprintkit.tui.screens.session.coach import Coach, why_lines
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import fit_line, key_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.text_block import TextBlock

SECTIONS_BY_KEY = {section.key: section for section in SECTIONS}
CLOCK_INTERVAL = 15.0
"""Seconds between two updates of the minutes spent."""
POLL_INTERVAL = 2.0
"""Seconds between two checks of whether somebody else changed the file."""


class SessionView(Page[None]):
    """Shows the panes and moves the cursor among questions and sections. Subclasses add what can be done in a session."""

    SCOPE = "session"
    ABOUT = (
        "Ask the question on the screen aloud, type what the room agrees on, press Enter. Everything is saved as it "
        "is typed. ✓ answered, ○ to answer, ✗ a rule objects, ! a warning, P parked, · not needed."
    )
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("session")
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it so
        (0, "-narrow"),
        (100, "-coached"),
        (118, "-wide"),
        (160, "-huge"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.section: Section = SECTIONS_BY_KEY.get(session.section, SECTIONS[0])
        self.is_explaining = False
        """Whether the coach explains the findings in full; on a narrow screen, whether it is shown at all."""
        self.returns_to_review = False
        """Whether Escape goes back to the review, since the question was opened from there."""

    @property
    def context(self) -> WorkspaceContext:
        """The workspace of the sprint."""
        return self.session.context

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal(id="panes"):
            with VerticalScroll(id="left", can_focus=False):
                yield Agenda(id="agenda")
            with Vertical(id="work"):
                yield TextBlock(id="section")
                yield QuestionList(id="questions")
                yield TextBlock(id="why")
            with VerticalScroll(id="right"):
                yield Coach(id="coach")
        yield KeyLine()

    def on_mount(self) -> None:
        self.question_list.leave_list = self.go_past_end
        self.question_list.focus_moved = self.follow_focus
        self.query_one(Agenda).open_place = self.open_place
        self.set_interval(CLOCK_INTERVAL, self._track_time)
        self.set_interval(POLL_INTERVAL, self.session.poll_external_change)
        kind, _, path = self.session.row.partition(":")
        spot = Spot(kind, path) if kind in ("question", "item", "heading") and path else None  # type: ignore[arg-type]
        self.call_after_refresh(self.open_section, self.section.key, spot)

    # Parts

    @property
    def question_list(self) -> QuestionList:
        """The questions of the open section."""
        return self.query_one(QuestionList)

    @property
    def row(self) -> Row | None:
        """The row in focus; None if the section has no rows."""
        return self.question_list.row

    # Drawing

    def open_section(self, key: str, spot: Spot | None = None) -> None:
        """Show a section, with the cursor on `spot` or else on its first open question."""
        self.section = SECTIONS_BY_KEY[key]
        self.question_list.open_rows(self.session, self._build_rows, spot)
        if self.has_class("-agenda"):
            self.remove_class("-agenda")
            self.call_after_refresh(self.draw)
        self.question_list.focus_control()

    def _build_rows(self, focus_path: str) -> list[Row]:
        key = self.section.key
        return outline(self.session.analysis, key, focus_path, key in self.session.expanded_sections)

    def follow_focus(self) -> None:
        """Remember the row in focus for the next session, and draw everything about it."""
        self.is_explaining = False
        kind, path = self.question_list.spot
        self.session.remember_cursor(self.section.key, f"{kind}:{path}")
        self.draw()
        self.refresh_bindings()

    @on(QuestionList.Edited)
    def draw(self) -> None:
        """Draw everything around the list of questions."""
        self._draw_top_line()
        self._draw_section_head()
        agenda = self.query_one(Agenda)
        if agenda.size.width:
            agenda.draw(self.session, self.section.key)
        right = self.query_one("#right")
        if right.size.width:
            width = right.scrollable_content_region.width
            self.query_one(Coach).draw(self.session, self.section, self.row, self.is_explaining, width)
        why = self.query_one("#why", TextBlock)
        if why.size.width:
            why.show(why_lines(self.session, self.section, self.row, why.content_size.width, 2))

    def _draw_top_line(self) -> None:
        top = self.query_one(TopLine)
        analysis, draft_file = self.session.analysis, self.session.draft_file
        saved = f"Saved #{draft_file.save_count}" if draft_file.save_count else ""
        state = {
            "saved": saved,
            "saving": "saving".ljust(len(saved)),  # as wide, so that nothing beside it moves
            "failed": "NOT SAVED",
            "conflict": "CHANGED BY SOMEBODY ELSE",
        }[draft_file.state]
        count = analysis.count
        parked = f"{len(analysis.parked)} parked" if analysis.parked else ""
        judge = f"judge {self.session.judge}" if self.session.judge != self.context.judge else ""
        if self.size.width >= 100:
            answered = f"{count.answered} of {count.questions} answered"
            parts = [self.session.depth, judge, answered, parked, state]
        else:
            parts = [f"{count.answered}/{count.questions}", parked, state]
        top.title = self.session.title
        top.situation = " · ".join(part for part in parts if part)

    def _draw_section_head(self) -> None:
        head = self.query_one("#section", TextBlock)
        width = head.content_size.width
        if not width:
            return
        analysis = self.session.analysis
        line = next(line for line in analysis.agenda if line.section is self.section)
        count = "" if self.section in analysis.asked_sections else "not asked in lean"
        if line.questions:
            count = f"{line.answered} / {line.questions}"
        has_agenda = self.has_class("-wide") or self.has_class("-huge")
        neighbours = Content("") if has_agenda else self._neighbour_keys()
        room = width - neighbours.cell_length
        title = fit_line(self.section.title, room - len(count) - 4)
        heading = Content.assemble((title, "bold $primary"), (f"   {count}", "$faint"))
        heading = Content.assemble(heading, " " * max(room - heading.cell_length, 0), neighbours)
        purpose = paragraph(self.section.purpose, width, "$faint")[:2] if has_agenda else []
        lines = [heading, *purpose, Content("")]
        head.show(lines[:3])

    def _neighbour_keys(self) -> Content:
        """The sections that F3 and F4 go to, for screens without an agenda."""
        neighbours = (("F3", self._neighbour_section(-1)), ("F4", self._neighbour_section(1)))
        return key_line([(key, short_title(section)) for key, section in neighbours if section is not None])

    def _neighbour_section(self, step: int) -> Section | None:
        """The section that is asked next after this one, or before it for a `step` of -1; None at the end."""
        asked, index = self.session.analysis.asked_sections, SECTIONS.index(self.section)
        candidates = SECTIONS[index + 1 :] if step > 0 else SECTIONS[:index][::-1]
        return next((section for section in candidates if section in asked), None)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    def _track_time(self) -> None:
        self.session.track_time()
        self.draw()

    # Moving around

    def action_enter(self) -> None:
        """Go to the next question, or activate a row that has no control."""
        row = self.row
        if row is None or row.kind in ("question", "heading"):
            self.action_next()
        else:
            self.activate_row(QuestionList.Activated(row))

    def action_next(self, step: int = 1) -> None:
        """Go to the next or previous question, into the neighbouring section if need be."""
        if self.focused is self.query_one(Agenda):
            self.question_list.focus_control()
            return
        self.question_list.go_to_next(self._question_paths(self.section.key), step)

    def _question_paths(self, section: str) -> list[str]:
        """The questions of a section in order, as far as the session shows them."""
        return question_paths(self.session.analysis, section, section in self.session.expanded_sections)

    def action_previous(self) -> None:
        """Go to the previous question."""
        self.action_next(-1)

    def go_past_end(self, step: int) -> None:
        """Go to the neighbouring section; going back, to its last question. After the last section comes the review."""
        self._open_neighbour(step, enters_at_end=step < 0)

    def action_section(self, step: int) -> None:
        """Go to the next or previous section."""
        self.question_list.commit()
        self._open_neighbour(step)

    def _open_neighbour(self, step: int, *, enters_at_end: bool = False) -> None:
        section = self._neighbour_section(step)
        if section is not None:
            paths = self._question_paths(section.key)
            self.open_section(section.key, Spot("question", paths[-1]) if enters_at_end and paths else None)
        elif step > 0:
            self.action_review()

    def open_place(self, place: str) -> None:
        """Open a place of the agenda: the key of a section, "review", or the path of a parked question."""
        self.question_list.commit()
        if place == REVIEW_PLACE:
            self.remove_class("-agenda")
            self.action_review()
        elif place in SECTIONS_BY_KEY:
            self.open_section(place)
        elif place:
            self.go_to_path(place)

    def go_to_path(self, path: str) -> None:
        """Open the section that `path` belongs to, with the cursor on that answer."""
        self.open_section(section_of(path).key, spot_at(self.session.analysis, path))

    def action_finding(self, step: int) -> None:
        """Go to the next or previous answer in the whole session that is missing or that a rule objects to."""
        self.question_list.commit()
        target = next_open_spot(self.session.analysis, self.section.key, self.question_list.spot, step)
        if target is None:
            self.app.notify("Nothing is missing, and no rule objects. F8 reviews and saves.", markup=False)
        else:
            section, spot = target
            self.open_section(section, spot)

    def action_agenda(self) -> None:
        """Go to the agenda, or back from it."""
        agenda = self.query_one(Agenda)
        if self.focused is agenda:
            self.remove_class("-agenda")
            self.question_list.focus_control()
            return
        self.question_list.commit()
        self.add_class("-agenda")
        if agenda.size.width:
            self._focus_agenda()
        else:
            self.call_after_refresh(self._focus_agenda)

    def _focus_agenda(self) -> None:
        agenda = self.query_one(Agenda)
        agenda.draw(self.session, self.section.key)
        self.set_focus(agenda)

    def action_go(self) -> None:
        """Open the place under the cursor of the agenda."""
        self.query_one(Agenda).action_go()

    def action_explain(self) -> None:
        """Explain the findings in full. On a narrow screen the coach takes the place of the questions."""
        if not self.query_one("#right").size.width or self.has_class("-coach"):
            self.toggle_class("-coach")
            self.is_explaining = self.has_class("-coach")
            self.call_after_refresh(self._focus_coach_or_questions)
        elif self.is_explaining or (self.row is not None and self.row.all_findings):
            self.is_explaining = not self.is_explaining
            self.draw()
        else:
            self.app.notify("No rule objects here. Why this is asked is shown on the right.", markup=False)

    def _focus_coach_or_questions(self) -> None:
        self.draw()
        if self.is_explaining:
            self.query_one("#right").focus()
        else:
            self.question_list.focus_control()

    def action_back(self) -> None:
        """Go one step back: from an explanation, to the review, out of an item, or to the agenda."""
        if self.has_class("-coach"):
            self.action_explain()
        elif self.is_explaining:
            self.is_explaining = False
            self.draw()
        elif self.returns_to_review:
            self.action_review()
        elif item := self._item_in_focus():
            self.question_list.commit()
            self.question_list.focus_row(Spot("item", item))
            self.question_list.focus_control()
        else:
            self.action_agenda()

    def _item_in_focus(self) -> str:
        """Path of the list item that the row in focus belongs to; empty if it is that item's own row, or in none."""
        spot = self.question_list.spot
        item = "" if spot.kind == "item" else containing_item(spot.path)
        has_row = any(row.kind == "item" and row.path == item for row in self.question_list.rows)
        return item if has_row else ""

    @property
    def can_leave_by_escape(self) -> bool:
        """Whether Escape leaves the session: the agenda has the focus, and there is nothing else to go back from."""
        can_go_back = self.is_explaining or self.returns_to_review or self.has_class("-coach")
        return self.focused is self.query_one(Agenda) and not can_go_back

    async def action_home(self) -> None:
        """Leave the session."""
        await self.leave()

    def activate_row(self, event: QuestionList.Activated) -> None:
        """Carry out the operation of a row that has no control."""
        raise NotImplementedError

    async def leave(self, next_screen: str = "home") -> None:
        """End the session, and open `next_screen`."""
        raise NotImplementedError

    def action_review(self) -> None:
        """Open the review."""
        raise NotImplementedError
