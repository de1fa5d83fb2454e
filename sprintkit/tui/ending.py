"""Ending the app: signals that always end it, and what is said about text that is not on disk."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from sprintkit.actions.background_writer import BackgroundWriter
from sprintkit.tui.text import one_line

SIGNAL_NAMES: Final = ("SIGTERM", "SIGHUP")
FORCE_SECONDS: Final = 8.0
"""Seconds after the first signal until the process ends whatever the app is waiting for."""
SECOND_SIGNAL_SECONDS: Final = 4.0
"""The same after the second signal, for which somebody who waits presses again."""


class SignalGuard:
    """Ends the app on SIGTERM and SIGHUP; a thread sees to it that the process ends even if the app hangs."""

    def __init__(self, end: Callable[[], None], force: Callable[[], None]) -> None:
        self._end, self._force = end, force
        """`end` is called in the event loop for every signal, `force` in a thread if that did not help."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._old_handlers: dict[int, Any] = {}
        self._reader, self._writer = -1, -1

    def install(self) -> None:
        """Catch the signals from now on; does nothing outside the main thread."""
        if threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        self._reader, self._writer = os.pipe()
        for name in SIGNAL_NAMES:
            number = getattr(signal, name, None)
            if number is not None:
                self._old_handlers[number] = signal.signal(number, self._handle)
        threading.Thread(target=self._watch, name="signals", daemon=True).start()

    def restore(self) -> None:
        """Give the signals back; the thread ends."""
        if not self._old_handlers:
            return
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        self._old_handlers = {}
        os.close(self._writer)

    def _handle(self, _number: int, _frame: object) -> None:
        """Only takes steps that are safe wherever the main thread was interrupted."""
        with suppress(OSError):
            os.write(self._writer, b".")
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended, and the process is about to
                self._loop.call_soon_threadsafe(self._end)

    def _watch(self) -> None:
        """Wait for a signal, then for the end of the process; force it if it does not come."""
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


def unsaved_notices(writers: Iterable[BackgroundWriter[Any]]) -> list[str]:
    """What is not on disk and where it lies instead, one sentence each."""
    return [notice for writer in writers if (notice := writer.unsaved_notice())]


def print_notices(notices: Sequence[str]) -> None:
    """Print notices on stderr, if there still is one."""
    with suppress(OSError, ValueError, AttributeError):
        for notice in notices:
            print(f"sprintkit: {one_line(notice)}", file=sys.stderr)
        sys.stderr.flush()


def exit_at_once(restore_terminal: Callable[[], None], notices: Sequence[str], code: int) -> None:
    """End the process without waiting for anything, after giving terminal and notices one second."""

    def say_goodbye() -> None:
        with suppress(Exception):  # a terminal that is gone must not keep the process
            restore_terminal()
        print_notices(notices)

    last_words = threading.Thread(target=say_goodbye, daemon=True)
    last_words.start()
    last_words.join(1.0)
    os._exit(code)
