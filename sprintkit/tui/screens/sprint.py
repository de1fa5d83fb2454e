"""The page of one sprint: where it stands and why, its plan, what its records hold."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.sprint_view import SprintView, view
from sprintkit.actions.status.attention import CLOSED_STATES, STATES, days_left
from sprintkit.errors import SprintkitError
from sprintkit.tui import commands, wording
from sprintkit.tui.screens.page import Page
from sprintkit.tui.sprint_page.page import page
from sprintkit.tui.widgets.bars import KeyLine, TopLine


class Sheet(VerticalScroll):
    """The page itself; the arrows scroll it."""

    DEFAULT_CSS = """
    Sheet { height: 1fr; scrollbar-size-vertical: 1; background: $background; }
    Sheet > Static { width: 1fr; height: auto; }
    """


class SprintScreen(Page[None]):
    """Health first. No figure here is typed by anybody."""

    SCOPE = "sprint"
    ABOUT = (
        "One sprint. On the ruler of weeks: ● accepted, ○ due, ▲ late, · was due. "
        "Points count when a milestone is accepted with proof, and not before."
    )
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("sprint")
    AUTO_FOCUS = "Sheet"

    def __init__(self, desk: WorkspaceContext, slug: str) -> None:
        super().__init__()
        desk.workspace.known(slug)
        self.slug = slug
        self.found: SprintView | None = None
        self.has_pictures = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Sheet():
            yield Static(markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.load()
        self.call_after_refresh(self.add_pictures)

    def add_pictures(self) -> None:
        """The pictures come once the words stand."""
        self.has_pictures = True
        self.draw()

    def load(self) -> None:
        try:
            self.found = view(self.context, self.slug)
        except SprintkitError as error:
            self.dismiss()  # first: a page under the dialog would be read once more when that closes
            self.host.tell(error)
            return
        self.draw()
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        if self.found is not None:
            self.load()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Shows what is known in the width there is."""
        if self.found is None or not self.size.width:
            return
        top = self.query_one(TopLine)
        top.title = self.found.row["title"] or self.slug
        top.situation = self._situation(self.found)
        sheet = self.query_one(Sheet)
        content = page(self.found, self.size.width - 1, with_pictures=self.has_pictures)
        sheet.query_one(Static).update(content)

    def _situation(self, found: SprintView) -> str:
        row = found.row
        parts = [STATES[found.state]] if self.size.width >= 100 or found.state != "running" else []
        if found.state in ("running", "due") and found.standing.required:
            given, required = found.standing.given, found.standing.required
            parts.append("signed" if given >= required else "unsigned" if not given else "partly signed")
        if found.state not in CLOSED_STATES:
            parts += [
                wording.week(row["week"], row["weeks"]),
                wording.days(days_left(row, self.context.today)),
            ]
        if row["draft_pending"]:
            parts.append("draft pending")
        return " · ".join(part for part in parts if part)

    # What the keys do.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        found = self.found
        if action == "explain":
            return found is not None and bool(found.progress.reasons)
        if action in ("checkin", "correct"):
            return found is not None and found.state in (
                "running",
                "due",
                "chartered",
                "partly_signed",
                "signed",
            )
        return True

    def action_explain(self) -> None:
        from sprintkit.tui.screens.explain import ExplainScreen  # opened by few

        if self.found is not None:
            self.host.push_screen(ExplainScreen(self.found.progress))

    def action_checkin(self) -> None:
        self.host.open("checkin", self.slug)

    def action_correct(self) -> None:
        self.host.open("correct", self.slug)

    def action_scope(self) -> None:
        self.host.open("session", self.slug)

    def action_documents(self) -> None:
        self.host.open("documents", self.slug)

    def action_back(self) -> None:
        self.dismiss()

    def action_render(self) -> None:
        self.host.render_document(self.slug, "charter", "pdf")
