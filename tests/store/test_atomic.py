"""Temporary files left by dead processes are removed; everything else stays."""

from __future__ import annotations

import os
from pathlib import Path

from sprintkit.store import atomic


def test_leftovers_of_this_and_of_dead_processes_are_removed(tmp_path: Path) -> None:
    from_dead_process = ".sprintkit-4194999-0123abcd.tmp"
    from_own_process = f".sprintkit-{os.getpid()}-0123abcd.tmp"
    from_other_process = f".sprintkit-{os.getppid()}-0123abcd.tmp"
    to_stay = {from_other_process, ".sprintkit-1-x.tmp", "my.tmp", "a-b.toml"}
    for name in (from_dead_process, from_own_process, *to_stay):
        (tmp_path / name).touch()
    atomic.remove_leftovers(str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == to_stay
