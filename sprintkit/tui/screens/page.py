"""What all screens of the app share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, cast

from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

if TYPE_CHECKING:
    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.tui.base_app import BaseApp


class Page(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen that knows the app and the workspace."""

    SCOPE = ""
    """Which commands of the registry apply on it."""
    ABOUT = ""
    """What F1 says of it."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # what has the focus shows it itself

    @property
    def host(self) -> BaseApp:
        """The app, as far as screens know it."""
        return cast("BaseApp", self.app)

    @property
    def context(self) -> WorkspaceContext:
        """The workspace; only asked for where there is one."""
        desk = self.host.context
        assert desk is not None, "no workspace"
        return desk

    def load(self) -> None:
        """Reads again what the screen shows; called when files changed. The session has a look of its own at its file."""
