"""The page of one sprint: health and its reasons, the plan, and the records."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from sprintkit.actions.amend.cut import CutProposal, cut_for_page
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.sign.allowed_signers import signers_for
from sprintkit.actions.sign.signing_status import SigningStatus, signing_status
from sprintkit.actions.sprint_view import SprintView
from sprintkit.actions.status.attention import AGREED_STATES, CLOSED_STATES, days_left
from sprintkit.actions.status.sprint_overview import SprintOverview, load_sprint_overview
from sprintkit.documents import catalogue
from sprintkit.errors import SprintkitError
from sprintkit.progress.health import Reason
from sprintkit.text.labels import state_label
from sprintkit.tui import key_bindings, wording
from sprintkit.tui.pictures import STYLES, next_style
from sprintkit.tui.screens.page import Page
from sprintkit.tui.sprint_page.needs import FIRST_NEEDS, MANY_NEEDS
from sprintkit.tui.sprint_page.page import sprint_page
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.scrolling_page import ScrollingPage

SHORT_HEIGHT = 32
"""Height in lines below which fewer needs are shown, unless all of them are asked for."""


class SprintScreen(Page[None]):
    """One sprint. Every figure is computed from its records."""

    SCOPE = "sprint"
    ABOUT = (
        "One sprint. On the ruler of weeks: ● accepted, ○ due, ▲ late, · was due. "
        "Points count when a milestone is accepted with proof, and not before."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("sprint")
    AUTO_FOCUS = "ScrollingPage"

    def __init__(self, context: WorkspaceContext, slug: str) -> None:
        super().__init__()
        context.workspace.require_sprint(slug)
        self.slug = slug
        self.sprint: SprintOverview | None = None
        self.loaded_state: object = None
        """The fingerprint of its files, and the date, when it was loaded."""
        self.signing: SigningStatus | None = None
        """Who has approved; replaced once its SSH signatures are verified."""
        self.cut: CutProposal | None = None
        """The cut that a health reason asks for."""
        self.has_charts = False
        self.shows_all_needs = False

    @property
    def view(self) -> SprintView | None:
        """Its files and figures; None until they are loaded."""
        return None if self.sprint is None else self.sprint.view

    def compose(self) -> ComposeResult:
        yield TopLine()
        with ScrollingPage():
            yield Static(markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.load()
        self.call_after_refresh(self.add_charts)

    def add_charts(self) -> None:
        """Add the charts once the text is shown."""
        self.has_charts = True
        self.draw()

    def load(self) -> None:
        if self.view is not None and not self.context.workspace.exists():
            return  # the app has reported it; keep showing what was read before
        self.loaded_state = self._current_state()
        try:
            self.sprint = load_sprint_overview(self.context, self.slug)
            self.signing = self.sprint.signing
            self.cut = cut_for_page(self.context, self.sprint.view)
        except SprintkitError as error:
            self.dismiss()  # first, or the page would be read again when the dialog closes
            self.base_app.show_error(error)
            return
        self.draw()
        self.refresh_bindings()
        view = self.sprint.view
        if any(stored.record.ssh is not None for stored in view.sprint.signatures):
            self._verify_in_worker(view)

    @work(thread=True, exclusive=True, exit_on_error=False, group="keys")
    def _verify_in_worker(self, view: SprintView) -> None:
        # In a thread, because each SSH signature starts ssh-keygen.
        allowed = signers_for(self.context, view.sprint)
        signing = signing_status(view.sprint, self.context.today, allowed)
        self.base_app.call_from_thread(self._show_verified, view, signing)

    def _show_verified(self, view: SprintView, signing: SigningStatus) -> None:
        if self.is_attached and view is self.view:
            self.signing = signing
            self.draw()

    def _current_state(self) -> object:
        return self.context.fingerprint(self.slug), self.context.today

    def on_screen_resume(self) -> None:
        if self.view is not None and self.loaded_state != self._current_state():
            self.load()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Lay out the page for the current width."""
        if self.sprint is None or self.signing is None or not self.size.width:
            return
        top = self.query_one(TopLine)
        top.title = self.sprint.view.row["title"] or self.slug
        top.situation = self._situation(self.sprint.view)
        scrolling_page = self.query_one(ScrollingPage)
        first_needs = FIRST_NEEDS if self.size.height < SHORT_HEIGHT else MANY_NEEDS
        keys = self.base_app.displayed_keys()
        content = sprint_page(
            self.sprint,
            self.signing,
            self.size.width - 1,
            close_key=keys["sprint.close"],
            first_needs=None if self.shows_all_needs else first_needs,
            needs_key=keys["sprint.needs"],
            with_charts=self.has_charts,
            pictures=self.base_app.pictures,
        )
        scrolling_page.query_one(Static).update(content)

    def _situation(self, view: SprintView) -> str:
        row = view.row
        parts = [state_label(view.state)] if self.size.width >= 100 or view.state != "running" else []
        if view.state in ("running", "due") and view.signature_counts.required:
            given, required = view.signature_counts.given, view.signature_counts.required
            parts.append(
                "all approved" if given >= required else "unsigned" if not given else "partly approved"
            )
        if view.state not in CLOSED_STATES:
            parts += [
                wording.week_label(row["week"], row["weeks"]),
                wording.days_label(row["start"], row["week"], days_left(row, self.context.today)),
            ]
        if row["draft_pending"]:
            parts.append("draft pending")
        return " · ".join(part for part in parts if part)

    # Key actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "explain":
            return view is not None and bool(view.progress.reasons or self._latest_flags())
        if action in ("checkin", "correct"):
            return view is not None and view.state in AGREED_STATES
        if action == "amend" and parameters and parameters[0]:
            return self.cut is not None
        if action == "amend":
            return (
                view is not None and view.sprint.document is not None and view.state not in ("due", "stopped")
            )
        if action == "review":
            return view is not None and view.state == "operating"
        if action in ("sign", "changes", "close"):
            return view is not None and view.sprint.document is not None
        return True

    def action_sign(self) -> None:
        self.base_app.open("sign", self.slug)

    def action_close(self) -> None:
        self.base_app.open("close", self.slug)

    def action_changes(self) -> None:
        self.base_app.open("changes", self.slug)

    def action_explain(self) -> None:
        from sprintkit.tui.screens.explain import ExplainScreen

        if self.view is not None:
            keys = self.base_app.displayed_keys()
            is_closed = self.view.state in CLOSED_STATES
            explanation = ExplainScreen(
                self.view.progress,
                self._latest_flags(),
                cut="" if self.cut is None else self.cut.summary,
                cut_key=keys["explain.cut"],
                close_key="" if is_closed else keys["explain.close"],
                is_closed=is_closed,
            )
            self.base_app.push_screen(explanation, self._act_on_reasons)

    def _latest_flags(self) -> tuple[Reason, ...]:
        """The flags of the last month of operation, if the sprint is operated."""
        operation = None if self.sprint is None else self.sprint.operation
        latest = None if operation is None or operation.is_over else operation.latest
        return latest.flags if latest is not None else ()

    def _act_on_reasons(self, action: str | None) -> None:
        if action == "close":
            self.action_close()
        elif action == "cut":
            self.action_amend(True)

    def action_amend(self, with_cut: bool = False) -> None:
        self.base_app.open("amend", self.slug, {"with_cut": with_cut})

    def action_checkin(self) -> None:
        self.base_app.open("checkin", self.slug)

    def action_review(self) -> None:
        self.base_app.open("review", self.slug)

    def action_correct(self) -> None:
        self.base_app.open("correct", self.slug)

    def action_scope(self) -> None:
        self.base_app.open("session", self.slug)

    def action_value(self) -> None:
        self.base_app.open("value", self.slug)

    def action_readiness(self) -> None:
        self.base_app.open("readiness", self.slug)

    def action_documents(self) -> None:
        self.base_app.open("documents", self.slug)

    def action_needs(self) -> None:
        """Switch between everything that is needed and the first part of it."""
        self.shows_all_needs = not self.shows_all_needs
        self.draw()

    def action_pictures(self) -> None:
        name = self.base_app.pictures = next_style(self.base_app.pictures)
        sentence = (
            f"Pictures in {name}: {STYLES[name].sample} To keep them, set `pictures` in sprintkit.toml."
        )
        self.base_app.notify_text(sentence)
        self.draw()

    def action_back(self) -> None:
        self.dismiss()

    def action_render(self) -> None:
        self.base_app.render_document(self.slug, catalogue.default_document().name, "pdf")
