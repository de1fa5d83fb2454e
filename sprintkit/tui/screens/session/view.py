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
from sprintkit.actions.session.outline import item_of, next_open, outline, spot_at, walk
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
        self.explains = False
        """Whether the coach tells the rules at length, or stands in the place of the questions."""
        self.from_review = False
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
                yield QuestionList(id="sheet")
                yield TextBlock(id="why")
            with VerticalScroll(id="right"):
                yield Coach(id="coach")
        yield KeyLine()

    def on_mount(self) -> None:
        self.sheet.out, self.sheet.moved = self.go_on, self.note_place
        self.query_one(Agenda).chosen = self.go_to
        self.set_interval(CLOCK_INTERVAL, self._tick)
        self.set_interval(POLL_INTERVAL, self.session.look)
        row = self.session.row.partition(":")
        spot = Spot(row[0], row[2]) if row[0] in ("question", "item", "heading") and row[2] else None  # type: ignore[arg-type]
        self.call_after_refresh(self.open_section, self.section.key, spot)

    # Parts

    @property
    def sheet(self) -> QuestionList:
        """The questions."""
        return self.query_one(QuestionList)

    @property
    def row(self) -> Row | None:
        """The row in focus."""
        return self.sheet.row

    # Drawing

    def open_section(self, key: str, spot: Spot | None = None, *, focus: bool = True) -> None:
        """Shows a section, at its first question that wants an answer unless told where."""
        self.section = SECTIONS_BY_KEY[key]
        self.sheet.open(self.session, self._rows, spot)
        if focus:
            if self.has_class("-agenda"):
                self.remove_class("-agenda")
                self.call_after_refresh(self.draw)
            self.sheet.focus_live()

    def _rows(self, focus: str) -> list[Row]:
        key = self.section.key
        return outline(self.session.standing, key, focus, key in self.session.unfolded)

    def note_place(self) -> None:
        """Remembers where the cursor is, and shows what belongs to it."""
        self.explains = False
        self.session.stay(self.section.key, f"{self.sheet.spot.kind}:{self.sheet.spot.path}")
        self.draw()
        self.refresh_bindings()

    @on(QuestionList.Edited)
    def draw(self) -> None:
        """Shows everything around the questions as it is now."""
        self._draw_top()
        self._draw_section()
        agenda = self.query_one(Agenda)
        if agenda.size.width:
            agenda.draw(self.session, self.section.key)
        right = self.query_one("#right")
        if right.size.width:
            width = right.scrollable_content_region.width
            self.query_one(Coach).draw(self.session, self.section, self.row, self.explains, width)
        foot = self.query_one("#why", TextBlock)
        if foot.size.width:
            foot.show(why_lines(self.section, self.row, foot.content_size.width, 2))

    def _draw_top(self) -> None:
        top = self.query_one(TopLine)
        standing, disk = self.session.standing, self.session.disk
        saved = f"Saved #{disk.saves}" if disk.saves else ""
        state = {
            "saved": saved,
            "saving": "saving".ljust(len(saved)),
            "trouble": "NOT SAVED",
            "changed": "CHANGED BY SOMEBODY ELSE",
        }[disk.state]
        count = standing.count
        parked = f"{len(standing.parked)} parked" if standing.parked else ""
        if self.size.width >= 100:
            parts = [self.session.depth, f"{count.answered} of {count.questions} answered", parked, state]
        else:
            parts = [f"{count.answered}/{count.questions}", parked, state]
        top.title = self.session.title
        top.situation = " · ".join(part for part in parts if part)

    def _draw_section(self) -> None:
        head = self.query_one("#section", TextBlock)
        width = head.content_size.width
        if not width:
            return
        line = next(one for one in self.session.standing.agenda if one.section is self.section)
        is_asked = self.section in self.session.standing.asked
        count = (
            f"{line.answered} / {line.questions}"
            if line.questions
            else ""
            if is_asked
            else "not asked in lean"
        )
        beside = (
            self._sections_beside()
            if self.has_class("-narrow") or self.has_class("-coached")
            else Content("")
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

    def _sections_beside(self) -> Content:
        """The sections that F3 and F4 go to, where no agenda shows them."""
        keys = [section.key for section in self.session.standing.asked]
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

    def _tick(self) -> None:
        self.session.pass_time()
        self.draw()

    # Going about

    def action_enter(self) -> None:
        """The next question, or what the row in focus is for."""
        row = self.row
        if row is None or row.kind in ("question", "heading"):
            self.action_next()
        else:
            self.do(QuestionList.Entered(row))

    def action_next(self, by: int = 1) -> None:
        """The next question, in the next section after the last one."""
        if self.focused is self.query_one(Agenda):
            self.sheet.focus_live()
            return
        key = self.section.key
        self.sheet.next_of(walk(self.session.standing, key, key in self.session.unfolded), by)

    def action_previous(self) -> None:
        """The question before."""
        self.action_next(-1)

    def go_on(self, by: int) -> None:
        """From the last question of a section to the next section, and from the last one to the review."""
        self._beside(by, is_flow=True)

    def action_section(self, by: int) -> None:
        """The section beside this one."""
        self.sheet.commit()
        self._beside(by)

    def _beside(self, by: int, is_flow: bool = False) -> None:
        keys = [section.key for section in self.session.standing.asked]
        every = [section.key for section in SECTIONS]
        at = every.index(self.section.key)
        ways = [key for key in keys if (every.index(key) - at) * by > 0]
        if ways:
            key = ways[0] if by > 0 else ways[-1]
            back = walk(self.session.standing, key, key in self.session.unfolded)
            self.open_section(key, Spot("question", back[-1]) if is_flow and by < 0 and back else None)
        elif by > 0:
            self.action_review()

    def go_to(self, place: str) -> None:
        """Opens what was chosen in the agenda."""
        self.sheet.commit()
        if place == REVIEW_PLACE:
            self.remove_class("-agenda")
            self.action_review()
        elif place in SECTIONS_BY_KEY:
            self.open_section(place)
        elif place:
            self.show_place(place)

    def show_place(self, path: str) -> None:
        """Opens the section of a path, with the focus there."""
        self.open_section(section_of(path).key, spot_at(self.session.standing, path))

    def action_finding(self, by: int) -> None:
        """The next open point of the whole session, from where the cursor is."""
        self.sheet.commit()
        place = next_open(self.session.standing, self.section.key, self.sheet.spot, by)
        if place is None:
            self.app.notify("Nothing is missing, and no rule objects. F8 reviews and saves.", markup=False)
        else:
            self.open_section(*place)

    def action_agenda(self) -> None:
        """To the agenda, or back from it."""
        agenda = self.query_one(Agenda)
        if self.focused is agenda:
            self.remove_class("-agenda")
            self.sheet.focus_live()
            return
        self.sheet.commit()
        self.add_class("-agenda")
        if agenda.size.width:
            self._to_agenda()
        else:
            self.call_after_refresh(self._to_agenda)

    def _to_agenda(self) -> None:
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
            self.explains = self.has_class("-coach")
            self.call_after_refresh(self._to_coach)
        else:
            self.explains = not self.explains
            self.draw()

    def _to_coach(self) -> None:
        self.draw()
        if self.explains:
            self.query_one("#right").focus()
        else:
            self.sheet.focus_live()

    def action_back(self) -> None:
        """Out of what is open, one step at a time."""
        if self.has_class("-coach"):
            self.action_explain()
        elif self.explains:
            self.explains = False
            self.draw()
        elif self.from_review:
            self.action_review()
        elif (
            self.sheet.spot.kind != "item" and (item := item_of(self.sheet.spot.path)) and self._is_row(item)
        ):
            self.sheet.commit()
            self.sheet.go(Spot("item", item))
            self.sheet.focus_live()
        else:
            self.action_agenda()

    @property
    def is_way_home(self) -> bool:
        """Whether Escape leaves the session: in the agenda, and nothing else is open."""
        is_open = self.explains or self.from_review or self.has_class("-coach")
        return self.focused is self.query_one(Agenda) and not is_open

    def action_home(self) -> None:
        """Leaves the session."""
        self.leave()

    def _is_row(self, path: str) -> bool:
        return any(row.kind == "item" and row.path == path for row in self.sheet.rows)

    def do(self, event: QuestionList.Entered) -> None:
        """Does with a row what it is for."""
        raise NotImplementedError

    def leave(self) -> None:
        """Ends the session."""
        raise NotImplementedError

    def action_review(self) -> None:
        """To the review."""
        raise NotImplementedError
