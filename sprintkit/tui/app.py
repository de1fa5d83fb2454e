"""The app: opens the workspace, holds theme and keys, pushes screens, and keeps what was typed when it ends."""

from __future__ import annotations

import gc
import inspect
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on, work
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from ..actions.desk import Desk, open_desk
from ..errors import ExitCode, SprintkitError, Unusable
from . import commands, theme
from .driver import forgive_bytes
from .screens.page import Page
from .text import line

if TYPE_CHECKING:
    from .screens.palette import Entry


LEAST = (60, 16)
"""Columns and lines that every screen needs."""


class Opening(NamedTuple):
    """What to show first, over home."""

    screen: str
    """`session`, `sprint`, `checkin` or `documents`."""
    slug: str | None = None
    options: Mapping[str, Any] = {}
    """What the command line says beside it; for a session: full, like."""


class SprintApp(App[int], inherit_bindings=False):
    """sprintkit in the terminal."""

    CSS_PATH = "app.tcss"
    TITLE = "sprintkit"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("app"), ("ctrl+c", "help_quit")]
    NOTIFICATION_TIMEOUT = 6
    ENABLE_COMMAND_PALETTE = False
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
        super().__init__()
        self.start = start
        self.clock = clock or (lambda: today)
        """The day; a frozen one unless told otherwise."""
        self.opening = opening
        self.notice = notice
        self.desk: Desk | None = None
        """None where there is no workspace."""
        self.settings: Mapping[str, Any] = {}
        """What sprintkit.toml sets."""
        self.refused: SprintkitError | None = None
        """What is wrong with sprintkit.toml, where it cannot be taken."""
        self.chosen_keys: Mapping[str, str] = {}
        self._mark: int | None = None
        self._look_after = 0.0
        self.bug: Exception | None = None
        """What ended the app, if it was a bug."""
        for one in (theme.PLAIN if self.no_color else theme.THEMES).values():
            self.register_theme(one)
        self._open_desk(today)
        self._begin_with(self._chosen_theme())

    def _open_desk(self, today: date) -> None:
        """Opens the workspace; settings that cannot be read are as good as none, and told later."""
        try:
            self.desk = open_desk(self.start, today)
        except Unusable as error:
            if error.problems[0].code != "no_workspace":
                raise
            return
        self.refused = None
        try:
            self.settings = self.desk.custom
        except SprintkitError as error:
            self.refused, self.settings = error, {}
            self.desk.__dict__["custom"] = {}  # what is computed goes on with what is built in

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

    def get_default_screen(self) -> Screen[Any]:
        from .screens.home import HomeScreen  # the app's own modules first: a cycle otherwise

        return HomeScreen()

    def on_mount(self) -> None:
        self._catch_signals()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the first picture stands: what the workspace sets, and the screen asked for."""
        gc.enable()
        self.apply_settings()
        self.set_interval(self.LOOK, self.look)
        if self.opening:
            self.open(*self.opening)
            self.opening = None

    def apply_settings(self) -> None:
        """Takes theme and keys from sprintkit.toml; tells what is of no use there and goes on without it."""
        if self.refused is not None:
            self.tell(self.refused)
        wrong = theme.chosen(self.settings.get("theme"))[1]
        self.theme = self._chosen_theme()
        keys, sentences = commands.keymap(self.settings.get("keys", {}))
        self.chosen_keys = keys
        self.set_keymap(keys)
        for sentence in [*([wrong] if wrong else []), *sentences]:
            self.say(sentence, "warning")

    def on_resize(self) -> None:
        width, height = LEAST
        if self.size.width < width or self.size.height < height:
            from .screens.small import SmallScreen  # seen by few

            if not isinstance(self.screen, SmallScreen):
                self.push_screen(SmallScreen(width, height))

    @work(thread=True, exclusive=True, exit_on_error=False, group="look")
    def look(self) -> None:
        """Looks beside the screen whether files changed underneath, or the day did; then what is shown follows."""
        from ..actions.watch import mark  # not before the first picture

        desk, began = self.desk, monotonic()
        if desk is None or began < self._look_after:
            return
        now = mark(desk)
        took = monotonic() - began
        self._look_after = began + took * 40
        if self._mark is not None and (now != self._mark or desk.today != self.today):
            self.call_from_thread(self.follow)
        self._mark = now

    def follow(self) -> None:
        """Shows what changed underneath: on the screen in front now, on others when they are."""
        if self.desk is None:
            return
        before, refused = self.settings, self.refused
        try:
            self._open_desk(self.today)
        except SprintkitError as error:
            self.tell(error)
            return
        if self.settings != before or (self.refused is None) is not (refused is None):
            self.apply_settings()
        load = getattr(self.screen, "load", None)
        if callable(load) and isinstance(self.screen, Page):
            load()

    @property
    def today(self) -> date:
        """The day that everything is shown for."""
        return self.clock()

    def open(self, screen: str, slug: str | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Pushes a screen by its name; it is imported now."""
        if self.desk is None:
            self.say("There is no workspace here yet.", "warning")
            return
        try:
            self.push_screen(self._made(screen, self.desk, slug, options or {}))
        except SprintkitError as error:
            self.tell(error)

    def _made(self, screen: str, desk: Desk, slug: str | None, options: Mapping[str, Any]) -> Screen[Any]:
        if screen == "session":
            from .screens.session import session_screen

            return session_screen(desk, slug, **options)
        assert slug is not None, screen
        if screen == "checkin":
            from .screens.form import opening

            return opening.checkin(desk, slug)
        if screen == "correct":
            from .screens.form import opening

            return opening.correction(desk, slug)
        if screen == "documents":
            from .screens.documents import DocumentsScreen

            return DocumentsScreen(desk, slug)
        from .screens.sprint import SprintScreen

        return SprintScreen(desk, slug)

    def make_workspace(self) -> None:
        """Makes the folder that was asked for a workspace, and opens it. Raises NotWritten."""
        from ..actions.init import init  # done once in a workspace's life

        init(self.start or ".", self.today)
        self._open_desk(self.today)

    def move_to(self, root: str, notice: str) -> None:
        """Goes on in another workspace."""
        self.start, self.notice, self.desk = root, notice, None
        self._open_desk(self.today)
        self.apply_settings()
        for screen in self.screen_stack:
            begin = getattr(screen, "begin", None)
            if callable(begin):
                begin()

    @work(thread=True, exit_on_error=False, group="render")
    def render_document(self, slug: str, document: str, form: str, is_sure: bool = False) -> None:
        """Renders a document into the current folder; asks before it overwrites one."""
        from ..actions.render import render  # templates and typst are loaded when something is rendered

        desk = self.desk
        if desk is None:
            return
        try:
            result = render(desk, slug, document, form, force=is_sure)
        except Unusable as error:
            if error.problems[0].code != "exists" or is_sure:
                raise
            where = error.problems[0].path or ""
            self.call_from_thread(self._ask_to_overwrite, where, slug, document, form)
            return
        if result.data is not None:
            self.call_from_thread(self.say, f"Written: {result.data['shown']}")

    def _ask_to_overwrite(self, where: str, slug: str, document: str, form: str) -> None:
        from .screens.confirm import ConfirmScreen  # only where a file is there already

        def go_on(is_sure: bool | None) -> None:
            if is_sure:
                self.render_document(slug, document, form, True)

        about = f"{where} is there already. It will be replaced by what is rendered now."
        self.push_screen(ConfirmScreen("Overwrite it?", about, "overwrites it"), go_on)

    def shown_keys(self) -> dict[str, str]:
        """The first key of every command as it is called, by id, with what sprintkit.toml changes."""
        keys = {one.id: one.keys for one in commands.COMMANDS} | dict(self.chosen_keys)
        return {name: commands.key_name(several.partition(",")[0]) for name, several in keys.items()}

    def say(self, sentence: str, severity: str = "information") -> None:
        """A line for a moment; user text in it stays text."""
        kinds = {"warning": "warning", "error": "error"}
        self.notify(line(sentence), severity=kinds.get(severity, "information"), markup=False)  # type: ignore[arg-type]

    def tell(self, error: SprintkitError) -> None:
        """An expected failure, whole: what is wrong and what to do, in a dialog that can be copied."""
        from .screens.failure import FailureScreen

        self.push_screen(FailureScreen(error.problems))

    def action_palette(self) -> None:
        """Every command that applies, and every sprint."""
        from .screens.palette import PaletteScreen, entries  # opened by one key

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen(list(entries(self, self.screen))), self._chosen)

    async def _chosen(self, entry: Entry | None) -> None:
        if entry is not None:
            found = entry.run()
            if inspect.isawaitable(found):
                await found

    async def obey(self, one: commands.Command, space: App[int] | Screen[Any]) -> None:
        """Does what a command does, on the app or on a screen."""
        await self.run_action(one.action, default_namespace=space)

    def action_help(self) -> None:
        from .screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(getattr(self.screen, "SCOPE", ""), getattr(self.screen, "ABOUT", "")))

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
    forgive_bytes()
    app = SprintApp(start, today, opening, clock=clock, notice=notice)
    code = app.run()
    if app.bug is not None:
        raise app.bug
    return ExitCode.OK if code is None else code
