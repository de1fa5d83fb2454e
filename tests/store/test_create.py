"""A new workspace gets its lines for Git, and nothing that exists is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.errors import WriteError
from sprintkit.store.create import create_workspace
from sprintkit.store.workspace import find_workspace
from tests.store.helpers import path_in


def test_a_new_workspace_has_its_folder_and_its_lines_for_git(tmp_path: Path) -> None:
    workspace, written = create_workspace(tmp_path / "a" / "b")
    assert written == ["sprints/", ".gitattributes", ".gitignore"]
    assert path_in(workspace, ".gitattributes").read_text() == "*.toml text eol=lf\n"
    assert path_in(workspace, ".gitignore").read_text() == ".sprintkit/\ndata/\n"
    assert find_workspace(workspace.absolute_path("sprints")) == workspace
    assert create_workspace(workspace.root) == (workspace, [])


def test_a_workspace_in_a_repository_adds_its_lines_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc")
    (tmp_path / ".gitattributes").write_bytes(b"*.png binary\r\n*.toml text eol=lf\r\n")
    assert create_workspace(tmp_path)[1] == ["sprints/", ".gitignore"]
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n.sprintkit/\ndata/\n"
    assert (tmp_path / ".gitattributes").read_bytes() == b"*.png binary\r\n*.toml text eol=lf\r\n"


def test_a_folder_that_cannot_be_a_workspace_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "inner"):
        with pytest.raises(WriteError, match="could not be made a workspace"):
            create_workspace(folder)
    with pytest.raises(WriteError):
        create_workspace("a\0b")
