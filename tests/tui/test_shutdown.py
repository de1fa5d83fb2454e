"""Ending always ends, asks or says what is not on disk, and names the side copy; no wait stops the event loop."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.errors import ExitCode
from sprintkit.tui import shutdown
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.confirm import ConfirmScreen
from sprintkit.tui.screens.form.screen import FormScreen
from tests.actions.test_unsaved import all_text, held_lock
from tests.tui.conftest import OpenApp
from tests.tui.helpers import flat_text, screen_text, sprint_app, wait_for_text, wait_until
from tests.tui.workspace_builder import WorkspaceBuilder

CHECKIN = Opening("checkin", "price-exceptions")
TEXT_KEYS = ("enter", "enter", "right", "enter", *"half")
"""Types `half` as the proof of the first milestone."""


@pytest.fixture
def locked(samples: WorkspaceBuilder) -> Iterator[WorkspaceBuilder]:
    """A workspace whose lock another process holds."""
    with held_lock(str(samples.root)):
        yield samples


async def type_a_proof(pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
    await pilot.press(*TEXT_KEYS)


@pytest.mark.slow
async def test_quitting_asks_while_something_is_not_on_disk(
    locked: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(locked.root, opening=CHECKIN) as pilot:
        await type_a_proof(pilot)
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        text = flat_text(screen_text(pilot.app))
        assert "Not everything is saved. Quit anyway?" in text
        assert ".sprintkit/unsaved/checkin-price-exceptions" in text.replace(" ", "")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: not pilot.app.is_running)
    assert "half" in all_text(locked.root / ".sprintkit")


@pytest.mark.slow
async def test_leaving_a_form_asks_and_the_next_one_offers_its_text(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=CHECKIN) as pilot:
        with held_lock(str(samples.root)):
            await type_a_proof(pilot)
            await wait_for_text(pilot, "NOT SAVED")
            await pilot.press("escape")
            await wait_for_text(pilot, "Not everything is saved. Leave anyway?")
            await pilot.press("enter")
            await wait_until(pilot, lambda: not isinstance(pilot.app.screen, ConfirmScreen | FormScreen))
        sprint_app(pilot).open("checkin", "price-exceptions")
        await wait_for_text(pilot, "Answers that were not saved")
        assert "half" in screen_text(pilot.app)
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await wait_for_text(pilot, "draft saved")
        assert "half" in (samples.root / ".sprintkit/forms/checkin-price-exceptions.json").read_text("utf-8")
        assert not list((samples.root / ".sprintkit/unsaved").iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2])
async def test_a_signal_ends_the_app_although_nothing_can_be_saved(
    count: int, locked: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutdown, "SECOND_SIGNAL_SECONDS", 600.0)
    async with open_app(locked.root, opening=CHECKIN) as pilot:
        await type_a_proof(pilot)
        for _ in range(count):
            os.kill(os.getpid(), signal.SIGTERM)
        await wait_until(pilot, lambda: not pilot.app.is_running)
        notices = sprint_app(pilot).close_writers()
    assert pilot.app.return_value == ExitCode.INTERRUPTED
    assert len(notices) == 1 and ".sprintkit/unsaved/" in notices[0]
    assert "half" in all_text(locked.root / ".sprintkit")


async def test_a_screen_whose_flush_fails_does_not_keep_the_app(
    samples: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_screen: FormScreen) -> None:
        raise RuntimeError("a bug in a screen")

    monkeypatch.setattr(FormScreen, "flush", fail)
    async with open_app(samples.root, opening=CHECKIN) as pilot:
        await type_a_proof(pilot)
        os.kill(os.getpid(), signal.SIGTERM)
        await wait_until(pilot, lambda: not pilot.app.is_running)
    assert pilot.app.return_value == ExitCode.INTERRUPTED
    assert isinstance(sprint_app(pilot).bug, RuntimeError), "it is reported all the same"
    assert "half" in all_text(samples.root / ".sprintkit/forms")


@pytest.mark.slow
@pytest.mark.parametrize("keys", [("ctrl+q",), ("escape",), ("f8",)])
async def test_the_event_loop_never_waits_for_another_process(
    keys: tuple[str, ...], locked: WorkspaceBuilder, open_app: OpenApp
) -> None:
    """Compared with the ten seconds that a save waits for the lock; a busy machine may take one of them."""
    async with open_app(locked.root, opening=CHECKIN) as pilot:
        await type_a_proof(pilot)
        longest = 0.0
        is_over = False

        async def measure() -> None:
            nonlocal longest
            while not is_over:
                began = time.monotonic()
                await asyncio.sleep(0.01)
                longest = max(longest, time.monotonic() - began)

        measuring = asyncio.create_task(measure())
        await pilot.press(*keys)
        await asyncio.sleep(1.5)
        is_over = True
        await measuring
        assert longest < 5
        assert Path(locked.root).exists()
