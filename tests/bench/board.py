"""What the board costs compared with the listing it is made of: CPU seconds for 1,000 sprints with records.

    python tests/bench/board.py [SPRINTS]

Exit 1 if the board without its pages takes more than 1.5 times as long as `status`: with nothing cached, on the next
day, and weeks later, when the sprints must be computed again. Loading the templates counts as part of the pages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import make_files_old, make_workspace
from growth import ROOT, cpu_seconds

LARGEST_RATIO = 1.5
DAYS = {"nothing cached": "2026-03-09", "the next day": "2026-03-10", "weeks later": "2026-05-04"}

TIME_PAGES = """
import sys
from datetime import date
from time import process_time
from sprintkit.actions.context import open_context
from sprintkit.actions.status.entries import list_entries
from sprintkit.store.cache.listing import SprintIndex

workspace, day, board = sys.argv[1:]
context = open_context(workspace, date.fromisoformat(day))
start = process_time()
list_entries(context, SprintIndex.open(context.workspace))
listed = process_time()
from sprintkit.actions.board.board import write_board
write_board([context], board, force=True)
print(process_time() - listed - (listed - start))
"""


def page_seconds(workspace: Path, cache: Path, day: str, board: Path) -> float:
    """The CPU seconds for making and writing the pages, once the sprints are computed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    args = [sys.executable, "-c", TIME_PAGES, str(workspace), day, str(board)]
    return float(subprocess.run(args, env=env, capture_output=True, text=True, check=True).stdout)


def main() -> int:
    """Prints a line for each day; returns 1 if the limit is passed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    exit_code = 0
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder, "workspace"), count)
        make_files_old(workspace)
        board = Path(folder, "board")
        caches = {command: Path(folder, f"cache-{command}") for command in ("status", "board")}
        for name, day in DAYS.items():
            status = cpu_seconds(workspace, caches["status"], day, "status")
            whole = cpu_seconds(workspace, caches["board"], day, "board", "-o", str(board), "--force")
            pages = page_seconds(workspace, caches["board"], day, board)
            ratio = (whole - pages) / status
            exit_code |= ratio > LARGEST_RATIO
            print(
                f"board, {name:<15} {count:>6,} sprints {whole:6.2f} s, its pages {pages:5.2f} s; "
                f"status {status:6.2f} s   {ratio:4.2f} x without the pages (limit {LARGEST_RATIO})"
            )
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
