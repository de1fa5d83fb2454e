"""Temporary files of dead processes are removed; everything else stays."""

from __future__ import annotations

import os
from pathlib import Path

from sprintkit.store import atomic


def test_only_leftovers_of_dead_processes_are_removed(tmp_path: Path) -> None:
    of_dead_process = ".sprintkit-4194999-0123abcd.tmp"
    of_own_process = f".sprintkit-{os.getpid()}-0123abcd.tmp"
    of_running_process = f".sprintkit-{os.getppid()}-0123abcd.tmp"
    for name in (
        of_dead_process,
        of_own_process,
        of_running_process,
        ".sprintkit-1-x.tmp",
        "my.tmp",
        "a-b.toml",
    ):
        (tmp_path / name).touch()
    atomic.remove_leftovers(str(tmp_path))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {of_running_process, ".sprintkit-1-x.tmp", "my.tmp", "a-b.toml"}
