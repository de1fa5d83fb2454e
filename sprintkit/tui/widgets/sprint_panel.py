"""The panel beside the list of sprints: an overview of the one under the cursor, read in a thread."""

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
"""Width of the screen in columns from which the panel is shown."""
MAX_WIDTH = 72
"""Maximum width of the panel in columns."""


def panel_width(screen_width: int) -> int:
    """Return the width of the panel in columns; 0 on a screen too narrow for it."""
    return min(MAX_WIDTH, screen_width * 2 // 5) if screen_width >= MIN_SCREEN_WIDTH else 0


class SprintPanel(Static):
    """Shows what a sprint needs, from whom and why, and what comes next."""

    DEFAULT_CSS = """
    SprintPanel { height: 1fr; padding: 0 2; border-left: solid $rule; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._slug: str | None = None
        self._overviews: dict[str, SprintOverview | str] = {}
        """Overviews by slug, read since the files last changed; for an unreadable sprint, the error message."""

    def forget(self) -> None:
        """Read every sprint again when it is next shown."""
        self._overviews.clear()

    def show(self, slug: str | None) -> None:
        """Show a sprint. The previous overview stays until this one has been read."""
        self._slug = slug
        if not self.display:
            return
        if slug is None:
            self.update("")
        elif slug in self._overviews:
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
        overview: SprintOverview | str
        try:
            overview = load_sprint_overview(app.context, slug)
        except SprintkitError as error:
            overview = str(error)
        app.call_from_thread(self._store_overview, slug, overview)

    def _store_overview(self, slug: str, overview: SprintOverview | str) -> None:
        self._overviews[slug] = overview
        if slug == self._slug and self.is_attached:
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        overview = self._overviews.get(self._slug or "")
        width, height = self.content_size
        if overview is None or not self.display or width <= 0:
            return
        if isinstance(overview, str):
            self.update(content(overview, "$error"))
            return
        from sprintkit.tui.sprint_page.panel import panel_lines

        app: BaseApp = self.app  # type: ignore[assignment]
        lines = panel_lines(overview, app.displayed_keys()["home.close"], width, height)
        self.update(Content("\n").join(lines))
