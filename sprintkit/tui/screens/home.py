"""Home: the sprints of the workspace, those first that need somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input, Static

from sprintkit.actions.status import attention
from sprintkit.errors import SprintkitError
from sprintkit.tui import commands
from sprintkit.tui.screens.page import Page
from sprintkit.tui.text import line
from sprintkit.tui.widgets.bars import KeyLine, Notice, TopLine
from sprintkit.tui.widgets.sprint_list import Entry, SprintList
from sprintkit.tui.widgets.sprint_row import entry, heading, said

Row = Mapping[str, Any]

AT_ONCE = 12
"""Sprints that are read from their files at once; more than that are read beside the screen."""
MANY = 200
"""Sprints from which the first picture shows them as they were last seen, before they are looked at."""


class Welcome(Static):
    """What a newcomer can begin with."""

    DEFAULT_CSS = "Welcome { width: 1fr; height: 1fr; content-align: center middle; }"


class HomeScreen(Page[None]):
    """What a lead opens on Monday, and a newcomer sees first."""

    SCOPE = "home"
    ABOUT = (
        "The sprints of this workspace; what needs somebody stands first, with the reason. "
        "━ is earned, ╌ what the plan has more, · the rest of 100 points."
    )
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("home")
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self.words = ""
        self.order = attention.ORDERS[0]
        self.is_read = False
        self._drawn: Size | None = None
        """The size it was laid out for."""
        self._day: date | None = None
        """The day that it was laid out for."""
        self._was_left = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        if self.host.notice:
            yield Notice(self.host.notice)
        yield SprintList()
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(SprintList))
        self.begin()

    def begin(self) -> None:
        """Shows the app's workspace, which may be another one than before."""
        self.rows, self.is_read, self.words = (), False, ""
        top = self.query_one(TopLine)
        top.title = f"sprintkit  {self._place()}"
        top.situation = self._situation()
        if self.host.notice and not self.query(Notice):
            self.mount(Notice(self.host.notice), after=top)
        self.load()

    def _place(self) -> str:
        return line(self.context.root.rpartition("/")[2]) if self.host.context else ""

    def load(self) -> None:
        """Reads the sprints again, where there is a workspace; many that are new are read beside the screen."""
        if self.host.context is None:
            self.take(())
            return
        from sprintkit.actions.status.home import (  # an empty folder needs none of it
            last_seen,
            overview,
            with_forms,
        )

        if not self.is_read and self.host.refused is None:
            before = last_seen(self.context)
            if len(before) >= MANY:
                self.take(with_forms(self.context, before))
                self.call_after_refresh(self._load_beside)
                return
        self.host.note_files()
        try:
            rows = overview(self.context, AT_ONCE, is_kept=self.host.refused is None)
        except SprintkitError as error:
            self.host.tell(error)
            return
        if rows is None:
            self._load_beside()
        else:
            self.take(with_forms(self.context, rows))

    @work(thread=True, exclusive=True, exit_on_error=False, group="rows")
    def _load_beside(self) -> None:
        from sprintkit.actions.status.home import overview, with_forms  # as above

        self.host.note_files()
        rows = overview(self.context, is_kept=self.host.refused is None)
        self.host.call_from_thread(self.take, with_forms(self.context, rows or ()))

    def take(self, rows: Sequence[Row]) -> None:
        """Shows these sprints."""
        if self.is_read and rows == self.rows and self._day == self.host.today:
            return
        self.rows = rows
        self.is_read = True
        self.draw()

    def on_screen_suspend(self) -> None:
        self._was_left = True

    def on_screen_resume(self) -> None:
        if self._was_left:
            self.load()

    def on_resize(self) -> None:
        if self.is_read and self._drawn != self.app.size:
            self.draw()

    def draw(self) -> None:
        """Puts the sprints that the filter lets through in order, in the size there is now."""
        # The app knows its size before the screen does, so the first picture has the sprints in it already.
        self._drawn, self._day = self.app.size, self.host.today
        self._welcome()
        if not self.rows:
            self.query_one(TopLine).situation = self._situation()
            self.refresh_bindings()
            return
        today = self.context.today
        found = attention.sorted_rows(self.rows, today, self.order)
        shown = [pair for pair in found if not self.words or attention.matches(pair[0], self.words)]
        width, height = self.app.size.width, self.app.size.height - 4
        apart = len(shown) * (3 if width >= 104 else 4) + 8 <= height
        entries: list[Entry] = []
        group = None
        for row, standing in shown:
            if self.order == "need" and standing.group != group:
                group = standing.group
                count = sum(1 for _, other in shown if other.group == group)
                entries.append(heading(group, count, apart=bool(entries) and not apart))
            entries.append(entry(row, standing, width, apart=apart))
        if not shown:
            entries.append(said("No sprint has all of these words."))
        self.query_one(SprintList).show(entries)
        self.query_one(TopLine).situation = self._situation(len(shown))
        self.refresh_bindings()

    def _situation(self, shown: int | None = None) -> str:
        if self.host.context is None:
            return ""
        today = self.context.today
        parts = [f"{attention.day(today)} {today.year}"]
        count = len(self.rows)
        if self.is_read and count:
            told = f"{count} sprint{'s' if count != 1 else ''}"
            if self.words:
                told = f"{shown} of {told} · {self.host.shown_keys()['home.back']} shows all"
            parts.insert(0, told)
        elif not self.is_read:
            parts.insert(0, "reading …")
        if self.order != "need":
            parts.insert(0, f"by {self.order}")
        return " · ".join(parts)

    def _welcome(self) -> None:
        """What an empty workspace says in place of a list."""
        there = self.query(Welcome)
        if bool(self.rows) is not self.query_one(SprintList).display:
            self.query_one(SprintList).display = bool(self.rows)
        if self.rows and there:
            there.remove()
        elif not self.rows and not there:
            self.mount(Welcome(self._offers(), markup=False), before=self.query_one(KeyLine))

    def _offers(self) -> Content:
        keys = self.host.shown_keys()
        here = self.host.context is not None
        begin = "scope a sprint: about an hour with the people who decide"
        if not here:
            begin = "make a workspace here, and scope the first sprint"
        offers = {
            "home.new": begin,
            "home.demo": "look at three sample sprints in a temporary workspace",
            "app.help": "what can be done, and with which key",
        }
        told = [
            (f"{'No sprint' if here else 'No workspace'} here yet.\n\n", "bold"),
            ("A sprint has one deliverable and one end date, and at its end\n", ""),
            ("a working system that its owner operates, or an honest stop.\n\n", ""),
        ]
        for name, offer in offers.items():
            told += [(f"{keys[name]:>4}", "bold $key"), (f"   {offer}\n", "")]
        folder = self.context.root if here else Path(self.host.start or ".").resolve()
        return Content.assemble(*told, (f"\nThis folder is {line(folder)}", "$faint"))

    # What the keys do.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter" and isinstance(self.focused, Input):
            return False  # its key is typed into the filter
        if action in ("open", "checkin", "scope", "filter", "order", "documents"):
            return bool(self.rows)
        return True

    @property
    def chosen(self) -> Row | None:
        """The sprint in focus."""
        slug = self.query_one(SprintList).slug
        return next((row for row in self.rows if row["slug"] == slug), None)

    @on(SprintList.Chosen)
    def action_open(self) -> None:
        row = self.chosen
        if row is None:
            return
        if row["state"] == "scoping":
            self.host.open("session", row["slug"])
        else:
            self.host.open("sprint", row["slug"])

    def action_checkin(self) -> None:
        row = self.chosen
        if row and row["state"] in attention.CLOSED_STATES:
            self.host.say("This sprint is closed: it takes no more check-ins.", "warning")
        elif row and row["state"] == "scoping":
            key = self.host.shown_keys()["home.scope"]
            self.host.say(f"There is no charter to follow yet: {key} goes on scoping.", "warning")
        elif row:
            self.host.open("checkin", row["slug"])

    def action_scope(self) -> None:
        if self.chosen:
            self.host.open("session", self.chosen["slug"])

    def action_documents(self) -> None:
        if self.chosen:
            self.host.open("documents", self.chosen["slug"])

    def action_new(self) -> None:
        if self.host.context is None:
            try:
                self.host.make_workspace()
            except SprintkitError as error:
                self.host.tell(error)
                return
            self.begin()
        self.host.open("session")

    @work(thread=True, exclusive=True, exit_on_error=False, group="demo")
    def action_demo(self) -> None:
        from sprintkit.actions.demo import demo  # only for whoever asks for it

        result = demo(self.host.today)
        self.host.call_from_thread(self.host.move_to, result.data["path"], result.notes[0])  # type: ignore[index]

    def action_order(self) -> None:
        orders = attention.ORDERS
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.draw()

    async def action_filter(self) -> None:
        from sprintkit.tui.widgets.filter import Filter  # whoever filters needs a field, nobody else

        existing = self.query(Filter)
        if existing:
            self.set_focus(existing.first())
            return
        await self.mount(Filter(id="filter"), before=self.query_one(SprintList))
        self.set_focus(self.query_one(Filter))

    def action_to_list(self) -> None:
        self.set_focus(self.query_one(SprintList))

    def narrow(self, words: str) -> None:
        """Shows only the sprints that have every word."""
        self.words = words
        self.draw()

    async def action_back(self) -> None:
        from sprintkit.tui.widgets.filter import Filter  # as above

        await self.query(Filter).remove()
        self.set_focus(self.query_one(SprintList))
        if self.words:
            self.narrow("")
