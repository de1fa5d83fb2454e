"""Ends the app: reliably on a signal, and with a notice about text that is not on disk."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from sprintkit.actions.background_writer import BackgroundWriter
from sprintkit.errors import ExitCode
from sprintkit.tui.text import one_line

SIGNAL_NAMES: Final = ("SIGTERM", "SIGHUP")
FORCE_SECONDS: Final = 8.0
"""Seconds after the first signal until the process is ended, whatever the app is waiting for."""
SECOND_SIGNAL_SECONDS: Final = 4.0
"""The same after a second signal, from somebody who does not want to wait."""


class SignalGuard:
    """Ends the app on SIGTERM and SIGHUP. If the app hangs then, or while it quits, a thread ends the process."""

    def __init__(self, end: Callable[[], None], force: Callable[[], None]) -> None:
        """`end` is called in the event loop on every signal, `force` in a thread if the process does not end then."""
        self._end, self._force = end, force
        self._loop: asyncio.AbstractEventLoop | None = None
        self._old_handlers: dict[int, Any] = {}
        self._reader, self._writer = -1, -1
        self._is_ending = False

    def install(self) -> None:
        """Start catching the signals; does nothing outside the main thread."""
        if threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        self._reader, self._writer = os.pipe()
        for name in SIGNAL_NAMES:
            number = getattr(signal, name, None)
            if number is not None:
                # The web driver's own handler would end the app without saving.
                with suppress(NotImplementedError):  # on Windows, where no driver sets one
                    self._loop.remove_signal_handler(number)
                self._old_handlers[number] = signal.signal(number, self._handle)
        threading.Thread(target=self._watch, name="signals", daemon=True).start()

    def expect_end(self) -> None:
        """From now on, end the process by force if it does not end by itself, as after a signal."""
        if self._old_handlers and not self._is_ending:
            self._is_ending = True
            with suppress(OSError):
                os.write(self._writer, b".")

    def restore(self) -> None:
        """Restore the previous signal handlers and end the thread."""
        if not self._old_handlers:
            return
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        self._old_handlers = {}
        os.close(self._writer)

    def _handle(self, _number: int, _frame: object) -> None:
        """Do only what is safe wherever the main thread was interrupted."""
        self._is_ending = True
        with suppress(OSError):
            os.write(self._writer, b".")
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended, and the process is about to
                self._loop.call_soon_threadsafe(self._end)

    def _watch(self) -> None:
        """Wait for a signal or a quit, then for the process to end; force it if it does not."""
        with suppress(OSError):
            if not os.read(self._reader, 1):
                os.close(self._reader)
                return
            if select.select([self._reader], [], [], FORCE_SECONDS)[0]:
                if not os.read(self._reader, 1):
                    os.close(self._reader)
                    return
                time.sleep(SECOND_SIGNAL_SECONDS)
            if self._old_handlers:
                self._force()


@contextmanager
def preserved_signal_handlers() -> Iterator[None]:
    """Restore every signal handler that the block changes: Textual and asyncio do not restore all of theirs."""
    handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:
                with suppress(OSError, ValueError):  # some cannot be caught, and only the main thread may
                    signal.signal(number, handler)


def unsaved_notices(writers: Iterable[BackgroundWriter[Any]]) -> list[str]:
    """Return a sentence for each text that is not on disk, which says where its copy is."""
    return [notice for writer in writers if (notice := writer.unsaved_notice())]


def print_notices(notices: Sequence[str]) -> None:
    """Print notices on stderr, if there still is one."""
    with suppress(OSError, ValueError, AttributeError):
        for notice in notices:
            print(f"sprintkit: {one_line(notice)}", file=sys.stderr)
        sys.stderr.flush()


def exit_code(result: int | None, notices: Sequence[str]) -> int:
    """Return the exit code of an app that exited with `result` (None: it was ended otherwise) and these notices."""
    if result is None:
        return ExitCode.INTERRUPTED
    return ExitCode.WRITE if notices and not result else result


def exit_at_once(restore_terminal: Callable[[], None], notices: Sequence[str], code: int) -> None:
    """Restore the terminal and print the notices, for at most one second, then end the process at once."""

    def restore_and_report() -> None:
        with suppress(Exception):  # a terminal that is gone must not keep the process
            restore_terminal()
        print_notices(notices)

    thread = threading.Thread(target=restore_and_report, daemon=True)
    thread.start()
    thread.join(1.0)
    os._exit(code)
