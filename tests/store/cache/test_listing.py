"""The index only saves time: it never hides a change, never fails, and never writes into the workspace."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sprintkit.store.cache import listing
from sprintkit.store.cache.listing import ALL_SPRINTS, SprintIndex
from sprintkit.store.workspace import Workspace
from tests.store.helpers import list_files, path_in, write_file

WEEK = "sprints/lead/checkins/week-01.toml"
ROW = {"title": "Lead", "planned": [1, 2.5, None, True], "owner": {"name": "\u202e漢"}}


def make_older(workspace: Workspace, seconds: float = 60) -> None:
    """Sets all mtimes back, as if nothing had been touched for a while."""
    mtime = time.time_ns() - int(seconds * 1e9)
    for path in Path(workspace.root).rglob("*"):
        os.utime(path, ns=(mtime, mtime))
    os.utime(workspace.root, ns=(mtime, mtime))


@pytest.fixture
def indexed(workspace: Workspace) -> Workspace:
    """A workspace of two sprints, untouched for a minute, whose rows are in the index."""
    write_file(workspace, "sprints/lead/charter.toml")
    write_file(workspace, "sprints/lead/checkins/week-01.toml")
    write_file(workspace, "sprints/lead/signatures/0123456789ab/owner-a.toml")
    write_file(workspace, "sprints/price/draft.toml")
    make_older(workspace)
    store_rows(workspace)
    return workspace


def store_rows(workspace: Workspace, key: str = "day 1") -> None:
    """Stores a row for each sprint and one for all of them."""
    index = SprintIndex.open(workspace)
    for slug in index.slugs:
        index.put(slug, key, ROW)
    index.put(ALL_SPRINTS, key, "all")
    index.close()


def slugs_with_rows(workspace: Workspace, key: str = "day 1") -> set[str]:
    """The sprints whose row is still valid, and ALL_SPRINTS if the row of all of them is."""
    index = SprintIndex.open(workspace)
    assert index.slugs == workspace.slugs()
    values = {slug: index.get(slug, key) for slug in [*index.slugs, ALL_SPRINTS]}
    assert all(value in (ROW, "all", None) for value in values.values())
    return {slug for slug, value in values.items() if value is not None}


def test_a_value_is_valid_as_long_as_nothing_changes(indexed: Workspace) -> None:
    assert slugs_with_rows(indexed) == {"lead", "price", ALL_SPRINTS}
    assert slugs_with_rows(indexed, "day 2") == set()
    store_rows(indexed, "day 2")
    assert slugs_with_rows(indexed) == {"lead", "price", ALL_SPRINTS}


CHANGES = [
    ("another size", lambda w: write_file(w, "sprints/lead/charter.toml", "a = 22\n")),
    ("another time", lambda w: os.utime(write_file(w, "sprints/lead/charter.toml"), (1, 1))),
    ("a record added", lambda w: write_file(w, "sprints/lead/checkins/week-02.toml")),
    ("a record removed", lambda w: path_in(w, "sprints/lead/checkins/week-01.toml").unlink()),
    ("a record renamed", lambda w: path_in(w, WEEK).rename(w.absolute_path(WEEK.replace("01", "02")))),
    ("a record of another kind added", lambda w: write_file(w, "sprints/lead/reviews/2027-04.toml")),
    ("a signature added", lambda w: write_file(w, "sprints/lead/signatures/ba9876543210/owner-a.toml")),
    ("a signature overwritten", lambda w: write_file(w, "sprints/lead/signatures/0123456789ab/owner-a.toml", "b = 222\n")),
]  # fmt: skip


@pytest.mark.parametrize("change", [case[1] for case in CHANGES], ids=[case[0] for case in CHANGES])
@pytest.mark.parametrize("is_recent", [True, False])
def test_a_change_invalidates_only_its_own_sprint(
    indexed: Workspace, change: Callable[[Workspace], object], is_recent: bool
) -> None:
    times = {path: path.stat().st_mtime_ns for path in Path(indexed.root).rglob("*")}
    change(indexed)
    if not is_recent:  # the change is made soon after the index was stored, and read much later
        for path in Path(indexed.root).rglob("*"):
            if path.stat().st_mtime_ns != times.get(path):
                mtime = times[path] + 10**9 if path in times else time.time_ns() - 30 * 10**9
                os.utime(path, ns=(mtime, mtime))
    assert slugs_with_rows(indexed) == {"price"}


def test_a_new_and_a_removed_sprint_are_noticed(indexed: Workspace) -> None:
    write_file(indexed, "sprints/third/draft.toml")
    assert slugs_with_rows(indexed) == {"lead", "price"}
    path_in(indexed, "sprints/price/draft.toml").unlink()
    path_in(indexed, "sprints/price").rmdir()
    assert slugs_with_rows(indexed) == {"lead"}


def test_recently_changed_files_are_read_again(indexed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    hour = 3600
    monkeypatch.setattr(listing, "RECENT_NS", hour * 10**9)
    make_older(indexed, hour / 2)
    store_rows(indexed)
    assert slugs_with_rows(indexed) == set()
    index = SprintIndex.open(indexed)
    index.put("lead", "day 1", ROW)
    assert index.get("lead", "day 1") is None
    make_older(indexed, 2 * hour)
    store_rows(indexed)
    assert slugs_with_rows(indexed) == {"lead", "price", ALL_SPRINTS}


def test_files_from_the_future_are_read_again(indexed: Workspace) -> None:
    make_older(indexed, -3600)
    store_rows(indexed)
    assert slugs_with_rows(indexed) == set()


def test_a_change_while_a_value_is_computed_is_not_hidden(indexed: Workspace) -> None:
    index = SprintIndex.open(indexed)
    write_file(indexed, "sprints/lead/charter.toml", "a = 2\n")
    index.put("lead", "day 2", ROW)
    index.close()
    assert slugs_with_rows(indexed, "day 2") == set()


def test_old_values_are_dropped(indexed: Workspace) -> None:
    for day in range(20):
        store_rows(indexed, f"day {day}")
    index = SprintIndex.open(indexed)
    values = [index.get("lead", f"day {day}") for day in range(20)]
    assert sum(value is not None for value in values) <= listing.MAX_VALUES_PER_SPRINT
    assert index.get("lead", "day 19") == ROW


def test_nothing_is_written_into_the_workspace(indexed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = list_files(indexed.root)
    monkeypatch.setenv("XDG_CACHE_HOME", indexed.absolute_path("cache"))
    store_rows(indexed)
    assert list_files(indexed.root) == before
    assert slugs_with_rows(indexed) == set()


@pytest.mark.parametrize("damage", ["empty", "cut", "changed", "other", "folder", "large"])
def test_a_damaged_index_is_used_only_where_it_is_intact(indexed: Workspace, damage: str) -> None:
    (path,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("*.index")
    data = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    elif damage == "large":
        os.truncate(path, 10 * 1024**3)
    else:
        damaged = {
            "empty": b"",
            "cut": data[:-5],
            "changed": data[:-5] + b"\xff" + data[-4:],
            "other": b"x" * 500,
        }
        path.write_bytes(damaged[damage])
    undamaged = {ALL_SPRINTS} if damage == "changed" else set()
    assert slugs_with_rows(indexed) == undamaged
    store_rows(indexed)
    assert slugs_with_rows(indexed) == (set() if damage == "folder" else {"lead", "price", ALL_SPRINTS})


def test_a_cache_that_cannot_be_written_is_ignored(
    indexed: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    store_rows(indexed)
    assert slugs_with_rows(indexed) == set()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "also-relative")
    store_rows(indexed)
    assert slugs_with_rows(indexed) == set()


def test_workspaces_do_not_share_an_index(indexed: Workspace, tmp_path: Path) -> None:
    (tmp_path / "else" / "work" / "sprints" / "lead").mkdir(parents=True)
    assert slugs_with_rows(Workspace(str(tmp_path / "else" / "work"))) == set()
    assert slugs_with_rows(indexed) == {"lead", "price", ALL_SPRINTS}


def test_the_stamp_of_a_file_changes_with_the_file(indexed: Workspace) -> None:
    def stamp() -> str:
        return SprintIndex.open(indexed).file_stamp("sprintkit.toml")

    assert stamp() == ""
    write_file(indexed, "sprintkit.toml")
    assert stamp() != stamp(), "recent files never get the same stamp twice"
    make_older(indexed)
    assert stamp() == stamp() != ""


def test_an_index_opened_unchecked_returns_old_values_and_changes_nothing(indexed: Workspace) -> None:
    write_file(indexed, WEEK, "b = 2\n")
    assert SprintIndex.open_unchecked(indexed).get(ALL_SPRINTS, "day 1") == "all", (
        "the disk was not looked at"
    )
    assert SprintIndex.open_unchecked(indexed).get(ALL_SPRINTS, "day 2") is None
    SprintIndex.open_unchecked(indexed).close()
    assert slugs_with_rows(indexed) == {"price"}


def test_unchanged_sprints_cost_one_stat_for_each_file_and_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        write_file(workspace, f"sprints/s{number:03d}/charter.toml")
    make_older(workspace)
    store_rows(workspace)
    calls: list[str] = []
    for name in ("stat", "listdir", "scandir"):
        real_call = getattr(os, name)

        def counted(*args: Any, name: str = name, real_call: Any = real_call, **options: Any) -> Any:
            calls.append(name)
            return real_call(*args, **options)

        monkeypatch.setattr(os, name, counted)
    index = SprintIndex.open(workspace)
    assert len(index.slugs) == 300
    assert index.get(ALL_SPRINTS, "day 1") == "all"
    monkeypatch.undo()
    assert set(calls) == {"stat"}
    assert len(calls) <= 2 * 300 + 5


def test_the_index_loads_no_parser_and_no_path_library() -> None:
    code = "import sys, sprintkit.store.cache.listing; print(' '.join(sys.modules))"
    command = [sys.executable, "-S", "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    slow_to_import = {
        "tomli", "tomllib", "tomlkit", "json", "hashlib", "pathlib", "dataclasses", "pydantic", "typing", "re",
    }  # fmt: skip
    assert not slow_to_import & set(loaded)
