"""The app: shows the screens, follows files and the day, and keeps what was typed when it ends."""

from __future__ import annotations

import gc
import inspect
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on, work
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from sprintkit.errors import ExitCode, InputError, SprintkitError
from sprintkit.tui import commands, theme
from sprintkit.tui.base_app import BaseApp
from sprintkit.tui.driver import install_tolerant_input
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.page import Page

if TYPE_CHECKING:
    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.tui.screens.palette import Entry


LEAST = (60, 16)
"""Columns and lines that every screen needs."""


class Opening(NamedTuple):
    """What to show first, over home."""

    screen: str
    """`session`, `sprint`, `checkin` or `documents`."""
    slug: str | None = None
    options: Mapping[str, Any] = {}
    """What the command line says beside it; for a session: full, like."""


class SprintApp(BaseApp, inherit_bindings=False):
    """sprintkit in the terminal."""

    CSS_PATH = "app.tcss"
    TITLE = "sprintkit"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("app"), ("ctrl+c", "help_quit")]
    NOTIFICATION_TIMEOUT = 6
    ENABLE_COMMAND_PALETTE = False
    PATIENCE = 1.0
    """Seconds that a signal waits at most for keys that came before it."""
    LOOK = 2.0
    """Seconds between two looks at whether files changed underneath; longer where a look takes long."""

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
        self._look_after = 0.0
        self.bug: Exception | None = None
        """What ended the app, if it was a bug."""

    def get_default_screen(self) -> Screen[Any]:
        return HomeScreen()

    def on_mount(self) -> None:
        self._catch_signals()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the first picture stands: what the workspace sets, and the screen asked for."""
        if not gc.isenabled():
            gc.freeze()  # what stands by now stays; looked through again and again, it would stop the keys
            gc.enable()
        self.apply_settings()
        self.set_interval(self.LOOK, self.look)
        if self.opening:
            self.open(*self.opening)
            self.opening = None

    def _is_ready(self) -> bool:
        """Keys that are typed ahead wait for what was asked for."""
        return self.opening is None and super()._is_ready()

    def on_resize(self) -> None:
        width, height = LEAST
        if self.size.width < width or self.size.height < height:
            from sprintkit.tui.screens.too_small import SmallScreen  # seen by few

            if not isinstance(self.screen, SmallScreen):
                self.push_screen(SmallScreen(width, height))

    @work(thread=True, exclusive=True, exit_on_error=False, group="look")
    def look(self) -> None:
        """Looks beside the screen whether files changed underneath, or the day did; then what is shown follows."""
        from sprintkit.actions.fingerprint import workspace_fingerprint  # not before the first picture

        desk, began = self.context, monotonic()
        if desk is None or began < self._look_after:
            return
        now = workspace_fingerprint(desk)
        took = monotonic() - began
        self._look_after = began + took * 40
        if self.mark is not None and (now != self.mark or desk.today != self.today):
            self.call_from_thread(self.follow)
        self.mark = now

    def follow(self) -> None:
        """Shows what changed underneath: on the screen in front now, on others when they are."""
        if self.context is None:
            return
        before, refused = self.settings, self.refused
        try:
            self.find_workspace(self.today)
        except SprintkitError as error:
            self.tell(error)
            return
        if self.settings != before or (self.refused is None) is not (refused is None):
            self.apply_settings()
        load = getattr(self.screen, "load", None)
        if callable(load) and isinstance(self.screen, Page):
            load()

    def open(self, screen: str, slug: str | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Pushes a screen by its name; it is imported now."""
        if self.context is None:
            self.say("There is no workspace here yet.", "warning")
            return
        try:
            self.push_screen(self._made(screen, self.context, slug, options or {}))
        except SprintkitError as error:
            self.tell(error)

    def _made(
        self, screen: str, desk: WorkspaceContext, slug: str | None, options: Mapping[str, Any]
    ) -> Screen[Any]:
        if screen == "session":
            from sprintkit.tui.screens.session import session_screen

            return session_screen(desk, slug, **options)
        assert slug is not None, screen
        if screen == "checkin":
            from sprintkit.tui.screens.form import opening

            return opening.checkin(desk, slug)
        if screen == "correct":
            from sprintkit.tui.screens.form import opening

            return opening.earlier(desk, slug)
        if screen == "documents":
            from sprintkit.tui.screens.documents import DocumentsScreen

            return DocumentsScreen(desk, slug)
        from sprintkit.tui.screens.sprint import SprintScreen

        return SprintScreen(desk, slug)

    @work(thread=True, exit_on_error=False, group="render")
    def render_document(self, slug: str, document: str, form: str, is_sure: bool = False) -> None:
        """Renders a document into the current folder; asks before it overwrites one."""
        from sprintkit.actions.render.render import (
            render,  # templates and typst are loaded when something is rendered
        )

        desk = self.context
        if desk is None:
            return
        try:
            result = render(desk, slug, document, form, force=is_sure)
        except InputError as error:
            if error.problems[0].code != "exists" or is_sure:
                raise
            where = error.problems[0].path or ""
            self.call_from_thread(self._ask_to_overwrite, where, slug, document, form)
            return
        if result.data is not None:
            self.call_from_thread(self.say, f"Written: {result.data['shown']}")

    def _ask_to_overwrite(self, where: str, slug: str, document: str, form: str) -> None:
        from sprintkit.tui.screens.confirm import ConfirmScreen  # only where a file is there already

        def go_on(is_sure: bool | None) -> None:
            if is_sure:
                self.render_document(slug, document, form, True)

        about = f"{where} is there already. It will be replaced by what is rendered now."
        self.push_screen(ConfirmScreen("Overwrite it?", about, "overwrites it"), go_on)

    def tell(self, error: SprintkitError) -> None:
        """An expected failure, whole: what is wrong and what to do, in a dialog that can be copied."""
        from sprintkit.tui.screens.error_dialog import FailureScreen

        self.push_screen(FailureScreen(error.problems))

    def action_palette(self) -> None:
        """Every command that applies, and every sprint."""
        from sprintkit.tui.screens.palette import PaletteScreen, entries  # opened by one key

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(list(entries(self, self.screen))), self._chosen)

    async def _chosen(self, entry: Entry | None) -> None:
        if entry is not None:
            found = entry.run()
            if inspect.isawaitable(found):
                await found

    def action_help(self) -> None:
        from sprintkit.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            scope, about = (getattr(self.screen, name, "") for name in ("SCOPE", "ABOUT"))
            self.push_screen(HelpScreen(scope, about, getattr(self.screen, "keys", ())))

    def action_next_theme(self) -> None:
        names = list(theme.PLAIN if self.no_color else theme.THEMES)
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]
        self.say(f"Theme {self.theme}. `theme` in sprintkit.toml keeps it.")

    async def action_quit(self) -> None:
        self.keep()
        self.exit(ExitCode.OK)

    def keep(self) -> None:
        """Has every screen put on disk what was typed and is not there yet."""
        for screen in self._with_keep():
            screen()

    def _with_keep(self) -> Iterator[Callable[[], None]]:
        for screen in self.screen_stack:
            keep = getattr(screen, "keep", None)
            if callable(keep):
                yield keep

    def _catch_signals(self) -> None:
        """A closed window or a kill ends the app as ctrl+q does, so that nothing typed is lost."""
        import asyncio

        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                try:
                    loop.add_signal_handler(getattr(signal, name), self._signalled)
                except (NotImplementedError, RuntimeError, ValueError):
                    return  # not the main thread, or a system without them

    def _signalled(self) -> None:
        self.keep()
        self.call_later(self._interrupt, monotonic() + self.PATIENCE)

    def _interrupt(self, until: float) -> None:
        """Ends, once the keys that came before have done their work."""
        if not self.is_quiet and monotonic() < until:
            self.set_timer(0.01, partial(self._interrupt, until))
            return
        self.keep()
        self.exit(ExitCode.INTERRUPTED)

    @on(Worker.StateChanged)
    def tell_of_worker(self, event: Worker.StateChanged) -> None:
        """No error of a worker is lost: an expected one is told, any other is a bug and ends the app."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, SprintkitError):
            self.tell(error)
        elif isinstance(error, Exception):
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Keeps the first bug for whoever started the app, instead of printing it over the terminal."""
        if self.bug is None:
            self.bug = error
            with suppress(SprintkitError):  # the bug is told first
                self.keep()
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
    """Runs the app in this terminal and returns the exit code. A bug in it is raised again here.

    `start` is the folder whose workspace is opened (None: the current one); `opening` is what to show over
    home. `clock` tells the day as it goes by;
    without it the day stays `today`. `notice` stands on top of home (a demo says so there).
    """
    install_tolerant_input()
    app = SprintApp(start, today, opening, clock=clock, notice=notice)
    code = app.run()
    if app.bug is not None:
        raise app.bug
    return ExitCode.OK if code is None else code
