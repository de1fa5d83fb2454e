"""How long a session takes: opening a section, judging a key."""

from __future__ import annotations

import time
from pathlib import Path

from sprintkit.charter.questions import SECTIONS
from tests.actions.session_kit import reopen
from tests.tui_session.kit import opened
from tests.tui_session.test_goldens import with_examples


async def test_any_section_of_the_lead_example_opens_in_a_tenth_of_a_second(tmp_path: Path) -> None:
    desk = with_examples(tmp_path)
    took: dict[str, float] = {}
    async with opened(desk, "lead") as (app, pilot):
        for _ in range(4):
            for section in SECTIONS:
                start = time.process_time()
                app.screen.open_section(section.key)  # type: ignore[attr-defined]
                await pilot.pause()
                took[section.key] = min(took.get(section.key, 9.0), time.process_time() - start)
    print({key: f"{seconds * 1000:.0f} ms" for key, seconds in took.items()})
    assert max(took.values()) < 0.1


def test_a_key_is_judged_in_five_milliseconds(tmp_path: Path) -> None:
    session = reopen(with_examples(tmp_path), "lead")
    session.type("success_metric.formula", "x")
    best = 9.0
    for number in range(20):
        start = time.process_time()
        session.type("success_metric.formula", f"Median over the month {number}")
        assert session.standing.troubles == ()
        best = min(best, time.process_time() - start)
    session.close()
    assert best < 0.005
