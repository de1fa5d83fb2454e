"""The lock keeps out other writers, ends with its holder, and never overwrites what is in its place."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from sprintkit.errors import WriteError
from sprintkit.store import lock
from sprintkit.store.save import save_file
from sprintkit.store.workspace import Workspace
from tests.store.helpers import list_files, path_in

PATH = "sprints/lead/draft.toml"
DOCUMENT = {"a": 1}


def test_a_running_holder_keeps_others_out_until_it_dies(workspace: Workspace) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with lock.workspace_lock(workspace.root):
            os.write(writer, b"x")
            signal.pause()
        os._exit(0)
    os.read(reader, 1)
    start = time.monotonic()
    with (
        pytest.raises(WriteError, match="another sprintkit"),
        lock.workspace_lock(workspace.root, timeout=0.2),
    ):
        pass
    assert time.monotonic() - start >= 0.2
    assert os.waitpid(child, os.WNOHANG) == (0, 0), "the holder is still running"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert save_file(workspace.root, PATH, DOCUMENT, expected=None).was_written, (
        "a dead process blocks nobody"
    )
    os.close(reader)
    os.close(writer)


def test_a_link_in_place_of_the_lock_never_overwrites_its_target(
    workspace: Workspace, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("content")
    path_in(workspace, ".sprintkit").mkdir()
    path_in(workspace, ".sprintkit/lock").symlink_to(precious)
    with pytest.raises(WriteError, match="locked"):
        save_file(workspace.root, PATH, DOCUMENT, expected=None)
    assert precious.read_text() == "content"


def test_a_link_in_place_of_the_private_folder_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path_in(workspace, ".sprintkit").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match=r"\.sprintkit is not a folder"):
        save_file(workspace.root, PATH, DOCUMENT, expected=None)
    assert list_files(tmp_path / "elsewhere") == []


def test_the_private_folder_may_be_deleted_while_nothing_runs(workspace: Workspace) -> None:
    result = save_file(workspace.root, PATH, DOCUMENT, expected=None)
    path_in(workspace, ".sprintkit/lock").unlink()
    path_in(workspace, ".sprintkit").rmdir()
    assert save_file(workspace.root, PATH, {"a": 2}, expected=result.digest).was_written
