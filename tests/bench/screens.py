"""What the screens cost once they are open: python tests/bench/screens.py [ROUNDS]

Time on the processor, without a terminal: opening each section of the lead example (limit 100 ms), judging a key
while somebody types (limit 5 ms), and moving by one line in a list of 1,000 sprints. Medians; exit 1 if a limit is
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

from corpus import make

from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.charter.questions import SECTIONS
from sprintkit.tui.app import SprintApp
from sprintkit.tui.widgets.sprint_list import SprintList
from tests.actions.session_helpers import TODAY, make_context, reopen_session
from tests.conftest import example
from tests.tui.helpers import wait_until
from tests.tui_session.helpers import open_session


async def sections(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds that each section of the lead example takes from the key to a screen that stands."""
    desk = make_context(folder)
    apply_answers(desk, "lead", source=example("lead"))
    took: dict[str, list[float]] = {section.key: [] for section in SECTIONS}
    async with open_session(desk, "lead") as (app, pilot):
        for _ in range(rounds):
            for section in SECTIONS:
                start = time.process_time()
                app.screen.open_section(section.key)  # type: ignore[attr-defined]
                await pilot.pause()
                took[section.key].append(time.process_time() - start)
    return took


def judging(folder: Path, rounds: int) -> list[float]:
    """Seconds that the rules take for one more letter."""
    desk = make_context(folder)
    apply_answers(desk, "lead", source=example("lead"))
    session = reopen_session(desk, "lead")
    session.type("success_metric.formula", "x")
    took = []
    for number in range(rounds):
        start = time.process_time()
        session.type("success_metric.formula", f"Median over the month {number}")
        _ = session.analysis.active_findings
        took.append(time.process_time() - start)
    session.close()
    return took


async def moving(folder: Path, rounds: int) -> list[float]:
    """Seconds that one line down takes in a list of 1,000 sprints."""
    app = SprintApp(str(make(folder, 1000, records=False)), TODAY)
    took = []
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: app.opening is None, seconds=120)
        listing = app.screen.query_one(SprintList)
        for _ in range(rounds):
            start = time.process_time()
            listing.action_move(1)
            await pilot.pause()
            took.append(time.process_time() - start)
    return took


def main() -> int:
    """Print each figure with its limit."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    is_over = False
    gc.disable()  # as the program does until its first picture stands

    def tell(what: str, took: list[float], limit: float | None = None) -> None:
        nonlocal is_over
        median = statistics.median(took) * 1000
        is_over = is_over or (limit is not None and median > limit)
        of = "" if limit is None else f"   limit {limit:g} ms"
        print(f"{what:44} {median:7.1f} ms   slowest {max(took) * 1000:7.1f} ms{of}")

    with tempfile.TemporaryDirectory() as folder:
        opening = asyncio.run(sections(Path(folder), rounds))
    for section in SECTIONS:
        tell(f"open {section.title}"[:44], opening[section.key], 100)
    with tempfile.TemporaryDirectory() as folder:
        tell("judge a key", judging(Path(folder), rounds * 5), 5)
    with tempfile.TemporaryDirectory() as folder:
        tell("one line down in 1,000 sprints", asyncio.run(moving(Path(folder), rounds * 5)))
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
