"""A folder of the workspace that is a link out of it is refused, and nothing behind it is read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sprintkit.errors import InputError, WriteError
from sprintkit.store import create, house_files
from sprintkit.store.cache.listing import SprintIndex
from sprintkit.store.fingerprint import workspace_fingerprint
from sprintkit.store.side_copies import find_side_copies
from sprintkit.store.sprint_files import load_sprint
from sprintkit.store.workspace import Workspace, find_workspace
from tests.store.helpers import path_in, write_file


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the workspace, with a sprint and a template."""
    folder = tmp_path / "outside"
    (folder / "lead").mkdir(parents=True)
    (folder / "lead/charter.toml").write_text("a = 1\n", "utf-8")
    (folder / "secret.md.j2").write_text("secret", "utf-8")
    return folder


@pytest.fixture
def listed_folders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The real paths of the folders that are listed from now on."""
    folders: list[str] = []
    real_listdir = os.listdir

    def listdir(path: str) -> list[str]:
        folders.append(os.path.realpath(path))
        return real_listdir(path)

    monkeypatch.setattr(os, "listdir", listdir)
    return folders


def link(workspace: Workspace, path: str, target: Path) -> None:
    """Puts a link at a path that is free or an empty folder."""
    full_path = path_in(workspace, path)
    if full_path.is_dir():
        full_path.rmdir()
    full_path.parent.mkdir(parents=True, exist_ok=True)
    full_path.symlink_to(target)


def test_a_templates_folder_outside_is_refused(workspace: Workspace, outside: Path) -> None:
    link(workspace, "templates", outside)
    with pytest.raises(InputError) as caught:
        house_files.load_templates(workspace)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [("outside", "templates")]


def test_the_templates_folder_may_not_be_a_link_even_inside(workspace: Workspace) -> None:
    write_file(workspace, "house/letter.md.j2", "Dear")
    link(workspace, "templates", Path("house"))
    with pytest.raises(InputError) as caught:
        house_files.load_templates(workspace)
    assert [problem.path for problem in caught.value.problems] == ["templates"]


def test_a_folder_of_sprints_outside_does_not_make_a_workspace(workspace: Workspace, outside: Path) -> None:
    link(workspace, "sprints", outside)
    for use in (
        lambda: find_workspace(workspace.root),
        workspace.folder_names,
        workspace.slugs,
        lambda: SprintIndex.open(workspace),
    ):
        with pytest.raises(InputError) as caught:
            use()
        assert [(problem.code, problem.path) for problem in caught.value.problems] == [("outside", "sprints")]
    with pytest.raises(WriteError) as refused:
        create.create_workspace(workspace.root)
    assert refused.value.problems[0].path == "sprints"


@pytest.mark.parametrize("target", ["outside", "outside/lead"])
def test_a_sprint_outside_is_one_problem_and_its_folder_is_not_listed(
    workspace: Workspace, outside: Path, target: str, listed_folders: list[str]
) -> None:
    link(workspace, "sprints/lead", outside.parent / target)
    assert workspace.slugs() == SprintIndex.open(workspace).slugs == ["lead"]
    sprint = load_sprint(workspace, "lead")
    assert [(problem.code, problem.path) for problem in sprint.problems] == [("outside", "sprints/lead")]
    assert not [path for path in listed_folders if path.startswith(str(outside))]


@pytest.mark.parametrize("folder", ["checkins", "signatures", "signatures/0123456789ab", "signed", "reviews"])
def test_a_folder_of_records_outside_is_one_problem_and_is_not_listed(
    workspace: Workspace, outside: Path, folder: str, listed_folders: list[str]
) -> None:
    write_file(workspace, "sprints/lead/charter.toml")
    link(workspace, f"sprints/lead/{folder}", outside)
    SprintIndex.open(workspace)
    sprint = load_sprint(workspace, "lead")
    assert [problem.path for problem in sprint.problems] == [f"sprints/lead/{folder}"]
    assert not [path for path in listed_folders if path.startswith(str(outside))]


@pytest.mark.parametrize("path", ["sprints/lead", "sprints/lead/checkins"])
def test_changes_outside_the_workspace_do_not_change_the_fingerprint(
    workspace: Workspace, outside: Path, path: str
) -> None:
    link(workspace, path, outside)
    before = workspace_fingerprint(workspace)
    (outside / "new.toml").write_text("", "utf-8")
    (outside / "lead/new.toml").write_text("", "utf-8")
    assert workspace_fingerprint(workspace) == before


@pytest.mark.parametrize("path", [".sprintkit", ".sprintkit/unsaved", ".sprintkit/forms"])
def test_nothing_is_read_from_a_private_folder_outside(
    workspace: Workspace, outside: Path, path: str
) -> None:
    content = json.dumps({"name": "form-a", "content": {}})
    for folder in ("unsaved", "forms", "."):
        (outside / folder).mkdir(exist_ok=True)
        (outside / folder / "a.json").write_text(content, "utf-8")
    link(workspace, path, outside)
    assert find_side_copies(workspace.root, "form") == []
    assert workspace.form_draft_paths() == frozenset()
