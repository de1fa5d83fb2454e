"""What commands cost, as ratios to F, the time of the bare interpreter: `python -I -S -c pass`.

    python tests/bench/cli_costs.py [ROUNDS]

Every round runs each command once, and every second round does so in reverse. Ratios are computed within a round and
their median is printed with its limit, so that a machine whose speed drifts gives the same figures. Exit 1 if a limit is
passed. With Taskwarrior installed, `status` of 1,000 sprints is compared with `task list` of 1,000 tasks.
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

from corpus import make_workspace

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2026-03-09"
TASK_LIST_RATIO = 0.7
SLOW_ROUNDS = 3


class Bench:
    """Commands that are run in turn, and their limits in F; 0 means no limit."""

    def __init__(self, folder: Path) -> None:
        self.env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "TASKDATA": str(folder / "tasks"),
            "TASKRC": str(folder / "taskrc"),
        }
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)
        script = folder / "sprintkit"
        script.write_text(
            f"#!{sys.executable}\nimport sys\nfrom sprintkit.__main__ import main\nsys.exit(main())\n"
        )
        script.chmod(0o755)
        self.commands: dict[str, list[str]] = {"F": [sys.executable, "-I", "-S", "-c", "pass"]}
        self.limits: dict[str, float] = {}
        self.script = str(script)

    def add(self, name: str, limit: float, *args: str) -> None:
        """Add a command of sprintkit and its limit in F."""
        self.commands[name] = [self.script, *args]
        self.limits[name] = limit

    def run(self, rounds: int) -> dict[str, list[float]]:
        """The seconds of every run, by command; two more rounds come first and are not counted."""
        seconds: dict[str, list[float]] = {name: [] for name in self.commands}
        for number in range(rounds + 2):
            names = list(self.commands)
            for name in names if number % 2 == 0 else reversed(names):
                start = time.perf_counter()
                subprocess.run(
                    self.commands[name],
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    check=False,
                )
                if number >= 2:
                    seconds[name].append(time.perf_counter() - start)
        return seconds


def import_tasks(folder: Path, env: dict[str, str]) -> bool:
    """Import a thousand tasks into Taskwarrior; False if it is not installed."""
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
    """Measure and print; returns 1 if a limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(folder)
        for count in (10, 1000):
            make_workspace(folder / f"w{count}", count)
        make_workspace(folder / "charters", 1000, records=False)
        time.sleep(2.1)  # younger files are read again, whatever the index says
        has_task = import_tasks(folder, bench.env)
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
        unjudged = make_workspace(folder / "unjudged", 1000, records=False)
        (unjudged / "sprintkit.toml").write_text('judge = "off"\n')
        checks.add("check of 1,000, no judge", 300, "-C", str(unjudged), "check")
        are_within = [
            report(bench, bench.run(rounds), has_task=has_task),
            report(checks, checks.run(SLOW_ROUNDS), has_task=False),
        ]
        return 0 if all(are_within) else 1


def report(bench: Bench, seconds: dict[str, list[float]], *, has_task: bool) -> bool:
    """Prints a line for each command; returns whether all are within their limits."""
    is_within = True
    for command, runs in seconds.items():
        ratio = median_ratio(runs, seconds["F"])
        limit = bench.limits.get(command)
        line = f"{command:<30}{1000 * statistics.median(runs):8.1f} ms {ratio:7.2f} F"
        if has_task and command.startswith("status of 1,000"):
            task_ratio = median_ratio(runs, seconds["task list of 1,000"])
            line += f"  {task_ratio:5.2f} x task list (limit {TASK_LIST_RATIO})"
        elif limit:
            line += f"  limit {limit}"
            is_within = is_within and ratio <= limit
        print(line)
    return is_within


def median_ratio(runs: list[float], base_runs: list[float]) -> float:
    """The median of the ratios of two commands in the same round."""
    return statistics.median(run / base_run for run, base_run in zip(runs, base_runs, strict=True))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
