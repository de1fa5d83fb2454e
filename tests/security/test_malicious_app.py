"""The main screens of the app over a malicious workspace: each opens and closes, and nothing that is in it acts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.text.escaping import escape_invisible
from sprintkit.tui.app import Opening, SprintApp
from tests.security.command_runner import changed_paths, take_snapshot
from tests.security.malicious_workspace import MaliciousWorkspace
from tests.security.trap import SECRET
from tests.tui.fast_app import fast_app
from tests.tui.helpers import screen_text, wait_until

TODAY = date(2026, 3, 10)
PAGES = ("invisible", "markup", "strangers", "piped")
SESSIONS = ("escaped", "keys", "piped-draft")
SINGLES = ("settings_that_mean_harm", "private_folder_of_odd_files", "templates_that_are_links")


@pytest.fixture
def malicious(malicious_workspace: MaliciousWorkspace, monkeypatch: pytest.MonkeyPatch) -> MaliciousWorkspace:
    """The malicious workspace, as the current folder; helper programs are the canary command."""
    for name, value in malicious_workspace.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(malicious_workspace.root)
    return malicious_workspace


@asynccontextmanager
async def open_app(root: Path, opening: Opening | None = None) -> AsyncIterator[Pilot[int]]:
    """A running app on a fixed date."""
    app = SprintApp(str(root), TODAY, opening)
    app.animation_level = "none"
    with fast_app():
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await wait_until(pilot, lambda: app.opening is None)
            yield pilot
            assert_shows_no_harm(pilot)


def assert_shows_no_harm(pilot: Pilot[int]) -> None:
    """The screen in front has no invisible characters, and nothing of a file outside."""
    shown = screen_text(pilot.app)
    assert escape_invisible(shown) == shown
    assert SECRET not in shown


async def press_and_look(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one by one, and look at each screen that they lead to."""
    for key in keys:
        if not pilot.app.is_running:
            return
        await pilot.press(key)
        assert_shows_no_harm(pilot)


@pytest.mark.slow
async def test_home_opens_over_every_trap(malicious: MaliciousWorkspace) -> None:
    watched = [malicious.outside, malicious.root / ".git", malicious.home / ".config"]
    before = take_snapshot(watched)
    async with open_app(malicious.root) as pilot:
        await press_and_look(
            pilot, "down", "o", "slash", "m", "escape", "f1", "escape", "ctrl+p", "a", "escape"
        )
    assert changed_paths(before, take_snapshot(watched)) == []
    assert not malicious.was_canary_run


@pytest.mark.slow
async def test_the_screens_of_a_sprint_open_and_nothing_acts(malicious: MaliciousWorkspace) -> None:
    root = malicious.base / "app"
    for slug in {*PAGES, *SESSIONS}:
        (root / "sprints").mkdir(parents=True, exist_ok=True)
        (malicious.root / "sprints" / slug).rename(root / "sprints" / slug)
    watched = [malicious.outside, malicious.home / ".config"]
    before = take_snapshot(watched)
    for slug in PAGES:
        async with open_app(root, Opening("sprint", slug)) as pilot:
            await press_and_look(pilot, "e", "escape", "pagedown")
    async with open_app(root, Opening("documents", "invisible")) as pilot:
        await press_and_look(pilot, "right", "m")
    async with open_app(root, Opening("sign", "invisible")) as pilot:
        await press_and_look(pilot, "n", "enter", "escape", "x", "a", "escape", "f2", "escape", "v", "escape")
    async with open_app(root, Opening("checkin", "invisible")) as pilot:
        await press_and_look(pilot, "down", "x", "f8", "escape", "escape")
    for slug in SESSIONS:
        async with open_app(root, Opening("session", slug)) as pilot:
            await press_and_look(pilot, "enter", "x", "enter", "f2", "escape", "f8", "escape")
    assert changed_paths(before, take_snapshot(watched)) == []
    assert not malicious.was_canary_run


@pytest.mark.slow
@pytest.mark.parametrize("name", SINGLES)
async def test_the_app_opens_over_what_a_workspace_has_once(malicious: MaliciousWorkspace, name: str) -> None:
    before = take_snapshot([malicious.outside])
    root = malicious.singles[name]
    async with open_app(root) as pilot:
        await press_and_look(pilot, "down", "f1", "escape")
    for screen in ("documents", "checkin", "close", "sign", "changes"):
        async with open_app(root, Opening(screen, "lead")) as pilot:
            await press_and_look(pilot, "down", "x", "escape", "escape")
    assert changed_paths(before, take_snapshot([malicious.outside])) == []
    assert not malicious.was_canary_run
