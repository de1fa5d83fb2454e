"""The panel beside the list of sprints: the sprint in focus, read in a thread."""

from __future__ import annotations

from textual import work
from textual.content import Content
from textual.widgets import Static

from sprintkit.errors import SprintkitError
from sprintkit.tui.text import content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.status.sprint_overview import SprintOverview
    from sprintkit.tui.base_app import BaseApp

MIN_SCREEN_WIDTH = 140
"""Columns of a screen from which there is a panel."""
MAX_WIDTH = 72
"""Most columns of the panel."""


def panel_width(screen_width: int) -> int:
    """The columns of the panel on a screen of this width; 0 where the list needs all of it."""
    return min(MAX_WIDTH, screen_width * 2 // 5) if screen_width >= MIN_SCREEN_WIDTH else 0


class SprintPanel(Static):
    """What one sprint needs and from whom, why, and what comes next."""

    DEFAULT_CSS = """
    SprintPanel { height: 1fr; padding: 0 2; border-left: solid $rule; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._slug: str | None = None
        self._known: dict[str, SprintOverview | str] = {}
        """What was read of each sprint since the files last changed: all of it, or why it cannot be read."""

    def forget(self) -> None:
        """Read every sprint again when it is next shown."""
        self._known.clear()

    def show(self, slug: str | None) -> None:
        """Show a sprint; what was shown stays until it has been read."""
        self._slug = slug
        if not self.display:
            return
        if slug is None:
            self.update("")
        elif slug in self._known:
            self._draw()
        else:
            self._read(slug)

    @work(thread=True, exclusive=True, exit_on_error=False, group="panel")
    def _read(self, slug: str) -> None:
        from sprintkit.actions.status.sprint_overview import (
            load_sprint_overview,  # loads the records and the documents
        )

        app: BaseApp = self.app  # type: ignore[assignment]
        if app.context is None:
            return
        known: SprintOverview | str
        try:
            known = load_sprint_overview(app.context, slug)
        except SprintkitError as error:
            known = str(error)
        app.call_from_thread(self._keep, slug, known)

    def _keep(self, slug: str, known: SprintOverview | str) -> None:
        self._known[slug] = known
        if slug == self._slug and self.is_attached:
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        known = self._known.get(self._slug or "")
        width, height = self.content_size
        if known is None or not self.display or width <= 0:
            return
        if isinstance(known, str):
            self.update(content(known, "$error"))
            return
        from sprintkit.tui.sprint_page.panel import panel_lines

        app: BaseApp = self.app  # type: ignore[assignment]
        self.update(Content("\n").join(panel_lines(known, app.displayed_keys()["home.close"], width, height)))
