"""Saves in the background while somebody types: one thread writes, and the latest state wins."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from typing import Final, Generic, NamedTuple, TypeVar

from sprintkit.errors import Problem, SprintkitError
from sprintkit.store.files import ConflictError

State = TypeVar("State")

SAVE_DELAY: Final = 0.25
"""Seconds between the first change and its save; what is typed meanwhile is saved with it."""
RETRY_DELAY: Final = 3.0
"""Seconds until a failed save is tried again."""


class SaveOutcome(NamedTuple):
    """What became of a save."""

    version: int
    """Of the state that was to be saved."""
    problem: Problem | None = None
    """Why it is not on disk."""
    conflict: ConflictError | None = None
    """Set if somebody else changed the file. Nothing more is written until the conflict is resolved."""

    @property
    def is_saved(self) -> bool:
        """Whether the state is on disk."""
        return self.problem is None


class BackgroundWriter(Generic[State]):
    """Writes states in a thread of its own.

    `write` puts one state on disk and returns once it is there, or raises SprintkitError. `report` is called from
    the thread with every outcome. A failed save is tried again after a while, and on `flush` and `resume`.
    """

    def __init__(
        self,
        write: Callable[[State], None],
        report: Callable[[SaveOutcome], None],
        save_delay: float = SAVE_DELAY,
        retry_delay: float = RETRY_DELAY,
    ) -> None:
        self._write, self._report = write, report
        self._save_delay, self._retry_delay = save_delay, retry_delay
        self._condition = threading.Condition()
        self._state: State | None = None
        self._requested_version = 0
        self._last_outcome = SaveOutcome(0)
        self._attempts = 0
        self._is_urgent = self._is_on_hold = self._is_closing = False
        self._thread: threading.Thread | None = None

    def submit(self, state: State) -> int:
        """Have `state` saved soon; returns its version."""
        with self._condition:
            self._state = state
            self._requested_version += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._condition.notify_all()
            return self._requested_version

    def resume(self) -> None:
        """Go on saving after a conflict was resolved."""
        with self._condition:
            self._is_on_hold = False
            self._requested_version += 1
            self._is_urgent = True
            self._condition.notify_all()

    def flush(self, timeout: float = 10.0) -> SaveOutcome:
        """Save at once what is not on disk yet, and return the outcome; waits at most `timeout` seconds."""
        with self._condition:
            if self._thread is None or self._is_done() or self._is_on_hold:
                return self._last_outcome
            attempts_before = self._attempts

            def is_settled() -> bool:
                has_failed = self._attempts > attempts_before and not self._last_outcome.is_saved
                return self._is_done() or self._is_on_hold or has_failed

            self._is_urgent = True
            self._condition.notify_all()
            self._condition.wait_for(is_settled, timeout)
            if not self._is_done() and self._last_outcome.is_saved:
                problem = Problem("slow", "the disk has not answered yet", None, "Wait, then save again.")
                return SaveOutcome(self._requested_version, problem)
            return self._last_outcome

    def close(self, timeout: float = 10.0) -> SaveOutcome:
        """Save what is not on disk yet, and end the thread."""
        outcome = self.flush(timeout)
        with self._condition:
            self._is_closing = True
            self._condition.notify_all()
        atexit.unregister(self.close)
        return outcome

    @property
    def is_done(self) -> bool:
        """Whether the latest state is on disk."""
        with self._condition:
            return self._is_done()

    def _is_done(self) -> bool:
        return self._last_outcome.is_saved and self._last_outcome.version >= self._requested_version

    def _run(self) -> None:
        while self._wait_for_work():
            with self._condition:
                state, version = self._state, self._requested_version
            outcome = SaveOutcome(version)
            try:
                self._write(state)  # type: ignore[arg-type]
            except ConflictError as error:
                outcome = SaveOutcome(version, error.problems[0], error)
            except SprintkitError as error:
                outcome = SaveOutcome(version, error.problems[0])
            except OSError as error:
                problem = Problem("not_written", f"could not be written: {error.strerror or error}")
                outcome = SaveOutcome(version, problem)
            with self._condition:
                self._last_outcome = outcome
                self._attempts += 1
                self._is_urgent = False
                self._is_on_hold = outcome.conflict is not None
                self._condition.notify_all()
            self._report(outcome)

    def _wait_for_work(self) -> bool:
        """Wait until there is something to write; False once the thread is to end."""
        with self._condition:
            self._condition.wait_for(
                lambda: self._is_closing or (not self._is_done() and not self._is_on_hold)
            )
            if self._is_closing:
                return False
            delay = self._save_delay if self._last_outcome.is_saved else self._retry_delay
            self._condition.wait_for(lambda: self._is_closing or self._is_urgent, delay)
            return not (self._is_closing and self._is_done())
