"""The list of a section's rows, or of a dialog's questions. The row in focus has the control."""

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
"""Seconds between a key and storing the answer with it. The key itself is shown at once."""


class QuestionList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows the row in focus as an ActiveQuestion, and the rows above and below it as text."""

    # The scrollbar always has its column: skip the second layout and paint.
    virtual_size = Reactive(Size(0, 0), repaint=False)
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "step(-1)", ""),
        ("down", "step(1)", ""),
        ("pageup", "page_up", ""),
        ("pagedown", "page_down", ""),
    ]

    @dataclass
    class Edited(Message):
        """The session has stored what was typed."""

    @dataclass
    class Activated(Message):
        """A row without a control was activated by a key or a click. `operation` is `enter` or `remove`."""

        row: Row
        operation: str = "enter"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: Session | None = None
        self.rows: list[Row] = []
        self.spot = Spot("question", "")
        """The row in focus."""
        self.leave_list: Callable[[int], None] = lambda _step: None
        """Called when somebody moves out of the list: with 1 after its last question, -1 before its first one."""
        self.focus_moved: Callable[[], None] = lambda: None
        """Called once another row has the focus, before it is painted."""
        self._build_rows: Callable[[str], list[Row]] = lambda _focus_path: []
        self._indices_above: list[int] = []
        """For each line above the row in focus, the index of its row; -1 for an empty line."""
        self._indices_below: list[int] = []
        """The same for the lines below it."""
        self._label_width = 10
        self._store_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TextBlock(id="rows-above")
        yield ActiveQuestion(id="active-question")
        yield TextBlock(id="rows-below")

    def on_mount(self) -> None:
        self.query_one(TextEditor).leave_text = self.action_step

    @property
    def active_question(self) -> ActiveQuestion:
        """The widget of the row in focus."""
        return self.query_one(ActiveQuestion)

    @property
    def row(self) -> Row | None:
        """The row in focus; None if there are no rows."""
        return next((row for row in self.rows if row.spot == self.spot), None)

    # Drawing

    def open_rows(self, session: Session, build_rows: Callable[[str], list[Row]], spot: Spot | None) -> None:
        """Show the rows that `build_rows` returns for the path in focus. Without a spot, focus the first open question."""
        self.session, self._build_rows = session, build_rows
        self.focus_row(spot or self._first_open_spot())

    def _first_open_spot(self) -> Spot:
        """The first question that needs an answer, even in a folded item; else the first question or row."""
        rows = self._build_rows("")
        questions = [row for row in rows if row.kind == "question"]
        open_questions = [row for row in questions if row.state == "needed"]
        open_items = [row for row in rows if row.kind == "item" and not row.is_open and row.open_count]
        if open_items and (not open_questions or rows.index(open_items[0]) < rows.index(open_questions[0])):
            item_path = open_items[0].path
            unfolded = self._build_rows(f"{item_path}.")
            needed = [row for row in unfolded if row.state == "needed" and row.path.startswith(item_path)]
            open_questions = needed[1:]  # the first one is the item itself
        return next((row.spot for row in (*open_questions, *questions, *rows)), Spot("question", ""))

    def focus_row(self, spot: Spot) -> None:
        """Move the focus to a row, or to the nearest one if there is no such row."""
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
        """The item or list around `spot`, else the first question or row; `spot` itself if there are no rows."""
        parents = [
            row for row in self.rows if spot.path.startswith(row.path) and row.kind in ("item", "heading")
        ]
        questions = [row for row in self.rows if row.kind == "question"]
        return next((row.spot for row in (*parents[-1:], *questions, *self.rows)), spot)

    def redraw(self) -> None:
        """Draw the rows again, without touching the focus or the text in the control."""
        if self.session is None:
            return
        self.rows = self._build_rows(_focus_path(self.spot))
        row = self.row
        if row is None:
            self.focus_row(self.spot)
            return
        self._label_width = label_width(self.rows, self._width)
        self.active_question.draw(row, self._label_width)
        self._draw_around()

    def reload(self) -> None:
        """Draw the rows again, and load the answer in focus from the session."""
        self.focus_row(self.spot)

    @property
    def _width(self) -> int:
        """Width of the rows in cells."""
        return max(self.scrollable_content_region.width - 3, 24)

    def _draw_around(self) -> None:
        index = self._focus_index()
        self._indices_above, above = self._render_rows(self.rows[:index])
        self._indices_below, below = self._render_rows(self.rows[index + 1 :], index + 1)
        self.query_one("#rows-above", TextBlock).show(above)
        self.query_one("#rows-below", TextBlock).show(below)

    def _focus_index(self) -> int:
        """Index of the row in focus; 0 if there are no rows."""
        return next((index for index, row in enumerate(self.rows) if row.spot == self.spot), 0)

    def _render_rows(self, rows: Sequence[Row], first_index: int = 0) -> tuple[list[int], list[Content]]:
        """Render rows, of which the first has the index `first_index`.

        Returns for each line the index of its row, or -1 for an empty line; and the lines.
        """
        indices: list[int] = []
        lines: list[Content] = []
        is_roomy = self.size.height >= 26
        for index, row in enumerate(rows, first_index):
            if is_roomy and index and row.level == 0 and row.kind in ("heading", "more"):
                indices.append(-1)
                lines.append(Content(""))
            row_lines = render_row(row, self._width, self._label_width, 4 if is_roomy else 2)
            indices += [index] * len(row_lines)
            lines += row_lines
        return indices, lines

    def _scroll_to_active(self) -> None:
        active = self.active_question
        if active.is_mounted:
            self.scroll_to_region(active.virtual_region.grow((1, 0, 2, 0)), animate=False, force=True)
            if isinstance(self.parent, VerticalScroll) and active.has_focus_within:
                active.scroll_visible(animate=False)

    def on_resize(self) -> None:
        self.redraw()

    # Storing the answer

    @on(ActiveQuestion.Edited)
    def schedule_store(self, event: ActiveQuestion.Edited) -> None:
        """Store the answer soon, after the key is shown."""
        event.stop()
        if self._store_timer is None:
            self._store_timer = self.set_timer(STORE_DELAY, self.store_typed)

    def store_typed(self) -> None:
        """Store the answer as typed so far."""
        self._stop_timer()
        row, active = self.row, self.active_question
        if self.session is None or row is None:
            return
        if active.control is None or not (active.is_edited or active.is_stored):
            active.draw_notes()
            return
        active.is_stored = True
        self.session.type(row.path, active.text)
        self.redraw()
        self.post_message(self.Edited())

    def commit(self) -> None:
        """Store the answer in focus for good: accept its completion and normalise it."""
        self._stop_timer()
        row, active = self.row, self.active_question
        if self.session is None or row is None or active.control is None:
            return
        active.accept_completion()
        is_person = row.question is not None and row.question.kind == "person"
        is_changed = active.is_edited or active.is_stored
        if not is_changed and not (is_person and self.session.is_unknown_person(row.path)):
            return
        self.session.answer(row.path, active.text)
        self.post_message(self.Edited())

    def _stop_timer(self) -> None:
        if self._store_timer is not None:
            self._store_timer.stop()
            self._store_timer = None

    # Moving

    def on_key(self, event: events.Key) -> None:
        """Activate a row that has no control. For letters, say where to type: they are not commands here."""
        operations = {"right": "enter", "delete": "remove"}
        row, active = self.row, self.active_question
        if active.control is not None or not active.has_focus or row is None:
            return
        if event.key in operations:
            event.stop()
            self.post_message(self.Activated(row, operations[event.key]))
        elif event.character is not None and event.character.isalnum():
            event.stop()
            active.show_where_to_type()

    def action_step(self, step: int) -> None:
        """Move to the next or previous completion, or if there is none, to the next or previous row."""
        if self.active_question.move_completion(step):
            return
        self.commit()
        self.rows = self._build_rows(_focus_path(self.spot))
        index = self._focus_index() + step
        while 0 <= index < len(self.rows) and _is_passed_over(self.rows[index]):
            index += step
        if 0 <= index < len(self.rows):
            self.focus_row(self.rows[index].spot)
            self.focus_control()

    def focus_control(self) -> None:
        """Move the keyboard focus to the active question."""
        self.active_question.focus_control()

    def go_to_next(self, paths: Sequence[str], step: int) -> None:
        """Commit the answer and move to the next or previous question of `paths`; beyond them, leave the list."""
        self.commit()
        if self.spot.path in paths:
            index = paths.index(self.spot.path) + step
        else:
            spots = [row.spot for row in self.rows]
            onward = spots[spots.index(self.spot) :: step] if self.spot in spots else []
            next_paths = [spot.path for spot in onward if spot.kind == "question" and spot.path in paths]
            index = paths.index(next_paths[0]) if next_paths else len(paths) if step > 0 else -1
        if 0 <= index < len(paths):
            self.focus_row(Spot("question", paths[index]))
            self.focus_control()
        else:
            self.leave_list(step)

    def on_click(self, event: events.Click) -> None:
        """Move to the clicked row; activate it if it has no control."""
        for block_id, indices in (("#rows-above", self._indices_above), ("#rows-below", self._indices_below)):
            block = self.query_one(block_id, TextBlock)
            y = event.screen_y - block.region.y
            is_inside = block.region.contains(event.screen_x, event.screen_y)
            if is_inside and y < len(indices) and indices[y] >= 0:
                spot = self.rows[indices[y]].spot
                self.commit()
                self.focus_row(spot)
                self.focus_control()
                row = self.row
                if row is not None and row.kind in ("add", "more", "suggested", "cases", "item"):
                    self.post_message(self.Activated(row))


def _is_passed_over(row: Row) -> bool:
    """Whether ↑ and ↓ skip a row: a heading without findings."""
    return row.kind == "heading" and not row.findings


def _focus_path(spot: Spot) -> str:
    """The path that decides which items are unfolded. A row that adds items unfolds its list."""
    return f"{spot.path}[+]" if spot.kind in ("add", "suggested", "cases") else spot.path
