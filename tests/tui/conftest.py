"""Fixtures: workspaces, and apps on a fixed date without animation."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.actions.context import open_context
from sprintkit.actions.status.entries import list_entries
from sprintkit.store.cache.listing import SprintIndex
from sprintkit.store.workspace import SETTINGS_FILE
from sprintkit.tui.app import Opening, SprintApp
from tests.conftest import make_files_old
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


class Template:
    """A workspace that is built once and copied for each test, with what the listing of its sprints has computed."""

    def __init__(self, builder: WorkspaceBuilder) -> None:
        self.builder = builder
        make_files_old(builder.root)
        self.index = SprintIndex.open(builder.workspace)
        list_entries(open_context(str(builder.root), builder.today), self.index)

    def copy(self, folder: Path) -> WorkspaceBuilder:
        """Copy the workspace to another folder."""
        shutil.copytree(self.builder.root, folder, ignore=shutil.ignore_patterns(".sprintkit"))
        copy = WorkspaceBuilder(folder, self.builder.today)
        index = SprintIndex.open(copy.workspace)
        key = index.file_stamp(SETTINGS_FILE)
        for slug in index.slugs:
            if (entries := self.index.get(slug, key)) is not None:
                index.put(slug, key, entries)
        index.close()
        return copy


@pytest.fixture(scope="session")
def samples_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template(three_samples(tmp_path_factory.mktemp("workspaces") / "samples"))


@pytest.fixture(scope="session")
def states_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template(every_state(tmp_path_factory.mktemp("workspaces") / "states"))


@pytest.fixture
def samples(samples_template: Template, tmp_path: Path) -> WorkspaceBuilder:
    """A workspace with the three samples where the demo has them, and nothing else."""
    return samples_template.copy(tmp_path / "quernmoor")


@pytest.fixture
def all_states(states_template: Template, tmp_path: Path) -> WorkspaceBuilder:
    """A workspace with a sprint in every state."""
    return states_template.copy(tmp_path / "quernmoor")
