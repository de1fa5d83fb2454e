"""Costs of open screens: python tests/bench/screens.py [ROUNDS]

Processor time without a terminal: opening each section of the lead example (limit 100 ms), running the rules for one
typed key (limit 5 ms), and moving down one line in a list of 1,000 sprints. Prints medians; exit code 1 if a limit is
passed.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests/bench"))

from corpus import make_workspace

from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.charter.questions import SECTIONS
from sprintkit.tui.app import Opening, SprintApp
from sprintkit.tui.widgets.sprint_list import SprintList
from tests.actions.session_helpers import TODAY, make_context, reopen_session
from tests.conftest import example
from tests.tui.helpers import wait_until
from tests.tui_session.helpers import is_open


async def time_sections(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Return the seconds from the key to the finished screen, by section of the lead example."""
    context = make_context(folder)
    apply_answers(context, "lead", source=example("lead"))
    seconds: dict[str, list[float]] = {section.key: [] for section in SECTIONS}
    app = SprintApp(context.root, TODAY, Opening("session", "lead"))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        for _ in range(rounds):
            for section in SECTIONS:
                start = time.process_time()
                app.screen.open_section(section.key)  # type: ignore[attr-defined]
                await pilot.pause()
                seconds[section.key].append(time.process_time() - start)
    return seconds


def time_rules(folder: Path, rounds: int) -> list[float]:
    """Return the seconds that the rules take for one more letter."""
    context = make_context(folder)
    apply_answers(context, "lead", source=example("lead"))
    session = reopen_session(context, "lead")
    session.type("success_metric.formula", "x")
    seconds = []
    for number in range(rounds):
        start = time.process_time()
        session.type("success_metric.formula", f"Median over the month {number}")
        _ = session.analysis.active_findings
        seconds.append(time.process_time() - start)
    session.close()
    return seconds


async def time_moves(folder: Path, rounds: int) -> list[float]:
    """Return the seconds for moving down one line in a list of 1,000 sprints."""
    app = SprintApp(str(make_workspace(folder, 1000, records=False)), TODAY)
    seconds = []
    async with app.run_test(size=(120, 40)) as pilot:
        sprints = app.screen.query_one(SprintList)
        await wait_until(pilot, lambda: len(sprints.entries) >= 1000, seconds=120)
        for _ in range(rounds):
            start = time.process_time()
            sprints.action_move(1)
            await pilot.pause()
            seconds.append(time.process_time() - start)
    return seconds


def report(label: str, seconds: list[float], limit: float | None = None) -> bool:
    """Print a figure in milliseconds with its limit; return whether it is over the limit."""
    median, slowest = statistics.median(seconds) * 1000, max(seconds) * 1000
    limit_text = "" if limit is None else f"   limit {limit:g} ms"
    print(f"{label:44} {median:7.1f} ms   slowest {slowest:7.1f} ms{limit_text}")
    return limit is not None and median > limit


def main() -> int:
    """Measure and print; return 1 if a limit is passed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    gc.disable()  # as in the program until its first frame is shown
    with tempfile.TemporaryDirectory() as folder:
        seconds_by_section = asyncio.run(time_sections(Path(folder), rounds))
    are_too_slow = [
        report(f"open {section.title}"[:44], seconds_by_section[section.key], 100) for section in SECTIONS
    ]
    with tempfile.TemporaryDirectory() as folder:
        are_too_slow.append(report("run the rules for one key", time_rules(Path(folder), rounds * 5), 5))
    with tempfile.TemporaryDirectory() as folder:
        report("move one line in 1,000 sprints", asyncio.run(time_moves(Path(folder), rounds * 5)))
    return int(any(are_too_slow))


if __name__ == "__main__":
    sys.exit(main())
