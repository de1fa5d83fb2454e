"""Rows with one live control among them: a section, or a few questions of a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.timer import Timer

from sprintkit.actions.session.rows import Row, Spot
from sprintkit.actions.session.session import Session
from sprintkit.tui.screens.session.active_question import ActiveQuestion
from sprintkit.tui.screens.session.rows import label_width, render_row
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock

STORE_DELAY = 0.08
"""Seconds after a key until what was typed is taken in and judged; the key itself is shown at once."""


class QuestionList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Draws the rows above and below the one in focus as text; only that one is widgets."""

    virtual_size = Reactive(
        Size(0, 0), repaint=False
    )  # its scrollbar has its place: no second layout and paint
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "step(-1)", ""),
        ("down", "step(1)", ""),
        ("pageup", "page_up", ""),
        ("pagedown", "page_down", ""),
    ]

    @dataclass
    class Edited(Message):
        """The session has taken in what was typed."""

    @dataclass
    class Activated(Message):
        """Something is to be done with a row that has no control: `enter`, `add`, `copy` or `remove`."""

        row: Row
        operation: str = "enter"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: Session | None = None
        self.rows: list[Row] = []
        self.spot = Spot("question", "")
        self.leave_list: Callable[[int], None] = lambda _by: None
        """Called when the next or previous question lies beyond what is shown here."""
        self.focus_moved: Callable[[], None] = lambda: None
        """Called when another row is in focus; what it draws is painted together with that row."""
        self._build_rows: Callable[[str], list[Row]] = lambda _focus: []
        self._rows_above: list[int] = []
        self._rows_below: list[int] = []
        self._store_timer: Timer | None = None
        self._label_width = 10

    def compose(self) -> ComposeResult:
        yield TextBlock(id="rows-above")
        yield ActiveQuestion(id="active-question")
        yield TextBlock(id="rows-below")

    def on_mount(self) -> None:
        self.query_one(TextEditor).leave = self.action_step

    @property
    def active_question(self) -> ActiveQuestion:
        """The row in focus."""
        return self.query_one(ActiveQuestion)

    @property
    def row(self) -> Row | None:
        """What is in focus."""
        return next((row for row in self.rows if row.spot == self.spot), None)

    # Showing

    def open_rows(self, session: Session, make: Callable[[str], list[Row]], spot: Spot | None) -> None:
        """Shows other rows, made by `make` for the path in focus; without a spot the first that wants an answer."""
        self.session, self._build_rows = session, make
        self.move_to(spot or self._first_open_spot())

    def _first_open_spot(self) -> Spot:
        rows = self._build_rows("")
        wanted = [row for row in rows if row.kind == "question" and row.state == "needed"]
        folded = [row for row in rows if row.kind == "item" and not row.is_open and row.open_below]
        questions = [row for row in rows if row.kind == "question"]
        if folded and (not wanted or rows.index(folded[0]) < rows.index(wanted[0])):
            below = self._build_rows(f"{folded[0].path}.")
            wanted = [row for row in below if row.path.startswith(folded[0].path) and row.state == "needed"][
                1:
            ]
        return next((row.spot for row in (*wanted, *questions, *rows)), Spot("question", ""))

    def move_to(self, spot: Spot) -> None:
        """Puts the focus on a row; on the nearest one that is there, if that one is not."""
        self.spot = spot
        self.rows = self._build_rows(_focus_path(spot))
        if self.row is None:
            self.spot = self._nearest_spot(spot)
            self.rows = self._build_rows(_focus_path(self.spot))
        row = self.row
        if row is None or self.session is None:
            return
        self._label_width = label_width(self.rows, self._width)
        self.active_question.load(self.session, row, self._label_width)
        self._draw_around()
        self.call_after_refresh(self._scroll_to_active)
        self.focus_moved()

    def _nearest_spot(self, spot: Spot) -> Spot:
        starts = [
            row for row in self.rows if spot.path.startswith(row.path) and row.kind in ("item", "heading")
        ]
        if starts:
            return starts[-1].spot
        return next(
            (row.spot for row in self.rows if row.kind == "question"),
            self.rows[0].spot if self.rows else spot,
        )

    def redraw(self) -> None:
        """Shows what has changed, without moving anything."""
        if self.session is None:
            return
        self.rows = self._build_rows(_focus_path(self.spot))
        row = self.row
        if row is None:
            self.move_to(self.spot)
            return
        self._label_width = label_width(self.rows, self._width)
        self.active_question.draw(row, self._label_width)
        self._draw_around()

    def reload(self) -> None:
        """Shows the rows anew, and the answer in focus as the session has it."""
        self.move_to(self.spot)

    @property
    def _width(self) -> int:
        return max(self.scrollable_content_region.width - 3, 24)

    def _draw_around(self) -> None:
        at = next((n for n, row in enumerate(self.rows) if row.spot == self.spot), 0)
        self._rows_above, above = self._render_rows(self.rows[:at])
        self._rows_below, below = self._render_rows(self.rows[at + 1 :], at + 1)
        self.query_one("#rows-above", TextBlock).show(above)
        self.query_one("#rows-below", TextBlock).show(below)

    def _render_rows(self, rows: Sequence[Row], first: int = 0) -> tuple[list[int], list[Content]]:
        """Lines of rows, and for each line which row it is of."""
        owners: list[int] = []
        lines: list[Content] = []
        roomy = self.size.height >= 26
        for at, row in enumerate(rows, first):
            if roomy and at and row.level == 0 and row.kind in ("heading", "more"):
                owners.append(-1)
                lines.append(Content(""))
            made = render_row(row, self._width, self._label_width, 4 if roomy else 2)
            owners += [at] * len(made)
            lines += made
        return owners, lines

    def _scroll_to_active(self) -> None:
        live = self.active_question
        if live.is_mounted:
            self.scroll_to_region(live.virtual_region.grow((1, 0, 2, 0)), animate=False, force=True)
            if isinstance(self.parent, VerticalScroll) and live.has_focus_within:
                live.scroll_visible(animate=False)

    def on_resize(self) -> None:
        self.redraw()

    # Taking in

    @on(ActiveQuestion.Edited)
    def schedule_store(self, event: ActiveQuestion.Edited) -> None:
        """Lets the key be shown first."""
        event.stop()
        if self._store_timer is None:
            self._store_timer = self.set_timer(STORE_DELAY, self.store_typed)

    def store_typed(self) -> None:
        """Takes in what stands in the control so far."""
        self._stop_timer()
        row, live = self.row, self.active_question
        if (
            self.session is None
            or row is None
            or live.control is None
            or not (live.is_edited or live.is_stored)
        ):
            if row is not None:
                live.draw_notes()
            return
        live.is_stored = True
        self.session.type(row.path, live.text)
        self.redraw()
        self.post_message(self.Edited())

    def commit(self) -> None:
        """Takes the answer in focus as it is left."""
        self._stop_timer()
        row, live = self.row, self.active_question
        if self.session is None or row is None or live.control is None:
            return
        live.accept_completion()
        is_person = row.question is not None and row.question.kind == "person"
        is_new = live.is_edited or live.is_stored
        if not is_new and not (is_person and self.session.is_nobody(row.path)):
            return
        self.session.answer(row.path, live.text)
        self.post_message(self.Edited())

    def _stop_timer(self) -> None:
        if self._store_timer is not None:
            self._store_timer.stop()
            self._store_timer = None

    # Moving

    def on_key(self, event: events.Key) -> None:
        """Letters do something with a row that has no control."""
        operations = {"right": "enter", "a": "add", "c": "copy", "d": "remove", "delete": "remove"}
        row = self.row
        if self.active_question.control is None and self.active_question.has_focus and row is not None and event.key in operations:
            event.stop()
            self.post_message(self.Activated(row, operations[event.key]))

    def action_step(self, by: int) -> None:
        """One row up or down, among completions first."""
        if self.active_question.move_completion(by):
            return
        self.commit()
        self.rows = self._build_rows(_focus_path(self.spot))
        at = next((n for n, row in enumerate(self.rows) if row.spot == self.spot), 0)
        at += by
        while 0 <= at < len(self.rows) and self.rows[at].kind == "heading" and not self.rows[at].findings:
            at += by
        if 0 <= at < len(self.rows):
            self.move_to(self.rows[at].spot)
            self.focus_control()

    def focus_control(self) -> None:
        """Gives the keyboard to the row in focus."""
        self.active_question.focus_control()

    def go_to_next(self, order: Sequence[str], by: int) -> None:
        """The next or previous question in an order of paths."""
        self.commit()
        here = self.spot.path
        if here in order:
            at = order.index(here) + by
        else:
            rows = [row.spot for row in self.rows]
            behind = rows[rows.index(self.spot) :: by] if self.spot in rows else []
            shown = [spot.path for spot in behind if spot.kind == "question" and spot.path in order]
            at = order.index(shown[0]) if shown else len(order) if by > 0 else -1
        if 0 <= at < len(order):
            self.move_to(Spot("question", order[at]))
            self.focus_control()
        else:
            self.leave_list(by)

    def on_click(self, event: events.Click) -> None:
        """A click on a row goes there; on the one in focus it is like Enter."""
        for name, owners in (("#rows-above", self._rows_above), ("#rows-below", self._rows_below)):
            block = self.query_one(name, TextBlock)
            y = event.screen_y - block.region.y
            if block.region.contains(event.screen_x, event.screen_y) and y < len(owners) and owners[y] >= 0:
                spot = self.rows[owners[y]].spot
                self.commit()
                self.move_to(spot)
                self.focus_control()
                row = self.row
                if row is not None and row.kind in ("add", "more", "take", "cases", "item"):
                    self.post_message(self.Activated(row))


def _focus_path(spot: Spot) -> str:
    """The path that opens items for a spot: that of a folded item does not open it, that of an adding line its list's."""
    return f"{spot.path}[+]" if spot.kind in ("add", "take", "cases") else spot.path
