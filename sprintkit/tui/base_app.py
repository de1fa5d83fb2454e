"""The app as its screens see it: the workspace, its settings, notifications and saving."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.app import App

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.errors import InputError, SprintkitError
from sprintkit.tui import key_bindings, theme
from sprintkit.tui.driver import terminal_driver
from sprintkit.tui.input_queue import SerialInputApp
from sprintkit.tui.pictures import choose_pictures
from sprintkit.tui.text import first_sentences, one_line

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from sprintkit.actions.background_writer import BackgroundWriter

MAX_NOTICE = 196
"""Most characters of a notification: three lines at 80 columns, including the key that shows the rest."""
LONG_NOTICE_SECONDS = 12
"""How long a notification says what was recorded or written, and where."""
CLOSE_SECONDS = 2.0
"""Longest time in seconds that leaving a screen waits for its last save."""


class BaseApp(SerialInputApp, inherit_bindings=False):
    """What a screen may use of the app. It imports no screen; `app.SprintApp` opens them by name."""

    def __init__(self, start: str | None, today: date, clock: Callable[[], date] | None, notice: str) -> None:
        super().__init__()
        self.start = start
        self.clock = clock or (lambda: today)
        """Returns the current date; fixed to the starting date unless another clock is given."""
        self.notice = notice
        self.context: WorkspaceContext | None = None
        """None if there is no workspace."""
        self.settings: Mapping[str, Any] = {}
        """The parsed sprintkit.toml; empty if there is none or it cannot be used."""
        self.settings_error: SprintkitError | None = None
        """Why sprintkit.toml cannot be used, if it cannot."""
        self.configured_keys: Mapping[str, str] = {}
        """The keys set in sprintkit.toml, by command id."""
        self.writers: list[BackgroundWriter[Any]] = []
        """Writers of everything typed. The writer of a closed screen stays until its text is on disk."""
        self.cut_notice = ""
        """The whole text of the last notification, if it was too long to be shown."""
        self.pictures = "blocks"
        """The name of the style in which charts are drawn; see `tui/pictures`."""
        self.fingerprint: int | None = None
        """The workspace's fingerprint at the last check."""
        for theme_variant in (theme.PLAIN if self.no_color else theme.THEMES).values():
            self.register_theme(theme_variant)
        self.open_workspace(today)
        self._set_initial_theme(self._configured_theme())

    def get_driver_class(self) -> type[Driver]:
        return terminal_driver(super().get_driver_class())

    def open_workspace(self, today: date) -> None:
        """Open the workspace, if there is one. Settings that cannot be read count as none and are reported later."""
        try:
            self.context = open_context(self.start, today)
        except InputError as error:
            if error.problems[0].code != "no_workspace":
                raise
            return
        self.settings_error = None
        try:
            self.settings = self.context.raw_settings
        except SprintkitError as error:
            self.settings_error, self.settings = error, {}
            self.context.ignore_settings_file()

    def _configured_theme(self) -> str:
        """The theme set by the workspace; a wrong name is reported later."""
        name = theme.choose_theme(self.settings.get("theme"))[0]
        return theme.without_colour(name) if self.no_color else name

    def _set_initial_theme(self, name: str) -> None:
        """Set the theme of the first frame; setting it the usual way would compute all styles twice."""
        self.set_reactive(App.theme, name)
        is_dark = self.available_themes[name].dark
        self.set_class(is_dark, "-dark-mode", update=False)
        self.set_class(not is_dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def apply_settings(self) -> None:
        """Apply the theme, the style of charts and the keys from sprintkit.toml; report what cannot be used."""
        if self.settings_error is not None:
            self.show_error(self.settings_error)
        self.theme = self._configured_theme()
        self.configured_keys = {}
        self.pictures = choose_pictures(self.settings.get("pictures"), os.environ)[0]
        if self.settings.keys() & {"theme", "pictures", "keys"}:
            from sprintkit.tui import settings

            self.configured_keys, sentences = settings.parse_settings(self.settings)
            for sentence in sentences:
                self.notify_text(sentence, "warning")
        self.set_keymap(dict(self.configured_keys))

    def record_fingerprint(self) -> None:
        """Record the fingerprint before files are first read, so that later changes are noticed."""
        if self.fingerprint is None and self.context is not None:
            self.fingerprint = self.context.fingerprint()

    @property
    def today(self) -> date:
        """The date everything is shown for."""
        return self.clock()

    def create_workspace(self) -> None:
        """Make the requested folder a workspace and open it. Raises WriteError."""
        from sprintkit.actions.create_workspace import create_workspace

        create_workspace(self.start or ".", self.today)
        self.open_workspace(self.today)

    def switch_workspace(self, root: str, notice: str) -> None:
        """Open the workspace in the folder `root` instead, with `notice` above home."""
        self.start, self.notice, self.context = root, notice, None
        self.open_workspace(self.today)
        self.apply_settings()
        for screen in self.screen_stack:
            show_workspace = getattr(screen, "show_workspace", None)
            if callable(show_workspace):
                show_workspace()

    def displayed_keys(self) -> dict[str, str]:
        """Return the label of each command's first key, by command id, as configured in sprintkit.toml."""
        keys = {command.id: command.keys for command in key_bindings.COMMANDS} | dict(self.configured_keys)
        return {
            command_id: key_bindings.key_label(key_names.partition(",")[0])
            for command_id, key_names in keys.items()
        }

    def notify_text(
        self, sentence: str, severity: SeverityLevel = "information", *, seconds: float | None = None
    ) -> None:
        """Show a notification; pass `seconds` for one that takes longer to read than most. User text in it stays text.

        It takes at most three lines at 80 columns: the help screen shows the sentences that do not fit. An error is
        always shown whole.
        """
        text = one_line(sentence)
        shown = text if severity == "error" else first_sentences(text, MAX_NOTICE)
        self.cut_notice = "" if shown == text else text
        if self.cut_notice:
            shown += f" ({self.displayed_keys()['app.help']} shows all)"
        self.notify(shown, severity=severity, timeout=seconds, markup=False)

    async def run_command(self, command: key_bindings.Command, namespace: App[int] | Screen[Any]) -> None:
        """Run a command's action on `namespace`, which is the app or a screen."""
        await self.run_action(command.action, default_namespace=namespace)

    # Saving

    async def wait_for_writers(self, *writers: BackgroundWriter[Any], seconds: float = 3.0) -> bool:
        """Wait up to `seconds` for these (or all) writers; return whether everything is on disk. Does not block."""
        awaited = writers or tuple(self.writers)
        end = monotonic() + seconds
        while not all(writer.is_settled for writer in awaited) and monotonic() < end:
            await asyncio.sleep(0.01)
        return all(writer.status.is_saved for writer in awaited)

    async def end_writer(self, writer: BackgroundWriter[Any], close: Callable[[float], object]) -> None:
        """End `writer` with its function `close`, without blocking. What it cannot save is reported when the app ends."""
        await asyncio.to_thread(close, CLOSE_SECONDS)
        if writer in self.writers and writer.status.is_saved:
            self.writers.remove(writer)

    # Implemented by SprintApp and OutputApp, which import screens

    def open(self, screen: str, slug: str | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Open a screen by its name."""
        raise NotImplementedError

    def show_error(self, error: SprintkitError) -> None:
        """Show an expected failure: what is wrong and what to do."""
        raise NotImplementedError

    def render_document(self, slug: str, document: str, form: str, is_sure: bool = False) -> object:
        """Render a document into the current folder, and ask before overwriting a file."""
        raise NotImplementedError

    def write_request(self, slug: str, amendment: str | None, person: str, is_sure: bool = False) -> object:
        """Write the mail that asks `person` to sign the charter (or `amendment`); ask before overwriting a file."""
        raise NotImplementedError
