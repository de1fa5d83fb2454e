"""The home screen: the sprints of the workspace, those that need somebody first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widgets import Input
from textual.worker import get_current_worker

from sprintkit.actions.status import attention
from sprintkit.actions.status.attention import AGREED_STATES, CLOSED_STATES
from sprintkit.errors import SprintkitError
from sprintkit.text.dates import format_short_date
from sprintkit.text.numbers import format_count
from sprintkit.tui import key_bindings
from sprintkit.tui.screens.page import Page
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.bars import KeyLine, Notice, TopLine
from sprintkit.tui.widgets.sprint_list import SprintList, SprintListEntry
from sprintkit.tui.widgets.sprint_panel import SprintPanel, panel_width
from sprintkit.tui.widgets.sprint_row import group_heading, message_entry, sprint_entry
from sprintkit.tui.widgets.welcome import Welcome

Row = Mapping[str, Any]

MAX_SYNC_ROWS = 12
"""Most sprints whose files are read before the screen is shown; if there are more, a worker reads them."""
MIN_CACHED_ROWS = 200
"""Number of sprints from which the first frame shows cached rows until a worker has read the files."""
STATES_OF_ACTIONS = {
    "checkin": {*AGREED_STATES},
    "sign": {*AGREED_STATES, "operating"},
    "amend": {*AGREED_STATES, "operating"} - {"due"},
    "close": {*AGREED_STATES, "operating"},
}
"""The states in which an action does something; in any other state its key says why it does not."""


class HomeScreen(Page[None]):
    """The first screen: one row per sprint, with what it needs and from whom."""

    SCOPE = "home"
    ABOUT = (
        "The sprints of this workspace; those that need somebody come first, with the reason. "
        "━ is earned, ╌ planned but not earned, · the rest of 100 points."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("home")
    AUTO_FOCUS = ""

    def __init__(self, *, is_covered: bool = False) -> None:
        super().__init__()
        self.is_covered = is_covered
        """Whether another screen opens on top at once; the sprints are read only when that is left."""
        self.rows: Sequence[Row] = ()
        """The sprints in the JSON of `sprintkit status`."""
        self.filter_words = ""
        self.order = attention.ORDERS[0]
        self.has_loaded = False
        self._drawn_size: Size | None = None
        """The terminal size of the last layout."""
        self._drawn_date: date | None = None
        """The date of the last layout."""
        self._was_suspended = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        if self.base_app.notice:
            yield Notice(self.base_app.notice)
        with Horizontal(id="sprints"):
            yield SprintList()
            yield SprintPanel()
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(SprintList))
        if not self.is_covered:
            self.show_workspace()

    def show_workspace(self) -> None:
        """Show the app's workspace, which may be another one than before."""
        self.rows, self.has_loaded, self.filter_words = (), False, ""
        top = self.query_one(TopLine)
        top.title = f"sprintkit  {self._workspace_name()}"
        top.situation = self._situation()
        if self.base_app.notice and not self.query(Notice):
            self.mount(Notice(self.base_app.notice), after=top)
        self.load()

    def _workspace_name(self) -> str:
        return one_line(self.context.root.rpartition("/")[2]) if self.base_app.context else ""

    def load(self) -> None:
        """Read the sprints again; in a worker if there are many."""
        if self.base_app.context is None:
            self.show_rows(())
            return
        if self.has_loaded and not self.context.workspace.exists():
            return  # the app has reported it; keep showing what was read before
        from sprintkit.actions.status.home import cached_home_rows, home_rows, mark_unfinished

        if not self.has_loaded and self.base_app.settings_error is None:
            cached_rows = cached_home_rows(self.context)
            if len(cached_rows) >= MIN_CACHED_ROWS:
                self.show_rows(mark_unfinished(self.context, cached_rows))
                self.call_after_refresh(self._load_in_worker)
                return
        self.base_app.record_fingerprint()
        try:
            rows = home_rows(self.context, MAX_SYNC_ROWS, use_cache=self.base_app.settings_error is None)
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        if rows is None:
            self._load_in_worker()
        else:
            self.show_rows(mark_unfinished(self.context, rows))

    @work(thread=True, exclusive=True, exit_on_error=False, group="rows")
    def _load_in_worker(self) -> None:
        from sprintkit.actions.status.home import home_rows, mark_unfinished

        worker = get_current_worker()
        self.base_app.record_fingerprint()
        rows = home_rows(
            self.context,
            use_cache=self.base_app.settings_error is None,
            is_cancelled=lambda: worker.is_cancelled,  # or leaving the app would wait for the last sprint
        )
        if rows is not None:
            self.base_app.call_from_thread(self.show_rows, mark_unfinished(self.context, rows))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, unless they are shown already."""
        if self.has_loaded and rows == self.rows and self._drawn_date == self.base_app.today:
            return
        self.rows = rows
        self.has_loaded = True
        self.query_one(SprintPanel).forget()
        self.draw()

    def on_screen_suspend(self) -> None:
        self._was_suspended = True

    def on_screen_resume(self) -> None:
        if self._was_suspended:
            (self.load if self.has_loaded else self.show_workspace)()

    def on_resize(self) -> None:
        if self.has_loaded and self._drawn_size != self.app.size:
            self.draw()

    def draw(self) -> None:
        """Lay out the sprints that match the filter, for the current order and size."""
        # The app knows its size before the screen does, so the first frame already shows the sprints.
        self._drawn_size, self._drawn_date = self.app.size, self.base_app.today
        self._update_welcome()
        if not self.rows:
            self.query_one(TopLine).situation = self._situation()
            self.refresh_bindings()
            return
        today = self.context.today
        sorted_rows = attention.sorted_rows(self.rows, today, self.order)
        shown = [
            pair
            for pair in sorted_rows
            if not self.filter_words or attention.matches_words(pair[0], self.filter_words)
        ]
        width, height = self.app.size.width - self._place_panel(), self.app.size.height - 4
        is_spaced = len(shown) * (3 if width >= 104 else 4) + 8 <= height
        entries: list[SprintListEntry] = []
        close_key = self.base_app.displayed_keys()["home.close"]
        group = None
        for row, row_attention in shown:
            if self.order == "need" and row_attention.group != group:
                group = row_attention.group
                count = sum(1 for _, other in shown if other.group == group)
                entries.append(group_heading(group, count, is_spaced=bool(entries) and not is_spaced))
            entries.append(sprint_entry(row, row_attention, width, is_spaced=is_spaced, close_key=close_key))
        if not shown:
            entries.append(message_entry("No sprint has all of these words."))
        sprints = self.query_one(SprintList)
        sprints.show(entries)
        self.query_one(SprintPanel).show(sprints.slug)
        self.query_one(TopLine).situation = self._situation(len(shown))
        self.refresh_bindings()

    def _place_panel(self) -> int:
        """Show the panel if there is room, and return the columns that it takes from the list."""
        panel, columns = self.query_one(SprintPanel), panel_width(self.app.size.width)
        panel.display = bool(columns)
        panel.styles.width = columns
        return columns

    def _situation(self, shown: int | None = None) -> str:
        if self.base_app.context is None:
            return ""
        today = self.context.today
        parts = [format_short_date(today)]
        count = len(self.rows)
        if self.has_loaded and count:
            count_text = format_count(count, "sprint")
            if self.filter_words:
                count_text = (
                    f"{shown} of {count_text} · {self.base_app.displayed_keys()['home.back']} shows all"
                )
            parts.insert(0, count_text)
        elif not self.has_loaded:
            parts.insert(0, "reading …")
        if self.order != "need":
            parts.insert(0, f"by {self.order}")
        return " · ".join(parts)

    def _update_welcome(self) -> None:
        """Show the welcome if there is no sprint, else the list."""
        welcome = self.query(Welcome)
        if bool(self.rows) is not self.query_one("#sprints").display:
            self.query_one("#sprints").display = bool(self.rows)
        if self.rows and welcome:
            welcome.remove()
        elif not self.rows and not welcome:
            has_workspace = self.base_app.context is not None
            folder = self.context.root if has_workspace else str(Path(self.base_app.start or ".").resolve())
            keys = self.base_app.displayed_keys()
            self.mount(Welcome(keys, folder, has_workspace=has_workspace), before=self.query_one(KeyLine))

    # Key actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter" and isinstance(self.focused, Input):
            return False  # the key is typed into the filter
        if action == "review":
            row = self.focused_row if self.rows else None
            return row is not None and row["state"] == "operating"
        if action in ("open", "checkin", "amend", "close", "scope", "sign", "filter", "order", "documents"):
            return bool(self.rows)
        return True

    def hides_hint(self, action: str) -> bool:
        if action not in STATES_OF_ACTIONS or not self.rows:
            return False
        row = self.focused_row
        return row is None or row["state"] not in STATES_OF_ACTIONS[action]

    @property
    def focused_row(self) -> Row | None:
        """The row of the sprint in focus."""
        slug = self.query_one(SprintList).slug
        return next((row for row in self.rows if row["slug"] == slug), None)

    @on(SprintList.Moved)
    def offer_keys(self) -> None:
        """Show the sprint in focus beside the list, and the keys that apply to it."""
        self.query_one(SprintPanel).show(self.query_one(SprintList).slug)
        self.refresh_bindings()

    @on(SprintList.Chosen)
    def action_open(self) -> None:
        row = self.focused_row
        if row is None:
            return
        if row["state"] == "scoping":
            self.base_app.open("session", row["slug"])
        else:
            self.base_app.open("sprint", row["slug"])

    def action_checkin(self) -> None:
        row = self.focused_row
        if row and row["state"] in CLOSED_STATES:
            self.base_app.notify_text("This sprint is closed and takes no more check-ins.", "warning")
        else:
            self._open_agreed("checkin", "follow")

    def _open_agreed(self, screen: str, purpose: str) -> None:
        """Open a screen for the sprint in focus, or say that it has no charter to `purpose` yet."""
        row = self.focused_row
        if row and row["state"] == "scoping":
            key = self.base_app.displayed_keys()["home.scope"]
            self.base_app.notify_text(
                f"There is no charter to {purpose} yet: {key} continues scoping.", "warning"
            )
        elif row:
            self.base_app.open(screen, row["slug"])

    def action_review(self) -> None:
        if self.focused_row:
            self.base_app.open("review", self.focused_row["slug"])

    def action_close(self) -> None:
        self._open_agreed("close", "close")

    def action_scope(self) -> None:
        if self.focused_row:
            self.base_app.open("session", self.focused_row["slug"])

    def action_sign(self) -> None:
        self._open_agreed("sign", "sign")

    def action_amend(self) -> None:
        self._open_agreed("amend", "amend")

    def action_value(self) -> None:
        self.base_app.open("value")

    def action_documents(self) -> None:
        if self.focused_row:
            self.base_app.open("documents", self.focused_row["slug"])

    def action_new(self) -> None:
        if self._ensure_workspace():
            self.base_app.open("session")

    def action_readiness(self) -> None:
        if self._ensure_workspace():
            self.base_app.open("readiness")

    def _ensure_workspace(self) -> bool:
        """Make the folder a workspace if it is not one yet; return whether it is one now."""
        if self.base_app.context is None:
            try:
                self.base_app.create_workspace()
            except SprintkitError as error:
                self.base_app.show_error(error)
                return False
            self.show_workspace()
        return True

    @work(thread=True, exclusive=True, exit_on_error=False, group="demo")
    def action_demo(self) -> None:
        from sprintkit.actions.demo_workspace import create_demo_workspace

        result = create_demo_workspace(self.base_app.today)
        self.base_app.call_from_thread(self.base_app.switch_workspace, result.data["path"], result.notes[0])  # type: ignore[index]

    def action_order(self) -> None:
        orders = attention.ORDERS
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.draw()

    async def action_filter(self) -> None:
        from sprintkit.tui.widgets.filter import Filter

        existing = self.query(Filter)
        if existing:
            self.set_focus(existing.first())
            return
        await self.mount(Filter(id="filter"), before=self.query_one("#sprints"))
        self.set_focus(self.query_one(Filter))

    def action_to_list(self) -> None:
        self.set_focus(self.query_one(SprintList))

    def filter_rows(self, words: str) -> None:
        """Show only the sprints that contain every word."""
        self.filter_words = words
        self.draw()

    async def action_back(self) -> None:
        from sprintkit.tui.widgets.filter import Filter

        await self.query(Filter).remove()
        self.set_focus(self.query_one(SprintList))
        if self.filter_words:
            self.filter_rows("")
