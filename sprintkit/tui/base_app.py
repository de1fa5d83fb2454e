"""The app as its screens know it: the workspace, what it sets, and what a screen may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.app import App

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.errors import InputError, SprintkitError
from sprintkit.tui import commands, theme
from sprintkit.tui.driver import terminal_driver
from sprintkit.tui.input_queue import SerialInputApp
from sprintkit.tui.text import line

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.screen import Screen


class BaseApp(SerialInputApp, inherit_bindings=False):
    """Knows no screen: `app.SprintApp` opens those that are asked for by name."""

    def __init__(self, start: str | None, today: date, clock: Callable[[], date] | None, notice: str) -> None:
        super().__init__()
        self.start = start
        self.clock = clock or (lambda: today)
        """The day; a frozen one unless told otherwise."""
        self.notice = notice
        self.context: WorkspaceContext | None = None
        """None where there is no workspace."""
        self.settings: Mapping[str, Any] = {}
        """What sprintkit.toml sets."""
        self.refused: SprintkitError | None = None
        """What is wrong with sprintkit.toml, where it cannot be taken."""
        self.chosen_keys: Mapping[str, str] = {}
        self.mark: int | None = None
        """What the files were like when they were last looked at."""
        for one in (theme.PLAIN if self.no_color else theme.THEMES).values():
            self.register_theme(one)
        self.find_workspace(today)
        self._begin_with(self._chosen_theme())

    def get_driver_class(self) -> type[Driver]:
        return terminal_driver(super().get_driver_class())

    def find_workspace(self, today: date) -> None:
        """Opens the workspace; settings that cannot be read are as good as none, and told later."""
        try:
            self.context = open_context(self.start, today)
        except InputError as error:
            if error.problems[0].code != "no_workspace":
                raise
            return
        self.refused = None
        try:
            self.settings = self.context.custom
        except SprintkitError as error:
            self.refused, self.settings = error, {}
            self.context.__dict__["custom"] = {}  # what is computed goes on with what is built in

    def _chosen_theme(self) -> str:
        """The theme that the workspace names; what is wrong with its settings is told later."""
        name = theme.chosen(self.settings.get("theme"))[0]
        return theme.without_colour(name) if self.no_color else name

    def _begin_with(self, name: str) -> None:
        """The theme of the first picture. Set the usual way, it would have all styles worked out twice."""
        self.set_reactive(App.theme, name)
        is_dark = self.available_themes[name].dark
        self.set_class(is_dark, "-dark-mode", update=False)
        self.set_class(not is_dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def apply_settings(self) -> None:
        """Takes theme and keys from sprintkit.toml; tells what is of no use there and goes on without it."""
        if self.refused is not None:
            self.tell(self.refused)
        self.theme = self._chosen_theme()
        self.chosen_keys = {}
        if self.settings.keys() & {"theme", "keys"}:
            from sprintkit.tui import settings  # few set any

            self.chosen_keys, sentences = settings.chosen(self.settings)
            for sentence in sentences:
                self.say(sentence, "warning")
        self.set_keymap(dict(self.chosen_keys))

    def note_files(self) -> None:
        """Notes what files are like that are about to be read for the first time: what changes after that appears."""
        if self.mark is None and self.context is not None:
            from sprintkit.actions.fingerprint import (
                workspace_fingerprint,  # of no use where there is no workspace
            )

            self.mark = workspace_fingerprint(self.context)

    @property
    def today(self) -> date:
        """The day that everything is shown for."""
        return self.clock()

    def make_workspace(self) -> None:
        """Makes the folder that was asked for a workspace, and opens it. Raises WriteError."""
        from sprintkit.actions.init import init  # done once in a workspace's life

        init(self.start or ".", self.today)
        self.find_workspace(self.today)

    def move_to(self, root: str, notice: str) -> None:
        """Goes on in another workspace."""
        self.start, self.notice, self.context = root, notice, None
        self.find_workspace(self.today)
        self.apply_settings()
        for screen in self.screen_stack:
            begin = getattr(screen, "begin", None)
            if callable(begin):
                begin()

    def shown_keys(self) -> dict[str, str]:
        """The first key of every command as it is called, by id, with what sprintkit.toml changes."""
        keys = {one.id: one.keys for one in commands.COMMANDS} | dict(self.chosen_keys)
        return {name: commands.key_name(several.partition(",")[0]) for name, several in keys.items()}

    def say(self, sentence: str, severity: str = "information") -> None:
        """A line for a moment; user text in it stays text."""
        kinds = {"warning": "warning", "error": "error"}
        self.notify(line(sentence), severity=kinds.get(severity, "information"), markup=False)  # type: ignore[arg-type]

    async def obey(self, one: commands.Command, space: App[int] | Screen[Any]) -> None:
        """Does what a command does, on the app or on a screen."""
        await self.run_action(one.action, default_namespace=space)

    # What needs screens.

    def open(self, screen: str, slug: str | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Shows a screen by its name."""
        raise NotImplementedError

    def tell(self, error: SprintkitError) -> None:
        """An expected failure, whole: what is wrong and what to do."""
        raise NotImplementedError

    def render_document(self, slug: str, document: str, form: str, is_sure: bool = False) -> object:
        """Renders a document into the current folder; asks before it overwrites one."""
        raise NotImplementedError
