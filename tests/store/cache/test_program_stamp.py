"""A cache is used only by the program that wrote it: after an edit of any module, nothing in it is used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import sprintkit
from sprintkit import program_stamp
from sprintkit.store.cache.documents import SprintSnapshot, load_entry, store_entry
from sprintkit.store.cache.listing import SprintIndex
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file

CHARTER = "sprints/lead/charter.toml"
MODULES = ("charter/rules/metrics.py", "cli/commands/check.py", "text/dates.py", "store/toml/codec.py")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the installed package."""
    folder = tmp_path / "package"
    for name in MODULES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    monkeypatch.setattr(program_stamp, "_PACKAGE_FOLDER", str(folder))
    monkeypatch.setattr(program_stamp, "_stamp", "")
    return folder


@pytest.fixture
def edit(package: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that edits a module and lets the program seem restarted."""

    def edit_module(name: str) -> None:
        with (package / name).open("a") as file:
            file.write("# edited")
        monkeypatch.setattr(program_stamp, "_stamp", "")

    return edit_module


def test_the_stamp_covers_the_running_package() -> None:
    assert str(Path(sprintkit.__file__).parent) == program_stamp._PACKAGE_FOLDER
    assert len(program_stamp._list_sources(program_stamp._PACKAGE_FOLDER)) > 200


@pytest.mark.parametrize("module", MODULES)
def test_an_edited_module_invalidates_every_cache(
    workspace: Workspace, edit: Callable[[str], None], module: str
) -> None:
    write_file(workspace, CHARTER)
    for path in (path_in(workspace, "sprints"), *path_in(workspace, "sprints").rglob("*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))

    index = SprintIndex.open(workspace)
    index.put("lead", "row", [1])
    index.close()
    store_entry(workspace, SprintSnapshot(workspace, "lead").cache_key("charter"), [1])

    def cached_values() -> list[object]:
        return [
            SprintIndex.open(workspace).get("lead", "row"),
            load_entry(workspace, SprintSnapshot(workspace, "lead").cache_key("charter")),
        ]

    assert cached_values() == [[1], [1]]
    edit(module)
    assert cached_values() == [None, None]
