"""Settings and templates of a workspace are read whole, within bounds, and never from outside of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sprintkit.errors import InputError
from sprintkit.store import house_files
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file


def write_template(workspace: Workspace, name: str, data: bytes = b"x") -> None:
    write_file(workspace, f"templates/{name}", data)


def test_settings_are_a_document_or_none(workspace: Workspace) -> None:
    assert house_files.load_settings(workspace) is None
    write_file(workspace, "sprintkit.toml", 'theme = "nord"\n')
    settings = house_files.load_settings(workspace)
    assert settings is not None
    assert settings.document == {"theme": "nord"}
    write_file(workspace, "sprintkit.toml", "theme = \n")
    with pytest.raises(InputError, match="line 1"):
        house_files.load_settings(workspace)


def test_templates_are_read_whole_with_their_folders(workspace: Workspace) -> None:
    assert house_files.load_templates(workspace) == {}
    write_template(workspace, "charter.md.j2", b"one")
    write_template(workspace, "parts/head.typ", b"\xff")
    write_template(workspace, ".hidden")
    assert house_files.load_templates(workspace) == {"charter.md.j2": b"one", "parts/head.typ": b"\xff"}


def test_all_templates_outside_the_folder_or_its_bounds_are_reported_at_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    write_file(workspace, "sprintkit.toml", "secret = 1")
    write_template(workspace, "good.md.j2")
    write_template(workspace, "large.md.j2", b"x" * (house_files.MAX_TEMPLATE_BYTES + 1))
    path_in(workspace, "templates/out.typ").symlink_to(tmp_path / "secret")
    path_in(workspace, "templates/settings.typ").symlink_to("../sprintkit.toml")
    path_in(workspace, "templates/folder").symlink_to(tmp_path)
    os.mkfifo(path_in(workspace, "templates/pipe"))
    write_template(workspace, "a/b/c/d/deep.typ")
    with pytest.raises(InputError) as caught:
        house_files.load_templates(workspace)
    assert {problem.path: problem.code for problem in caught.value.problems} == {
        "templates/large.md.j2": "too_large",
        "templates/out.typ": "outside",
        "templates/settings.typ": "outside",
        "templates/folder": "outside",
        "templates/pipe": "not_a_file",
        "templates/a/b/c/d": "too_deep",
    }


def test_too_many_templates_are_an_error(workspace: Workspace) -> None:
    for number in range(house_files.MAX_TEMPLATES):
        write_template(workspace, f"{number}.typ")
    assert len(house_files.load_templates(workspace)) == house_files.MAX_TEMPLATES
    write_template(workspace, "one-more.typ")
    with pytest.raises(InputError, match="more than 200"):
        house_files.load_templates(workspace)
