"""The base class of all screens that fill the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, cast

from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

if TYPE_CHECKING:
    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.tui.base_app import BaseApp


class Page(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen with access to the app and the workspace."""

    SCOPE = ""
    """Scope of the commands in `key_bindings` that apply here."""
    ABOUT = ""
    """Its description on the help screen."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # focused widgets repaint themselves

    @property
    def base_app(self) -> BaseApp:
        """The app, with its own type."""
        return cast("BaseApp", self.app)

    @property
    def context(self) -> WorkspaceContext:
        """The workspace. Fails on a screen that is open without one."""
        context = self.base_app.context
        assert context is not None, "no workspace"
        return context

    def hides_hint(self, action: str) -> bool:
        """Whether the footer leaves out the key of `action`, which would only say why it does nothing now."""
        return False

    def load(self) -> None:
        """Read what the screen shows again. Called when files changed; the session watches its own file instead."""
