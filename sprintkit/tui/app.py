"""The app: opens screens, reloads them when files or the date change, and saves what was typed when it ends."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Callable, Mapping
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import events, on, work
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from sprintkit.actions.background_writer import EXIT_PATIENCE
from sprintkit.errors import ExitCode, SprintkitError
from sprintkit.tui import key_bindings, theme
from sprintkit.tui.driver import tolerant_input
from sprintkit.tui.outputs import OutputApp
from sprintkit.tui.screens.by_name import WITHOUT_WORKSPACE, build_screen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.page import Page
from sprintkit.tui.shutdown import (
    SignalGuard,
    exit_at_once,
    exit_code,
    preserved_signal_handlers,
    print_notices,
    unsaved_notices,
)

if TYPE_CHECKING:
    from sprintkit.tui.screens.palette import Entry


MIN_SIZE = (60, 16)
"""Smallest size of the terminal, in columns and lines."""


class Opening(NamedTuple):
    """The screen to open first, on top of home."""

    screen: str
    """Its name; see `screens/by_name`."""
    slug: str | None = None
    options: Mapping[str, Any] = {}
    """Keyword arguments of its builder: full and like for `session`; person, party and amendment for `sign`;
    with_cut and again for `amend`."""


class SprintApp(OutputApp, inherit_bindings=False):
    """sprintkit in the terminal."""

    CSS_PATH = "app.tcss"
    TITLE = "sprintkit"
    BINDINGS: ClassVar[list[BindingType]] = [*key_bindings.bindings_for("app"), ("ctrl+c", "help_quit")]
    NOTIFICATION_TIMEOUT = 6
    ENABLE_COMMAND_PALETTE = False
    SIGNAL_GRACE_SECONDS = 1.0
    """Longest time in seconds that a signal waits for keys pressed before it."""
    POLL_SECONDS = 2.0
    """Seconds between two checks for external changes; more where a check takes long."""

    def __init__(
        self,
        start: str | None,
        today: date,
        opening: Opening | None = None,
        *,
        clock: Callable[[], date] | None = None,
        notice: str = "",
    ) -> None:
        super().__init__(start, today, clock, notice)
        self.opening = opening
        self._is_workspace_gone = False
        """Whether the workspace was missing at the last reload."""
        self._next_poll_at = 0.0
        self.bug: Exception | None = None
        """The exception that ended the app, if it was a bug."""
        self.signals = SignalGuard(self._on_signal, self._force_exit)
        self._interrupt_task: asyncio.Task[None] | None = None
        self._has_second_signal = False
        self._quit_question: Screen[Any] | None = None

    def get_default_screen(self) -> Screen[Any]:
        return HomeScreen(is_covered=self.opening is not None)

    def on_mount(self) -> None:
        self.signals.install()
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        """Apply settings and open the requested screen once the first frame is shown."""
        if not gc.isenabled():
            gc.freeze()  # what is loaded now stays loaded; scanning it repeatedly would delay keys
            gc.enable()
        self.apply_settings()
        self.set_interval(self.POLL_SECONDS, self.check_for_changes)
        if self.opening:
            self.record_fingerprint()
            self.open(*self.opening)
            self.opening = None
            home, *others = self.screen_stack
            if isinstance(home, HomeScreen) and all(screen.is_modal for screen in others[:1]):
                home.show_workspace()  # a dialog opened, or nothing did

    def _is_ready(self) -> bool:
        """Whether the next key can be delivered; keys typed ahead wait for the requested screen."""
        return self.opening is None and super()._is_ready()

    def on_resize(self, event: events.Resize) -> None:
        width, height = MIN_SIZE
        if event.size.width < width or event.size.height < height:
            from sprintkit.tui.screens.too_small import TooSmallScreen

            if not isinstance(self.screen, TooSmallScreen):
                self.push_screen(TooSmallScreen(width, height))

    @work(thread=True, exclusive=True, exit_on_error=False, group="changes")
    def check_for_changes(self) -> None:
        """Check in a worker whether files or the date changed, and reload the screen if so."""
        context, began = self.context, monotonic()
        if context is None or began < self._next_poll_at:
            return
        fingerprint = context.fingerprint()
        duration = monotonic() - began
        self._next_poll_at = began + duration * 40  # so that checking takes at most a fortieth of the time
        if self.fingerprint is not None and (fingerprint != self.fingerprint or context.today != self.today):
            self.call_from_thread(self.reload_changed)
        self.fingerprint = fingerprint

    def reload_changed(self) -> None:
        """Reload the workspace's settings and the screen in front; other screens reload when they come forward."""
        if self.context is None or not self.is_running:
            return
        if not self.context.workspace.exists():
            if not self._is_workspace_gone:
                self._is_workspace_gone = True
                self.notify_text(
                    f"{self.context.root} is gone: it was moved, deleted or unmounted. "
                    "The screen shows what was read before; the app continues once the folder is back.",
                    "warning",
                )
            return
        if self._is_workspace_gone:
            self._is_workspace_gone = False
            self.notify_text(f"{self.context.root} is back.")
        old_settings, old_error = self.settings, self.settings_error
        try:
            self.start = self.context.root
            self.open_workspace(self.today)
        except SprintkitError as error:
            self.show_error(error)
            return
        if self.settings != old_settings or (self.settings_error is None) is not (old_error is None):
            self.apply_settings()
        screen = self.screen
        if not isinstance(screen, Page):
            return
        if screen.is_mounted:
            screen.load()
        else:
            screen.call_later(screen.load)  # handled once it has its widgets

    def open(self, screen: str, slug: str | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Push the screen that `screens/by_name` lists as `screen`; its module is imported only now."""
        if self.context is None and screen not in WITHOUT_WORKSPACE:
            self.notify_text("There is no workspace here yet.", "warning")
            return
        try:
            self.push_screen(build_screen(screen, self.context, slug, options or {}))
        except SprintkitError as error:
            self.show_error(error)

    def show_error(self, error: SprintkitError) -> None:
        """Show an expected failure in a dialog that can be copied: what is wrong and what to do."""
        from sprintkit.tui.screens.error_dialog import ErrorDialog

        self.push_screen(ErrorDialog(error.problems))

    def action_palette(self) -> None:
        """Open the palette: every command that applies here, and every sprint."""
        from sprintkit.tui.screens.palette import PaletteScreen, entries

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(list(entries(self, self.screen))), self._run_entry)

    async def _run_entry(self, entry: Entry | None) -> None:
        if entry is not None:
            result = entry.run()
            if inspect.isawaitable(result):
                await result

    def action_help(self) -> None:
        from sprintkit.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            scope, about = (getattr(self.screen, name, "") for name in ("SCOPE", "ABOUT"))
            self.push_screen(HelpScreen(scope, about, getattr(self.screen, "keys", ()), self.cut_notice))

    def action_next_theme(self) -> None:
        names = list(theme.PLAIN if self.no_color else theme.THEMES)
        index = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(index + 1) % len(names)]
        self.notify_text(f"Theme {self.theme}. To keep it, set `theme` in sprintkit.toml.")

    async def action_quit(self) -> None:
        """Quit once everything is on disk; ask if something cannot be saved."""
        if self._quit_question in self.screen_stack:
            self.exit(ExitCode.OK)
            return
        self.flush()
        if await self.wait_for_writers():
            self.exit(ExitCode.OK)
            return
        from sprintkit.tui.screens.confirm import ConfirmScreen

        about = " ".join(unsaved_notices(self.writers))
        self._quit_question = ConfirmScreen("Not everything is saved. Quit anyway?", about, "quits")
        self.push_screen(self._quit_question, self._quit_if_sure)

    def _quit_if_sure(self, is_sure: bool | None) -> None:
        if is_sure:
            self.exit(ExitCode.OK)

    def flush(self) -> None:
        """Start saving everything typed on any open screen. Never waits and never fails."""
        for screen in self.screen_stack:
            flush = getattr(screen, "flush", None)
            if callable(flush):
                try:
                    flush()
                except Exception as error:  # one screen's bug must not cost the text of the others
                    self.bug = self.bug or error
        for writer in self.writers:
            writer.save_now()

    def _on_signal(self) -> None:
        """End the app without losing what was typed. A second signal shortens the wait."""
        self.flush()
        if self._interrupt_task is None:
            self._interrupt_task = asyncio.get_running_loop().create_task(self._interrupt())
        else:
            self._has_second_signal = True

    async def _interrupt(self) -> None:
        """Exit once the keys pressed before the signal are handled and saved, or after a few seconds."""
        until = monotonic() + self.SIGNAL_GRACE_SECONDS
        while not self.is_quiet and monotonic() < until:
            await asyncio.sleep(0.01)
        self.flush()
        await self.wait_for_writers(seconds=0.5 if self._has_second_signal else 3.0)
        self.exit(ExitCode.INTERRUPTED)

    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None:
        """Exit the app; by force if one of its threads hangs, for example on a disk that does not answer."""
        if not self.is_headless:
            self.signals.expect_end()
        super().exit(result, return_code, message)

    def _force_exit(self) -> None:
        """End the process of an app that does not respond. Called in a thread."""
        driver = self._driver
        restore_terminal = driver.stop_application_mode if driver is not None else lambda: None
        notices = unsaved_notices(self.writers)
        exit_at_once(restore_terminal, notices, exit_code(self.return_value, notices))

    def on_unmount(self) -> None:
        if self.is_headless:
            self.signals.restore()

    def close_writers(self) -> list[str]:
        """Wait briefly for the last saves, and return a sentence for each text that is still not on disk."""
        for writer in self.writers:
            writer.close(EXIT_PATIENCE)
        return unsaved_notices(self.writers)

    @on(Worker.StateChanged)
    def report_worker_error(self, event: Worker.StateChanged) -> None:
        """Show an expected error of a worker; any other is a bug and ends the app."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, SprintkitError):
            self.show_error(error)
        elif isinstance(error, Exception):
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first bug for `run`, instead of printing it over the terminal."""
        if self.bug is None:
            self.bug = error
            self.flush()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        if self.is_headless:
            super()._fatal_error()
        else:
            self._close_messages_no_wait()


def run(
    start: str | None,
    today: date,
    opening: Opening | None = None,
    *,
    clock: Callable[[], date] | None = None,
    notice: str = "",
) -> int:
    """Run the app in this terminal and return the exit code. An exception that ended it is raised again here.

    `start` is a folder inside the workspace to open (None: the current folder), `opening` the screen to open on top
    of home, and `notice` a line above home (the demo uses it). `clock` returns the current date; without it the
    date stays `today`.
    """
    app = SprintApp(start, today, opening, clock=clock, notice=notice)
    code: int | None = ExitCode.INTERRUPTED
    with preserved_signal_handlers(), tolerant_input():
        try:
            code = app.run()
        finally:
            notices = app.close_writers()
            print_notices(notices)
            app.signals.restore()
    if app.bug is not None:
        raise app.bug
    return exit_code(ExitCode.OK if code is None else code, notices)
