"""Apps on a frozen day, without animation."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.tui.app import Opening, SprintApp
from tests.tui.helpers import wait_until
from tests.tui.worlds import TODAY, World, every_state, three

Opened = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def opened() -> Opened:
    """`async with opened(root, ...) as pilot`: the app at a size, on a day, over home where `at` says more."""

    @asynccontextmanager
    async def open_app(
        root: Path | str,
        *,
        size: tuple[int, int] = (120, 40),
        at: Opening | None = None,
        today: date = TODAY,
        notice: str = "",
    ) -> AsyncIterator[Pilot[int]]:
        app = SprintApp(str(root), today, at, notice=notice)
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            await wait_until(pilot, lambda: app.opening is None)
            await pilot.pause()
            yield pilot

    return open_app


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """Workspaces made once; every test gets a copy of its own."""
    folder = tmp_path_factory.mktemp("worlds")
    return {"three": three(folder / "three"), "states": every_state(folder / "states")}


def copied(template: World, folder: Path) -> World:
    """The same workspace in another folder."""
    shutil.copytree(template.root, folder, ignore=shutil.ignore_patterns(".sprintkit"))
    return World(folder, template.today)


@pytest.fixture
def demo_world(templates: dict[str, World], tmp_path: Path) -> World:
    """The three samples as in the demo."""
    return copied(templates["three"], tmp_path / "quernmoor")


@pytest.fixture
def all_states(templates: dict[str, World], tmp_path: Path) -> World:
    """A sprint in every state."""
    return copied(templates["states"], tmp_path / "quernmoor")
