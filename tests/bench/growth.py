"""How the time of commands grows with the sprints: CPU seconds for twice as many, without a cache and on a new day.

    python tests/bench/growth.py [SPRINTS]

Exit 1 if twice the sprints (1,000 unless another number is given) take more than 2.4 times the time, or if the listing
on a new day takes more than 1.5 ms a sprint.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import make_files_old, make_workspace

ROOT = Path(__file__).resolve().parent.parent.parent
LARGEST_RATIO = 2.4
NEW_DAY_SECONDS = 0.0015
"""Limit for each sprint."""
CASES = {
    "status, nothing cached": ("2026-03-09", "status"),
    "status, a new day": ("2026-03-10", "status"),
    "status, a week later": ("2026-03-16", "status"),
    "status, a day after that": ("2026-03-17", "status"),
    "check, nothing cached": ("2026-03-09", "check"),
}


def cpu_seconds(workspace: Path, cache: Path, day: str, *command: str) -> float:
    """The CPU seconds of a command that takes `day` for today."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    before = os.times()
    args = [sys.executable, "-m", "sprintkit", "-C", str(workspace), "--today", day, *command]
    subprocess.run(args, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> int:
    """Prints a line for each case; returns 1 if a limit is passed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    exit_code = 0
    with tempfile.TemporaryDirectory() as folder:
        seconds: dict[int, dict[str, float]] = {}
        for sprints in (count // 2, count):
            workspace = make_workspace(Path(folder, str(sprints)), sprints)
            make_files_old(workspace)
            cache = Path(folder, f"cache-{sprints}")
            seconds[sprints] = {name: cpu_seconds(workspace, cache, *case) for name, case in CASES.items()}
        for name, cost in seconds[count].items():
            ratio = cost / seconds[count // 2][name]
            is_new_day = "nothing" not in name
            is_too_slow = ratio > LARGEST_RATIO or (is_new_day and cost > count * NEW_DAY_SECONDS)
            exit_code |= is_too_slow
            limit = f", limit {count * NEW_DAY_SECONDS:.1f} s" if is_new_day else ""
            print(f"{name:<28} {count:>6,} sprints {cost:>7.2f} s   {ratio:4.2f} x half as many{limit}")
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
