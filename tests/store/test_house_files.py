"""Settings and templates are read from the workspace alone, and within bounds."""

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


def test_settings_are_loaded_as_a_document_or_none(workspace: Workspace) -> None:
    assert house_files.load_settings(workspace) is None
    write_file(workspace, "sprintkit.toml", 'theme = "nord"\n')
    settings = house_files.load_settings(workspace)
    assert settings is not None
    assert settings.document == {"theme": "nord"}
    write_file(workspace, "sprintkit.toml", "theme = \n")
    with pytest.raises(InputError, match="line 1"):
        house_files.load_settings(workspace)


def test_templates_are_loaded_by_their_path_with_their_bytes(workspace: Workspace) -> None:
    assert house_files.load_templates(workspace) == ({}, {})
    write_template(workspace, "charter.md.j2", b"one")
    write_template(workspace, "parts/head.typ", b"\xff")
    write_template(workspace, ".hidden")
    templates = house_files.load_templates(workspace)
    assert templates == ({"charter.md.j2": b"one", "parts/head.typ": b"\xff"}, {})


def test_templates_outside_the_folder_or_its_bounds_do_not_block_others(
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
    templates = house_files.load_templates(workspace)
    assert list(templates.files) == ["good.md.j2"]
    assert {name: problem.code for name, problem in templates.unusable.items()} == {
        "large.md.j2": "too_large",
        "out.typ": "outside",
        "settings.typ": "outside",
        "folder": "outside",
        "pipe": "not_a_file",
        "a/b/c/d": "too_deep",
    }
    assert templates.unusable["pipe"].path == "templates/pipe"


def test_templates_after_the_200th_are_not_loaded(workspace: Workspace) -> None:
    for number in range(house_files.MAX_TEMPLATES):
        write_template(workspace, f"{number}.typ")
    assert len(house_files.load_templates(workspace).files) == house_files.MAX_TEMPLATES
    write_template(workspace, "one-more.typ")
    templates = house_files.load_templates(workspace)
    assert len(templates.files) == house_files.MAX_TEMPLATES
    assert templates.unusable["one-more.typ"].message == "more than 200 files are in templates/"


def test_a_folder_of_thousands_of_files_is_not_a_templates_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house_files, "MAX_TEMPLATES", 2)
    monkeypatch.setattr(house_files, "MAX_LISTED", 10)
    for number in range(20):
        write_template(workspace, f"{number}.typ")
    with pytest.raises(InputError, match="more than 10 files"):
        house_files.load_templates(workspace)
