"""Saves in the background while somebody types: one thread writes the latest state, and nothing is lost meanwhile.

The writer owns the save state of what it writes: its `status` tells whether the latest state is saved. A disk that does
not answer, such as a disconnected network drive, blocks the writing thread for ever. A second thread notices this and
sets the text aside on another disk.
"""

from __future__ import annotations

import atexit
import contextlib
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from sprintkit.errors import Problem, SprintkitError
from sprintkit.store.files import ConflictError
from sprintkit.store.side_copies import SideCopy

State = TypeVar("State")
SaveState = Literal["saved", "saving", "failed", "conflict"]

SAVE_DELAY: Final = 0.25
"""Seconds between the first change and its save; changes made meanwhile are saved with it."""
RETRY_DELAY: Final = 3.0
"""Seconds until a failed save is tried again."""
HELD_BACK_DELAY: Final = 0.05
"""Replaces SAVE_DELAY while saves fail, because the text first goes to a side copy."""
LOCK_PATIENCE: Final = 0.25
"""Seconds that a background save waits for another process: text has to be set aside within a second."""
SLOW_SECONDS: Final = 0.4
"""Seconds after which the state of a running save is also set aside elsewhere."""
STALL_SECONDS: Final = 2.5
"""Seconds after which a running save counts as failed."""
EXIT_PATIENCE: Final = 3.0
"""Seconds that the process waits for the disk when it exits."""


NO_ANSWER: Final = Problem("slow", "the disk has not answered yet", None, "Wait, then save again.")


class SaveStatus(NamedTuple):
    """Whether the latest state is on disk, and if not, why not and where it is instead."""

    state: SaveState
    problem: Problem | None = None
    """Why the last attempt failed."""
    conflict: ConflictError | None = None
    """Set if somebody else changed the file. Nothing more is written until the conflict is resolved."""
    side_copy: str | None = None
    """Path of the side copy with the latest state; None if it is saved, or there is no copy."""

    @property
    def is_saved(self) -> bool:
        """Whether the latest state is on disk, in its file."""
        return self.state == "saved"


