"""What commands cost, as ratios to the bare interpreter: `python -I -S -c pass` is F.

    python tests/bench/cli_costs.py [ROUNDS]

Every round runs each command once, in turn, every second round backwards; a ratio is taken within a round and the
median is told, so that a machine whose speed drifts tells the same. Beside each ratio stands its limit; exit 1 if
one is passed. With Taskwarrior installed, the listing of 1,000 is compared with its `task list` of 1,000.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import make

PACKAGE = Path(__file__).resolve().parent.parent.parent
DAY = "2026-03-09"
OF_TASK = 0.7
SLOW_ROUNDS = 3


class Bench:
    """Commands, run in turn."""

    def __init__(self, folder: Path) -> None:
        self.env = {
            **os.environ,
            "PYTHONPATH": str(PACKAGE),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "TASKDATA": str(folder / "tasks"),
            "TASKRC": str(folder / "taskrc"),
        }
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)
        start = folder / "sprintkit"
        start.write_text(
            f"#!{sys.executable}\nimport sys\nfrom sprintkit.__main__ import main\nsys.exit(main())\n"
        )
        start.chmod(0o755)
        self.commands: dict[str, list[str]] = {"F": [sys.executable, "-I", "-S", "-c", "pass"]}
        self.limits: dict[str, float] = {}
        self.start = str(start)

    def add(self, name: str, limit: float, *args: str) -> None:
        """A command of ours and its limit in F."""
        self.commands[name] = [self.start, *args]
        self.limits[name] = limit

    def run(self, rounds: int) -> dict[str, list[float]]:
        """Seconds of every run, by command; two rounds before are not counted."""
        taken: dict[str, list[float]] = {name: [] for name in self.commands}
        for number in range(rounds + 2):
            names = list(self.commands)
            for name in names if number % 2 == 0 else reversed(names):
                began = time.perf_counter()
                subprocess.run(
                    self.commands[name],
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    check=False,
                )
                if number >= 2:
                    taken[name].append(time.perf_counter() - began)
        return taken


def tasks(folder: Path, env: dict[str, str]) -> bool:
    """A thousand tasks for Taskwarrior; False where it is not installed."""
    if shutil.which("task") is None:
        return False
    (folder / "tasks").mkdir()
    (folder / "taskrc").write_text("confirmation=no\n")
    entries = [
        {
            "description": f"milestone {number}: shadow run accepted by the owner",
            "project": "sprints",
            "status": "pending",
            "entry": "20260216T000000Z",
            "due": "20260327T000000Z",
        }
        for number in range(1000)
    ]
    subprocess.run(
        ["task", "import", "-"],
        env=env,
        input=json.dumps(entries),
        text=True,
        capture_output=True,
        check=True,
    )
    return True


def main(rounds: int) -> int:
    """Measure and tell; 1 if a limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(folder)
        for count in (10, 1000):
            make(folder / f"w{count}", count)
        make(folder / "charters", 1000, records=False)
        time.sleep(2.1)  # younger files are read again, whatever the index says
        has_task = tasks(folder, bench.env)
        bench.add("--version", 1.8, "--version")
        bench.add("--help", 3.5, "--help")
        bench.add("status of 10", 4.0, "-C", str(folder / "w10"), "status", "--today", DAY)
        bench.add("status of 10, JSON", 4.0, "-C", str(folder / "w10"), "status", "--today", DAY, "--json")
        bench.add("status of 1,000 charters", 0, "-C", str(folder / "charters"), "status", "--today", DAY)
        bench.add("status of 1,000 with records", 0, "-C", str(folder / "w1000"), "status", "--today", DAY)
        if has_task:
            bench.commands["task list of 1,000"] = ["task", "list"]
        checks = Bench(folder)
        checks.add("check of 1,000", 700, "-C", str(folder / "charters"), "check")
        (make(folder / "unjudged", 1000, records=False) / "sprintkit.toml").write_text('judge = "off"\n')
        checks.add("check of 1,000, no judge", 300, "-C", str(folder / "unjudged"), "check")
        is_within = report(bench, bench.run(rounds), has_task=has_task)
        return 0 if report(checks, checks.run(SLOW_ROUNDS), has_task=False) and is_within else 1


def report(bench: Bench, taken: dict[str, list[float]], *, has_task: bool) -> bool:
    """Prints a line for each command; False if a limit is passed."""
    passed = True
    floor = taken["F"]
    for command, seconds in taken.items():
        ratio = statistics.median(one / base for one, base in zip(seconds, floor, strict=True))
        limit = bench.limits.get(command)
        line = f"{command:<30}{1000 * statistics.median(seconds):8.1f} ms {ratio:7.2f} F"
        if has_task and command.startswith("status of 1,000"):
            of_task = statistics.median(
                a / b for a, b in zip(seconds, taken["task list of 1,000"], strict=True)
            )
            line += f"  {of_task:5.2f} x task list (limit {OF_TASK})"
        elif limit:
            line += f"  limit {limit}"
            passed = passed and ratio <= limit
        print(line)
    return passed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
