"""Files in the user's cache folder are removed when they are old or take too much space."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sprintkit import user_cache

NOW = 1_800_000_000.0
DAY = 86_400


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "sprintkit").mkdir(mode=0o700)
    return tmp_path / "sprintkit"


def add_file(path: Path, days_old: float, size: int = 1) -> Path:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (NOW - days_old * DAY,) * 2)
    return path


def test_old_files_are_removed_with_the_folders_they_leave_empty(cache: Path) -> None:
    old = add_file(cache / "templates-0.1/a", 61)
    recent = [add_file(cache / "templates-0.2/a", 59), add_file(cache / "ws.index", 0)]
    user_cache.prune(str(cache), NOW)
    assert not old.parent.exists()
    assert all(path.exists() for path in recent)


def test_the_oldest_files_are_removed_when_space_runs_out(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(user_cache, "MAX_TOTAL_BYTES", 25)
    oldest, middle, newest = (add_file(cache / f"{age}.index", age, 10) for age in (3, 2, 1))
    user_cache.prune(str(cache), NOW)
    assert (oldest.exists(), middle.exists(), newest.exists()) == (False, True, True)


def test_the_target_of_a_link_is_not_removed(cache: Path, tmp_path: Path) -> None:
    elsewhere = add_file(tmp_path / "elsewhere/file", 400)
    (cache / "link").symlink_to(elsewhere)
    (cache / "folder").symlink_to(elsewhere.parent)
    os.utime(cache / "link", (NOW - 400 * DAY,) * 2, follow_symlinks=False)
    user_cache.prune(str(cache), NOW)
    assert elsewhere.exists() and not (cache / "link").is_symlink()


def test_writing_removes_old_files_once_a_day(cache: Path) -> None:
    def writing_keeps_an_old_file() -> bool:
        old = add_file(cache / "old.index", 400)
        assert user_cache.write_private(str(cache / "new.index"), [b"x"])
        return old.exists()

    assert not writing_keeps_an_old_file()
    assert writing_keeps_an_old_file(), "the cache was pruned a moment ago"
    os.utime(cache / "pruned", (NOW - 400 * DAY,) * 2)
    assert not writing_keeps_an_old_file()
