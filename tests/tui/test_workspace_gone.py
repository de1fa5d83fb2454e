"""A workspace that is moved or deleted under the app: it says so once, writes nothing there, and goes on when it is back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sprintkit.errors import InputError, WriteError
from sprintkit.store import save
from sprintkit.store.workspace import find_workspace
from tests.tui.conftest import OpenApp
from tests.tui.helpers import screen_text, sprint_app, wait_for_text, wait_until
from tests.tui.workspace_builder import WorkspaceBuilder


async def test_the_app_says_that_the_workspace_is_gone_and_goes_on_when_it_is_back(
    samples: WorkspaceBuilder, open_app: OpenApp, tmp_path: Path
) -> None:
    root, away = Path(samples.root), tmp_path / "away"
    async with open_app(samples.root) as pilot:
        app = sprint_app(pilot)
        await wait_until(pilot, lambda: app.fingerprint is not None)
        shown = screen_text(app)
        (tmp_path / "sprints").mkdir(exist_ok=True)  # another workspace around it is not taken in its place
        root.rename(away)
        app.reload_changed()
        app.reload_changed()
        await wait_for_text(pilot, "is gone")
        assert len(app._notifications) == 1
        assert "3 sprints" in screen_text(app) and app.context is not None and app.context.root == str(root)
        away.rename(root)
        app.reload_changed()
        await wait_for_text(pilot, "is back")
        assert shown.splitlines()[3] in screen_text(app)


def test_nothing_is_written_where_a_workspace_was(tmp_path: Path) -> None:
    root = tmp_path / "work"
    (root / "sprints").mkdir(parents=True)
    shutil.rmtree(root)
    with pytest.raises(WriteError, match="the workspace is gone"):
        save.save_file(str(root), "sprints/lead/draft.toml", {"a": 1}, expected=None)
    assert not root.exists()


def test_a_current_folder_that_was_deleted_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    for start in (".", "sub"):
        with pytest.raises(InputError) as caught:
            find_workspace(start)
        (problem,) = caught.value.problems
        assert problem.message == "the current folder was deleted or moved"
        assert problem.hint == "Change to another folder, or name the workspace with -C."
    os.chdir(tmp_path)
