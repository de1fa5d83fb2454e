"""The background writer: saves soon, retries, and only the latest state."""

from __future__ import annotations

import threading
import time

from sprintkit.actions.background_writer import SAVE_DELAY, BackgroundWriter, SaveStatus
from sprintkit.errors import WriteError
from tests.actions.session_helpers import wait_until


def test_a_failed_save_is_retried() -> None:
    attempts: list[int] = []
    outcomes: list[SaveStatus] = []

    def write(state: int) -> None:
        attempts.append(state)
        if len(attempts) < 3:
            raise WriteError("no", code="not_written")

    writer = BackgroundWriter(write, save_delay=0.01, retry_delay=0.02)
    writer.on_change = lambda: outcomes.append(writer.status)
    writer.submit(7)
    wait_until(lambda: len(outcomes) == 3)
    assert attempts == [7, 7, 7]
    assert [outcome.is_saved for outcome in outcomes] == [False, False, True]
    writer.close()


def test_the_latest_state_wins() -> None:
    written: list[int] = []
    may_write = threading.Event()

    def write(state: int) -> None:
        may_write.wait(30)
        written.append(state)

    writer = BackgroundWriter(write, save_delay=0.0)
    for number in range(50):
        writer.submit(number)
    may_write.set()
    assert writer.close(30).is_saved
    assert written[-1] == 49
    assert len(written) <= 2, "one write was under way, and the next one takes the latest state"


def test_typing_on_does_not_postpone_a_save() -> None:
    written: list[int] = []
    writer = BackgroundWriter(written.append, save_delay=0.05)
    number = 0
    end = time.monotonic() + 30
    while not written:
        assert time.monotonic() < end
        writer.submit(number)
        number += 1
        time.sleep(0.005)
    writer.close(30)


def test_a_save_starts_early_enough_to_lose_at_most_one_second() -> None:
    assert SAVE_DELAY <= 0.5, "the other half is for the disk"
