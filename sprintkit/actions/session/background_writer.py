"""Saving while somebody types: one thread writes, the latest state wins, and it tells what is on disk."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from typing import Final, Generic, NamedTuple, TypeVar

from sprintkit.errors import InputError, Problem, SprintkitError, WriteError
from sprintkit.store.files import ConflictError

State = TypeVar("State")

DELAY: Final = 0.25
"""Seconds between the first change and its save; what is typed meanwhile goes along."""
RETRY: Final = 3.0
"""Seconds until a save that failed is tried again by itself."""


class Outcome(NamedTuple):
    """What became of a save."""

    version: int
    """Of the state that was tried."""
    problem: Problem | None = None
    """Why it is not on disk."""
    changed: ConflictError | None = None
    """Set where somebody else changed the file: nothing more is written until that is settled."""

    @property
    def is_saved(self) -> bool:
        """Whether that state is on disk."""
        return self.problem is None


class BackgroundWriter(Generic[State]):
    """Writes states in a thread of its own.

    `write` puts one state on disk and returns once it is there, or raises SprintkitError. `tell` is called from the
    thread with every outcome. A failed save is tried again after a while, on `flush`, or when `resume` is called.
    """

    def __init__(
        self,
        write: Callable[[State], None],
        tell: Callable[[Outcome], None],
        delay: float = DELAY,
        retry: float = RETRY,
    ) -> None:
        self._write, self._tell = write, tell
        self._delay, self._retry = delay, retry
        self._turn = threading.Condition()
        self._state: State | None = None
        self._wanted = 0
        self._last = Outcome(0)
        self._tries = 0
        self._is_hurried = self._is_held = self._is_closing = False
        self._thread: threading.Thread | None = None

    def put(self, state: State) -> int:
        """Wants `state` on disk; returns its version."""
        with self._turn:
            self._state = state
            self._wanted += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._turn.notify_all()
            return self._wanted

    def resume(self) -> None:
        """Goes on after a change by somebody else was settled."""
        with self._turn:
            self._is_held = False
            self._wanted += 1
            self._is_hurried = True
            self._turn.notify_all()

    def flush(self, timeout: float = 10.0) -> Outcome:
        """Saves at once what is not on disk yet, and tells what became of it."""
        with self._turn:
            if self._thread is None or self._is_done() or self._is_held:
                return self._last
            before = self._tries
            self._is_hurried = True
            self._turn.notify_all()
            self._turn.wait_for(
                lambda: (
                    self._is_done() or self._is_held or (self._tries > before and not self._last.is_saved)
                ),
                timeout,
            )
            if not self._is_done() and self._last.is_saved:
                slow = Problem("slow", "the disk has not answered yet", None, "Wait, then save again.")
                return Outcome(self._wanted, slow)
            return self._last

    def close(self, timeout: float = 10.0) -> Outcome:
        """Saves what is not on disk yet and ends the thread."""
        outcome = self.flush(timeout)
        with self._turn:
            self._is_closing = True
            self._turn.notify_all()
        atexit.unregister(self.close)
        return outcome

    @property
    def is_done(self) -> bool:
        """Whether the latest state is on disk."""
        with self._turn:
            return self._is_done()

    def _is_done(self) -> bool:
        return self._last.is_saved and self._last.version >= self._wanted

    def _run(self) -> None:
        while self._next():
            with self._turn:
                state, version = self._state, self._wanted
            outcome = Outcome(version)
            try:
                self._write(state)  # type: ignore[arg-type]
            except ConflictError as error:
                outcome = Outcome(version, error.problems[0], error)
            except (WriteError, InputError) as error:
                outcome = Outcome(version, error.problems[0])
            except SprintkitError as error:
                outcome = Outcome(version, error.problems[0])
            except OSError as error:
                outcome = Outcome(
                    version, Problem("not_written", f"could not be written: {error.strerror or error}")
                )
            with self._turn:
                self._last = outcome
                self._tries += 1
                self._is_hurried = False
                self._is_held = outcome.changed is not None
                self._turn.notify_all()
            self._tell(outcome)

    def _next(self) -> bool:
        """Waits until something is to be written; False when the thread shall end."""
        with self._turn:
            self._turn.wait_for(lambda: self._is_closing or (not self._is_done() and not self._is_held))
            if self._is_closing:
                return False
            pause = self._delay if self._last.is_saved else self._retry
            self._turn.wait_for(lambda: self._is_closing or self._is_hurried, pause)
            return not (self._is_closing and self._is_done())
