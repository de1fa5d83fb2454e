"""The index only ever saves time: it never hides a change, never fails, and never writes in the workspace."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sprintkit.store.cache import listing
from sprintkit.store.cache.listing import ALL_SPRINTS, SprintIndex
from sprintkit.store.workspace import Workspace
from tests.store.conftest import names_in

WEEK = "sprints/lead/checkins/week-01.toml"
ROW = {"title": "Lead", "planned": [1, 2.5, None, True], "owner": {"name": "‮漢"}}


def lay(workspace: Workspace, path: str, text: str = "a = 1\n") -> Path:
    full = Path(workspace.absolute_path(path))
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text)
    return full


def age(workspace: Workspace, seconds: float = 60) -> None:
    """Sets all times back, as if nothing had been touched for a while."""
    then = time.time_ns() - int(seconds * 1e9)
    for path in Path(workspace.root).rglob("*"):
        os.utime(path, ns=(then, then))
    os.utime(workspace.root, ns=(then, then))


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    lay(workspace, "sprints/lead/charter.toml")
    lay(workspace, "sprints/lead/checkins/week-01.toml")
    lay(workspace, "sprints/lead/signatures/0123456789ab/owner-a.toml")
    lay(workspace, "sprints/price/draft.toml")
    age(workspace)
    put(workspace)
    return workspace


def put(workspace: Workspace, key: str = "day 1") -> None:
    opened = SprintIndex.open(workspace)
    for slug in opened.slugs:
        opened.put(slug, key, ROW)
    opened.put(ALL_SPRINTS, key, "all")
    opened.close()


def got(workspace: Workspace, key: str = "day 1") -> set[str]:
    opened = SprintIndex.open(workspace)
    assert opened.slugs == workspace.slugs()
    values = {slug: opened.get(slug, key) for slug in [*opened.slugs, ALL_SPRINTS]}
    assert all(value in (ROW, "all", None) for value in values.values())
    return {slug for slug, value in values.items() if value is not None}


def test_what_was_put_is_there_as_long_as_nothing_changes(filled: Workspace) -> None:
    assert got(filled) == {"lead", "price", ALL_SPRINTS}
    assert got(filled, "day 2") == set()
    put(filled, "day 2")
    assert got(filled) == {"lead", "price", ALL_SPRINTS}


CHANGES = [
    ("another size", lambda w: lay(w, "sprints/lead/charter.toml", "a = 22\n")),
    ("another time", lambda w: os.utime(lay(w, "sprints/lead/charter.toml"), (1, 1))),
    ("a record more", lambda w: lay(w, "sprints/lead/checkins/week-02.toml")),
    ("a record less", lambda w: Path(w.absolute_path("sprints/lead/checkins/week-01.toml")).unlink()),
    ("a record renamed", lambda w: Path(w.absolute_path(WEEK)).rename(w.absolute_path(WEEK.replace("01", "02")))),
    ("a new kind", lambda w: lay(w, "sprints/lead/reviews/2027-04.toml")),
    ("a signature deep down", lambda w: lay(w, "sprints/lead/signatures/ba9876543210/owner-a.toml")),
    ("a signature written over", lambda w: lay(w, "sprints/lead/signatures/0123456789ab/owner-a.toml", "b = 222\n")),
]  # fmt: skip


@pytest.mark.parametrize("change", [case[1] for case in CHANGES], ids=[case[0] for case in CHANGES])
@pytest.mark.parametrize("young", [True, False])
def test_a_change_in_a_sprint_is_seen_and_only_there(filled: Workspace, change: object, young: bool) -> None:
    times = {path: path.stat().st_mtime_ns for path in Path(filled.root).rglob("*")}
    assert callable(change)
    change(filled)
    if not young:  # what changed a minute after the index was made, looked at much later
        for path in Path(filled.root).rglob("*"):
            if path.stat().st_mtime_ns != times.get(path):
                then = times.get(path, 0) + 10**9 if path in times else time.time_ns() - 30 * 10**9
                os.utime(path, ns=(then, then))
    assert got(filled) == {"price"}


def test_a_new_and_a_removed_sprint_show(filled: Workspace) -> None:
    lay(filled, "sprints/third/draft.toml")
    assert got(filled) == {"lead", "price"}
    Path(filled.absolute_path("sprints/price/draft.toml")).unlink()
    Path(filled.absolute_path("sprints/price")).rmdir()
    assert got(filled) == {"lead"}


def test_young_files_are_read_again(filled: Workspace) -> None:
    age(filled, 1)
    put(filled)
    assert got(filled) == set()
    put(filled)
    opened = SprintIndex.open(filled)
    opened.put("lead", "day 1", ROW)
    assert opened.get("lead", "day 1") is None
    age(filled, 3)
    put(filled)
    assert got(filled) == {"lead", "price", ALL_SPRINTS}


def test_files_from_the_future_are_read_again(filled: Workspace) -> None:
    age(filled, -3600)
    put(filled)
    assert got(filled) == set()


def test_a_write_of_the_same_length_while_the_value_is_worked_out_is_not_hidden(filled: Workspace) -> None:
    opened = SprintIndex.open(filled)
    lay(filled, "sprints/lead/charter.toml", "a = 2\n")
    opened.put("lead", "day 2", ROW)
    opened.close()
    assert got(filled, "day 2") == set()


def test_old_values_do_not_pile_up(filled: Workspace) -> None:
    for day in range(20):
        put(filled, f"day {day}")
    opened = SprintIndex.open(filled)
    assert sum(opened.get("lead", f"day {day}") is not None for day in range(20)) <= listing.KEPT
    assert opened.get("lead", "day 19") == ROW


def test_nothing_is_written_in_the_workspace(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names_in(filled.root)
    monkeypatch.setenv("XDG_CACHE_HOME", filled.absolute_path("cache"))
    put(filled)
    assert names_in(filled.root) == before
    assert got(filled) == set()


@pytest.mark.parametrize("damage", ["empty", "cut", "changed", "other", "folder", "large"])
def test_a_damaged_index_is_as_good_as_none(
    filled: Workspace, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("*.index")
    data = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    elif damage == "large":
        os.truncate(path, 10 * 1024**3)
    else:
        path.write_bytes(
            {"empty": b"", "cut": data[:-5], "changed": data[:-5] + b"\xff" + data[-4:], "other": b"x" * 500}[
                damage
            ]
        )
    assert got(filled) == ({ALL_SPRINTS} if damage == "changed" else set())  # what is still sound may be used
    put(filled)
    assert got(filled) == (set() if damage == "folder" else {"lead", "price", ALL_SPRINTS})


def test_a_cache_that_cannot_be_written_is_done_without(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    put(filled)
    assert got(filled) == set()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "also-relative")
    put(filled)
    assert got(filled) == set()


def test_workspaces_do_not_share_an_index(filled: Workspace, tmp_path: Path) -> None:
    (tmp_path / "else" / "work" / "sprints" / "lead").mkdir(parents=True)
    assert got(Workspace(str(tmp_path / "else" / "work"))) == set()
    assert got(filled) == {"lead", "price", ALL_SPRINTS}


def test_a_stamp_tells_another_file_from_what_it_was(filled: Workspace) -> None:
    opened = SprintIndex.open(filled)
    assert opened.file_stamp("sprintkit.toml") == ""
    lay(filled, "sprintkit.toml")
    young = opened.file_stamp("sprintkit.toml")
    assert young != SprintIndex.open(filled).file_stamp("sprintkit.toml"), "young files never give the same stamp twice"
    age(filled)
    assert SprintIndex.open(filled).file_stamp("sprintkit.toml") == SprintIndex.open(filled).file_stamp("sprintkit.toml") != ""


def test_as_written_it_tells_what_was_kept_and_leaves_the_rest_alone(filled: Workspace) -> None:
    lay(filled, WEEK, "b = 2\n")
    assert SprintIndex.open_unchecked(filled).get(ALL_SPRINTS, "day 1") == "all", "nobody looked whether it holds"
    assert SprintIndex.open_unchecked(filled).get(ALL_SPRINTS, "day 2") is None
    SprintIndex.open_unchecked(filled).close()
    assert got(filled) == {"price"}


def test_many_sprints_are_compared_quickly(workspace: Workspace) -> None:
    for number in range(300):
        lay(workspace, f"sprints/s{number:03d}/charter.toml")
    age(workspace)
    put(workspace)
    start = time.perf_counter()
    assert len(got(workspace)) == 301
    assert time.perf_counter() - start < 0.5


def test_the_index_needs_no_parser_and_no_path_library() -> None:
    import subprocess
    import sys

    code = "import sys, sprintkit.store.cache.listing; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert not {
        "tomli",
        "tomllib",
        "tomlkit",
        "json",
        "hashlib",
        "pathlib",
        "dataclasses",
        "pydantic",
        "typing",
        "re",
    } & set(loaded.split())
