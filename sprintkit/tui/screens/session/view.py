"""How a session looks, and how one goes about in it: agenda, questions, coach."""

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
from sprintkit.tui import commands
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.agenda import REVIEW_PLACE, Agenda
from sprintkit.tui.screens.session.coach import Coach, why_lines
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import fit, key_line, wrapped
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.text_block import TextBlock

SECTIONS_BY_KEY = {section.key: section for section in SECTIONS}
CLOCK_INTERVAL = 15.0
"""Seconds between two looks at the clock."""
POLL_INTERVAL = 2.0
"""Seconds between two looks at whether somebody else changed the file."""


class SessionView(Page[None]):
    """The panes of a session; what else can be done in it is SessionScreen's."""

    SCOPE = "session"
    ABOUT = (
        "Ask the question on the screen aloud, type what the room agrees on, press Enter. Everything is saved as it "
        "is typed. ✓ answered, ○ to answer, ✗ a rule objects, ! a warning, P parked, · not needed."
    )
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("session")
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
        """Whether the coach tells the rules at length, or stands in the place of the questions."""
        self.returns_to_review = False
        """Whether Escape goes back to the review."""

    @property
    def context(self) -> WorkspaceContext:
        """The workspace it is part of."""
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
        self.question_list.leave_list, self.question_list.focus_moved = self.go_past_end, self.remember_place
        self.query_one(Agenda).open_place = self.open_place
        self.set_interval(CLOCK_INTERVAL, self._track_time)
        self.set_interval(POLL_INTERVAL, self.session.poll_external_change)
        row = self.session.row.partition(":")
        spot = Spot(row[0], row[2]) if row[0] in ("question", "item", "heading") and row[2] else None  # type: ignore[arg-type]
        self.call_after_refresh(self.open_section, self.section.key, spot)

    # Parts

    @property
    def question_list(self) -> QuestionList:
        """The questions."""
        return self.query_one(QuestionList)

    @property
    def row(self) -> Row | None:
        """The row in focus."""
        return self.question_list.row

    # Drawing

    def open_section(self, key: str, spot: Spot | None = None, *, focus: bool = True) -> None:
        """Shows a section, at its first question that wants an answer unless told where."""
        self.section = SECTIONS_BY_KEY[key]
        self.question_list.open_rows(self.session, self._rows, spot)
        if focus:
            if self.has_class("-agenda"):
                self.remove_class("-agenda")
                self.call_after_refresh(self.draw)
            self.question_list.focus_control()

    def _rows(self, focus: str) -> list[Row]:
        key = self.section.key
        return outline(self.session.analysis, key, focus, key in self.session.expanded_sections)

    def remember_place(self) -> None:
        """Remembers where the cursor is, and shows what belongs to it."""
        self.is_explaining = False
        self.session.remember_cursor(
            self.section.key, f"{self.question_list.spot.kind}:{self.question_list.spot.path}"
        )
        self.draw()
        self.refresh_bindings()

    @on(QuestionList.Edited)
    def draw(self) -> None:
        """Shows everything around the questions as it is now."""
        self._draw_top_line()
        self._draw_section_head()
        agenda = self.query_one(Agenda)
        if agenda.size.width:
            agenda.draw(self.session, self.section.key)
        right = self.query_one("#right")
        if right.size.width:
            width = right.scrollable_content_region.width
            self.query_one(Coach).draw(self.session, self.section, self.row, self.is_explaining, width)
        foot = self.query_one("#why", TextBlock)
        if foot.size.width:
            foot.show(why_lines(self.section, self.row, foot.content_size.width, 2))

    def _draw_top_line(self) -> None:
        top = self.query_one(TopLine)
        standing, disk = self.session.analysis, self.session.draft_file
        saved = f"Saved #{disk.save_count}" if disk.save_count else ""
        state = {
            "saved": saved,
            "saving": "saving".ljust(len(saved)),
            "failed": "NOT SAVED",
            "conflict": "CHANGED BY SOMEBODY ELSE",
        }[disk.state]
        count = standing.count
        parked = f"{len(standing.parked)} parked" if standing.parked else ""
        if self.size.width >= 100:
            parts = [self.session.depth, f"{count.answered} of {count.questions} answered", parked, state]
        else:
            parts = [f"{count.answered}/{count.questions}", parked, state]
        top.title = self.session.title
        top.situation = " · ".join(part for part in parts if part)

    def _draw_section_head(self) -> None:
        head = self.query_one("#section", TextBlock)
        width = head.content_size.width
        if not width:
            return
        line = next(one for one in self.session.analysis.agenda if one.section is self.section)
        is_asked = self.section in self.session.analysis.asked_sections
        count = (
            f"{line.answered} / {line.questions}"
            if line.questions
            else ""
            if is_asked
            else "not asked in lean"
        )
        beside = (
            self._neighbour_keys() if self.has_class("-narrow") or self.has_class("-coached") else Content("")
        )
        room = width - beside.cell_length
        title = fit(self.section.title, room - len(count) - 4)
        first = Content.assemble((title, "bold $primary"), (f"   {count}", "$faint"))
        first = Content.assemble(first, " " * max(room - first.cell_length, 0), beside)
        parts = (
            wrapped(self.section.purpose, width)[:2]
            if self.has_class("-wide") or self.has_class("-huge")
            else []
        )
        lines = [first, *(Content.styled(part, "$faint") for part in parts), Content("")]
        head.show(lines[:3])

    def _neighbour_keys(self) -> Content:
        """The sections that F3 and F4 go to, where no agenda shows them."""
        keys = [section.key for section in self.session.analysis.asked_sections]
        every = [section.key for section in SECTIONS]
        here = every.index(self.section.key)
        before = [key for key in keys if every.index(key) < here][-1:]
        after = [key for key in keys if every.index(key) > here][:1]
        parts = [("F3", short_title(SECTIONS_BY_KEY[key])) for key in before] + [
            ("F4", short_title(SECTIONS_BY_KEY[key])) for key in after
        ]
        return key_line(parts)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    def _track_time(self) -> None:
        self.session.track_time()
        self.draw()

    # Going about

    def action_enter(self) -> None:
        """The next question, or what the row in focus is for."""
        row = self.row
        if row is None or row.kind in ("question", "heading"):
            self.action_next()
        else:
            self.activate_row(QuestionList.Activated(row))

    def action_next(self, by: int = 1) -> None:
        """The next question, in the next section after the last one."""
        if self.focused is self.query_one(Agenda):
            self.question_list.focus_control()
            return
        key = self.section.key
        self.question_list.go_to_next(
            question_paths(self.session.analysis, key, key in self.session.expanded_sections), by
        )

    def action_previous(self) -> None:
        """The question before."""
        self.action_next(-1)

    def go_past_end(self, by: int) -> None:
        """From the last question of a section to the next section, and from the last one to the review."""
        self._open_neighbour(by, is_flow=True)

    def action_section(self, by: int) -> None:
        """The section beside this one."""
        self.question_list.commit()
        self._open_neighbour(by)

    def _open_neighbour(self, by: int, is_flow: bool = False) -> None:
        keys = [section.key for section in self.session.analysis.asked_sections]
        every = [section.key for section in SECTIONS]
        at = every.index(self.section.key)
        ways = [key for key in keys if (every.index(key) - at) * by > 0]
        if ways:
            key = ways[0] if by > 0 else ways[-1]
            back = question_paths(self.session.analysis, key, key in self.session.expanded_sections)
            self.open_section(key, Spot("question", back[-1]) if is_flow and by < 0 and back else None)
        elif by > 0:
            self.action_review()

    def open_place(self, place: str) -> None:
        """Opens what was chosen in the agenda."""
        self.question_list.commit()
        if place == REVIEW_PLACE:
            self.remove_class("-agenda")
            self.action_review()
        elif place in SECTIONS_BY_KEY:
            self.open_section(place)
        elif place:
            self.go_to_path(place)

    def go_to_path(self, path: str) -> None:
        """Opens the section of a path, with the focus there."""
        self.open_section(section_of(path).key, spot_at(self.session.analysis, path))

    def action_finding(self, by: int) -> None:
        """The next open point of the whole session, from where the cursor is."""
        self.question_list.commit()
        place = next_open_spot(self.session.analysis, self.section.key, self.question_list.spot, by)
        if place is None:
            self.app.notify("Nothing is missing, and no rule objects. F8 reviews and saves.", markup=False)
        else:
            self.open_section(*place)

    def action_agenda(self) -> None:
        """To the agenda, or back from it."""
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
        """To what the cursor is on in the agenda."""
        self.query_one(Agenda).action_go()

    def action_explain(self) -> None:
        """Explains at length; on a small screen the coach takes the place of the questions."""
        if not self.query_one("#right").size.width or self.has_class("-coach"):
            self.toggle_class("-coach")
            self.is_explaining = self.has_class("-coach")
            self.call_after_refresh(self._focus_coach_or_questions)
        else:
            self.is_explaining = not self.is_explaining
            self.draw()

    def _focus_coach_or_questions(self) -> None:
        self.draw()
        if self.is_explaining:
            self.query_one("#right").focus()
        else:
            self.question_list.focus_control()

    def action_back(self) -> None:
        """Out of what is open, one step at a time."""
        if self.has_class("-coach"):
            self.action_explain()
        elif self.is_explaining:
            self.is_explaining = False
            self.draw()
        elif self.returns_to_review:
            self.action_review()
        elif (
            self.question_list.spot.kind != "item"
            and (item := containing_item(self.question_list.spot.path))
            and self._has_item_row(item)
        ):
            self.question_list.commit()
            self.question_list.switch_workspace(Spot("item", item))
            self.question_list.focus_control()
        else:
            self.action_agenda()

    @property
    def can_leave_by_escape(self) -> bool:
        """Whether Escape leaves the session: in the agenda, and nothing else is open."""
        is_open = self.is_explaining or self.returns_to_review or self.has_class("-coach")
        return self.focused is self.query_one(Agenda) and not is_open

    def action_home(self) -> None:
        """Leaves the session."""
        self.leave()

    def _has_item_row(self, path: str) -> bool:
        return any(row.kind == "item" and row.path == path for row in self.question_list.rows)

    def activate_row(self, event: QuestionList.Activated) -> None:
        """Does with a row what it is for."""
        raise NotImplementedError

    def leave(self) -> None:
        """Ends the session."""
        raise NotImplementedError

    def action_review(self) -> None:
        """To the review."""
        raise NotImplementedError