class BackgroundWriter(Generic[State]):
    """Writes states in a separate thread, and owns their save state.

    `write` puts one state on disk and returns once it is there, or raises. If it raises, the state, converted by
    `content`, goes into `side_copy`, which is removed once the latest state is saved. A failed save is retried after a
    while, and on `flush`, `save_now` and `resume`. No exception ends the thread.

    If `write` does not return, the latest state is set aside in the user's state folder, and the save counts as failed
    until it does.
    """

    def __init__(
        self,
        write: Callable[[State], None],
        *,
        label: str = "what was typed",
        side_copy: SideCopy | None = None,
        content: Callable[[State], dict[str, Any]] = lambda state: {"state": state},
        save_delay: float = SAVE_DELAY,
        retry_delay: float = RETRY_DELAY,
    ) -> None:
        self.label = label
        """What it writes, in words for messages."""
        self.on_change: Callable[[], object] = lambda: None
        """Called from a thread after every attempt, and once an attempt takes too long."""
        self.side_copy = side_copy
        self._outside_copy = None if side_copy is None else side_copy.outside()
        self._write, self._content = write, content
        self._save_delay, self._retry_delay = save_delay, retry_delay
        self._condition = threading.Condition()
        self._state: State | None = None
        self._requested_version = 0
        self._handled_version = 0
        """The latest version whose save succeeded or failed."""
        self._attempts = self._resume_count = 0
        self._problem: Problem | None = None
        self._conflict: ConflictError | None = None
        self._side_copy_path: str | None = None
        self._side_copy_version = 0
        self._outside_path: str | None = None
        self._outside_version = 0
        self._attempt_began_at: float | None = None
        """When the running write began, on the monotonic clock; None between writes."""
        self._is_stalled = False
        self._is_urgent = self._is_closing = False
        self._thread: threading.Thread | None = None

    @property
    def status(self) -> SaveStatus:
        """The save state of the latest version that was submitted."""
        with self._condition:
            return self._status()

    @property
    def is_settled(self) -> bool:
        """Whether the latest version was saved, or its save failed and it was set aside as far as possible."""
        with self._condition:
            return self._is_handled()

    def submit(self, state: State) -> None:
        """Request that `state` is saved soon."""
        with self._condition:
            self._state = state
            self._requested_version += 1
            if self._thread is None or self._is_closing:
                self._is_closing = False
                self._start_thread()
            self._condition.notify_all()

    def _start_thread(self) -> None:
        self._attempt_began_at, self._is_stalled = None, False
        self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
        watch = threading.Thread(target=self._watch, args=(self._thread,), name="autosave-watch", daemon=True)
        try:
            self._thread.start()
            if self._outside_copy is not None:
                watch.start()
        except RuntimeError as error:  # the system is out of threads; the next change tries again
            self._thread, self._problem = None, Problem("not_written", f"could not be saved: {error}")
        else:
            atexit.register(self._close_at_exit)

    def save_now(self) -> None:
        """Request that the latest state is saved at once, even if that failed before. Does not wait for it."""
        with self._condition:
            if self._problem is not None and self._conflict is None:
                self._requested_version += 1  # so that it is settled only after another attempt
            self._is_urgent = True
            self._condition.notify_all()

    def resume(self) -> None:
        """Go on saving after a conflict was resolved or has to be checked again."""
        with self._condition:
            self._problem = self._conflict = None
            self._resume_count += 1
            self._requested_version += 1
            self._is_urgent = True
            self._condition.notify_all()

    def flush(self, timeout: float = 10.0) -> SaveStatus:
        """Save at once what is not on disk yet, wait at most `timeout` seconds, and return the status.

        The app's event loop must never wait, so it calls `save_now` instead.
        """
        return self._flush(timeout, lambda: False)

    def _flush(self, timeout: float, has_given_up: Callable[[], bool]) -> SaveStatus:
        with self._condition:
            if self._thread is None:
                return self._status()
            attempts_before = self._attempts
            is_retry = self._problem is not None and self._conflict is None

            def is_settled() -> bool:
                return has_given_up() or (
                    self._handled_version >= self._requested_version
                    and (not is_retry or self._problem is None or self._attempts > attempts_before)
                )

            if not is_settled():
                self._is_urgent = True
                self._condition.notify_all()
                self._condition.wait_for(is_settled, timeout)
            status = self._status()
            return status._replace(problem=NO_ANSWER) if status.state == "saving" else status

    def close(self, timeout: float = 10.0) -> SaveStatus:
        """Save what is not on disk yet, waiting at most `timeout` seconds, and end the thread.

        It does not wait for a disk that does not answer if the state has been set aside.
        """
        status = self._flush(timeout, self._is_stalled_and_set_aside)
        with self._condition:
            self._is_closing = True
            self._condition.notify_all()
        atexit.unregister(self._close_at_exit)
        for copy in (self.side_copy, self._outside_copy):
            if copy is not None:
                copy.release()
        return status

    def unsaved_notice(self) -> str:
        """What is not on disk and where it is instead, in a sentence; empty if everything is saved."""
        status = self.status
        if status.is_saved:
            return ""
        reason = "the disk has not answered" if status.problem is None else status.problem.message.rstrip(".")
        where = "It is nowhere on disk."
        if status.side_copy is not None:
            where = f"It is set aside in {status.side_copy}; the next start offers it."
        return f"Not saved: {self.label} ({reason}). {where}"

    def _close_at_exit(self) -> None:
        self.close(EXIT_PATIENCE)

    def _is_handled(self) -> bool:
        return self._handled_version >= self._requested_version or self._is_stalled_and_set_aside()

    def _is_stalled_and_set_aside(self) -> bool:
        return self._is_stalled and self._outside_version >= self._requested_version

    def _status(self) -> SaveStatus:
        side_copy = self._side_copy_path if self._side_copy_version >= self._requested_version else None
        if side_copy is None and self._outside_version >= self._requested_version:
            side_copy = self._outside_path
        if self._conflict is not None:
            return SaveStatus("conflict", self._problem, self._conflict, side_copy)
        if self._problem is not None:
            return SaveStatus("failed", self._problem, None, side_copy)
        if self._is_stalled:
            return SaveStatus("failed", NO_ANSWER, None, side_copy)
        is_saved = self._handled_version >= self._requested_version
        return SaveStatus("saved") if is_saved else SaveStatus("saving", side_copy=side_copy)

    # In the writing thread

    def _run(self) -> None:
        thread = threading.current_thread()
        while self._wait_for_work(thread):
            with self._condition:
                state, version = self._state, self._requested_version
                problem, conflict, resume_count = self._problem, self._conflict, self._resume_count
                self._is_urgent = False
                self._attempt_began_at = monotonic()
                self._condition.notify_all()
            if problem is not None:  # the save will probably fail again, so set the text aside first
                self._try_set_aside(state, version)  # type: ignore[arg-type]
            if conflict is None:
                problem, conflict = self._try_write(state)  # type: ignore[arg-type]
                if problem is not None:
                    self._try_set_aside(state, version)  # type: ignore[arg-type]
                elif version >= self._requested_version:
                    self._discard_side_copy()
            with self._condition:
                self._attempts += 1
                self._handled_version = max(self._handled_version, version)
                if resume_count == self._resume_count:  # else the conflict was resolved meanwhile
                    self._problem, self._conflict = problem, conflict
                if self._thread is thread:
                    self._attempt_began_at, self._is_stalled = None, False
                self._condition.notify_all()
            with contextlib.suppress(Exception):  # a closed screen must not end the saving
                self.on_change()

    def _try_write(self, state: State) -> tuple[Problem | None, ConflictError | None]:
        """Write one state; returns why that failed, if it did."""
        try:
            self._write(state)
        except ConflictError as error:
            return error.problems[0], error
        except SprintkitError as error:
            return error.problems[0], None
        except OSError as error:
            return Problem("not_written", f"could not be written: {error.strerror or error}"), None
        except Exception as error:  # a bug must not end the thread, and must not count as saved
            message = f"could not be written because of a bug: {type(error).__name__}: {error}"
            return Problem("bug", message), None
        return None, None

    def _discard_side_copy(self) -> None:
        self._side_copy_path = None
        if self.side_copy is not None:
            with contextlib.suppress(
                Exception
            ):  # a leftover copy does no harm: it is compared before it is offered
                self.side_copy.remove()

    def _try_set_aside(self, state: State, version: int) -> None:
        """Put a state into the side copy, unless it is already there. A failure is ignored."""
        is_there = self._side_copy_path is not None and self._side_copy_version >= version
        if self.side_copy is None or is_there:
            return
        path: str | None = None
        with contextlib.suppress(Exception):  # its error would hide the one that the user can fix
            path = self.side_copy.save(self._content(state))
        with self._condition:
            self._side_copy_path, self._side_copy_version = path, version

    def _wait_for_work(self, thread: threading.Thread) -> bool:
        """Wait until there is something to write; returns False when the thread should end."""
        with self._condition:
            while True:
                if self._thread is not thread:
                    return False
                is_new = self._handled_version < self._requested_version
                is_retry = self._problem is not None and self._conflict is None
                if is_new:
                    delay = self._save_delay if self._problem is None else HELD_BACK_DELAY
                    self._condition.wait_for(lambda: self._is_closing or self._is_urgent, delay)
                    return True
                if self._is_closing:
                    return False
                if is_retry and (self._is_urgent or not self._wait_for_news(self._retry_delay)):
                    return True
                if not is_retry:
                    self._is_urgent = False
                    self._wait_for_news(None)

    def _wait_for_news(self, timeout: float | None) -> bool:
        """Wait for a new version, an urgent request or the end; returns False after a timeout."""
        return self._condition.wait_for(
            lambda: self._is_closing or self._is_urgent or self._handled_version < self._requested_version,
            timeout,
        )

    # In the thread that watches it

    def _watch(self, writing_thread: threading.Thread) -> None:
        """Set the state aside outside the workspace while a write does not return."""
        assert self._outside_copy is not None
        while (task := self._wait_for_stall(writing_thread)) != "end":
            if task == "discard":
                with contextlib.suppress(Exception):
                    self._outside_copy.remove()
                continue
            if task == "set aside":
                self._set_aside_outside(self._outside_copy)
            with contextlib.suppress(Exception):
                self.on_change()

    def _set_aside_outside(self, outside_copy: SideCopy) -> None:
        with self._condition:
            if self._is_stalled:  # otherwise every key stroke would be written separately
                self._condition.wait_for(lambda: self._is_closing, HELD_BACK_DELAY)
            state, version = self._state, self._requested_version
        path: str | None = None
        with contextlib.suppress(Exception):  # then there is no copy; the next change tries again
            path = outside_copy.save(self._content(state))  # type: ignore[arg-type]
        with self._condition:
            self._outside_path, self._outside_version = path, version
            self._condition.notify_all()

    def _wait_for_stall(
        self, writing_thread: threading.Thread
    ) -> Literal["set aside", "report", "discard", "end"]:
        """Wait until there is something to do, and return it."""
        with self._condition:
            while True:
                is_current = self._thread is writing_thread
                if is_current and self._attempt_began_at is not None:
                    duration = monotonic() - self._attempt_began_at
                    is_set_aside = self._outside_version >= self._requested_version
                    if duration >= SLOW_SECONDS and not is_set_aside:
                        return "set aside"
                    if duration >= STALL_SECONDS and not self._is_stalled:
                        self._is_stalled = True
                        self._condition.notify_all()
                        return "report"
                    limit = STALL_SECONDS if is_set_aside else SLOW_SECONDS
                    self._condition.wait(None if self._is_stalled else max(0.0, limit - duration))
                elif self._outside_path is not None and self._status().is_saved:
                    self._outside_path = None
                    return "discard"
                elif not is_current or (
                    self._is_closing and self._handled_version >= self._requested_version
                ):
                    return "end"
                else:
                    self._condition.wait()
