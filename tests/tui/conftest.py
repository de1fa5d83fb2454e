"""Fixtures: workspaces, and apps on a fixed date without animation."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.tui.app import Opening, SprintApp
from tests.tui.fast_app import fast_app
from tests.tui.helpers import screen_text, wait_until
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder, every_state, three_samples

OpenApp = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def open_app() -> OpenApp:
    """`async with open_app(root, ...) as pilot`: a running app, on home unless `opening` names another screen.

    Screens are rendered when a test reads them, and once more at the end.
    """

    @asynccontextmanager
    async def run(
        root: Path | str,
        *,
        size: tuple[int, int] = (120, 40),
        opening: Opening | None = None,
        today: date = TODAY,
        clock: Callable[[], date] | None = None,
        notice: str = "",
    ) -> AsyncIterator[Pilot[int]]:
        app = SprintApp(str(root), today, opening, clock=clock, notice=notice)
        app.animation_level = "none"
        with fast_app():
            async with app.run_test(size=size, notifications=True) as pilot:
                await wait_until(pilot, lambda: app.opening is None)
                yield pilot
                if app.is_running:
                    screen_text(app)

    return run


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, WorkspaceBuilder]:
    """Workspaces that are built once and copied for each test."""
    folder = tmp_path_factory.mktemp("workspaces")
    return {"samples": three_samples(folder / "samples"), "states": every_state(folder / "states")}


def copy_workspace(template: WorkspaceBuilder, folder: Path) -> WorkspaceBuilder:
    """Copy a workspace to another folder."""
    shutil.copytree(template.root, folder, ignore=shutil.ignore_patterns(".sprintkit"))
    return WorkspaceBuilder(folder, template.today)


@pytest.fixture
def samples(templates: dict[str, WorkspaceBuilder], tmp_path: Path) -> WorkspaceBuilder:
    """A workspace with the three samples where the demo has them, and nothing else."""
    return copy_workspace(templates["samples"], tmp_path / "quernmoor")


@pytest.fixture
def all_states(templates: dict[str, WorkspaceBuilder], tmp_path: Path) -> WorkspaceBuilder:
    """A workspace with a sprint in every state."""
    return copy_workspace(templates["states"], tmp_path / "quernmoor")
