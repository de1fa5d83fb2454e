"""The value calculator in the app: any figure can be tried, the columns follow at once, and nothing is written."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.pilot import Pilot

from sprintkit.tui.app import Opening
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sprint import SprintScreen
from sprintkit.tui.screens.value import HowDialog, ValueScreen
from tests.cli.conftest import read_files
from tests.cli.test_value import WORKED
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_golden,
    flat_text,
    resize,
    screen_text,
    type_text,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import HOSTILE, WorkspaceBuilder

LEAD = Opening("value", "lead-routing")


async def wait_for_calculator(pilot: Pilot[int]) -> ValueScreen:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ValueScreen))
    assert isinstance(pilot.app.screen, ValueScreen)
    return pilot.app.screen


def net_of(screen: ValueScreen) -> tuple[float | None, float | None]:
    """The net value as entered, and the cautious one."""
    entered, cautious = screen.data["as_entered"], screen.data["cautious"]
    return (entered and entered["net"], cautious and cautious["net"])


async def test_a_figure_is_tried_from_the_sprint_page_and_nothing_is_written(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    before = read_files(samples.root)
    async with open_app(samples.root, opening=Opening("sprint", "lead-routing")) as pilot:
        await pilot.press("m")
        screen = await wait_for_calculator(pilot)
        assert net_of(screen) == (2724.45, 872.67)
        assert_golden(pilot.app, "value-lead", 120, 40)
        await resize(pilot, 80, 24)
        assert_golden(pilot.app, "value-lead", 80, 24)
        await pilot.press("enter", "enter", *"60")
        assert net_of(screen) == (
            948.5,
            -414.1,
        )  # 2,600 × 0.6 × 4.92 min × 0.7 × 34 − 2,096; × 4.456 × 0.56 − 2,620
        await pilot.press("enter", *"half")
        assert net_of(screen) == (None, None)
        assert "Must be a number." in screen_text(pilot.app)
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "up")
        assert_golden(pilot.app, "value-tried", 80, 24)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SprintScreen)
    assert read_files(samples.root) == before


async def test_keys_typed_at_once_are_not_lost_between_figures(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=LEAD) as pilot:
        screen = await wait_for_calculator(pilot)
        await pilot.press(*"2000", "enter", *"9", "tab", *"85", "ctrl+n")
        assert screen.answers == {
            "use_case.volume_per_month": "2000",
            "use_case.minutes_per_case": "9",
            "value.usage_share_pct": "85",
        }


async def test_a_reset_takes_everything_back_and_brings_it_again(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=LEAD) as pilot:
        screen = await wait_for_calculator(pilot)
        await pilot.press(*"2000", "enter", *"9", "ctrl+r")
        assert (screen.answers, net_of(screen)[0]) == ({}, 2724.45)
        assert "changed" not in screen_text(pilot.app)
        await pilot.press("ctrl+r")
        assert screen.answers == {"use_case.volume_per_month": "2000", "use_case.minutes_per_case": "9"}
        assert "2 changed · nothing is saved" in screen_text(pilot.app)
        await pilot.press("backspace", "6", "ctrl+r", "enter")
        assert screen.answers == {}


async def test_a_newcomer_calculates_without_a_workspace(tmp_path: Path, open_app: OpenApp) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    async with open_app(folder, size=(80, 24)) as pilot:
        await pilot.press("m")
        screen = await wait_for_calculator(pilot)
        assert_golden(pilot.app, "value-empty", 80, 24)
        for figure in WORKED.values():
            assert screen.data["as_entered"] is None
            await type_text(pilot, figure)
            await pilot.press("enter")
        assert net_of(screen) == (1958.06, -592.61)
        assert_golden(pilot.app, "value-worked", 80, 24)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)
    assert list(folder.iterdir()) == []


async def test_the_formula_and_what_the_months_brought_are_a_key_away(
    tmp_path: Path, open_app: OpenApp
) -> None:
    builder = WorkspaceBuilder(tmp_path / "quernmoor").add_sprint(
        "lead-routing", "works", 21, checkins=6, closed=True
    )
    review = {
        "schema": 1, "month": "2026-09", "metric": 54.0, "guardrails": {}, "cases": 2710, "automatic_share_pct": 79.0,
        "overrides_pct": 4.5, "users_active": 19, "held_open": 6, "held_oldest_days": 1, "checks_failed": 1,
        "incidents": 0, "cost_actual": 880.0, "decision": "continue", "decided_by": "odile",
    }  # fmt: skip
    builder.write_file("sprints/works/reviews/2026-09.toml", review)
    async with open_app(builder.root, opening=Opening("value", "works"), size=(120, 50)) as pilot:
        await wait_for_calculator(pilot)
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HowDialog))
        await pilot.pause()
        assert_golden(pilot.app, "value-how", 120, 50)
        await pilot.press("f2")
        await wait_for_calculator(pilot)


async def test_the_calculator_is_found_in_palette_and_help(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root) as pilot:
        await pilot.press("ctrl+p", *"value")
        await wait_for_text(
            pilot, "Calculate what a month of automated work would be worth; nothing is saved."
        )
        await pilot.press("enter")
        await wait_for_calculator(pilot)
        await pilot.press("f1")
        await wait_for_text(pilot, "ctrl+r Reset all figures to those of the charter")


async def test_figures_that_change_on_disk_are_read_again_and_what_is_tried_stays(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    path = samples.root / "sprints/lead-routing/charter.toml"
    async with open_app(samples.root, opening=LEAD) as pilot:
        screen = await wait_for_calculator(pilot)
        await pilot.press("enter", *"9")
        changed = path.read_text("utf-8").replace("volume_per_month = 2600", "volume_per_month = 1300")
        await asyncio.to_thread(path.write_text, changed, "utf-8")
        screen.load()
        await pilot.pause()
        entered = screen.data["as_entered"]
        assert entered is not None and entered["hours_before"] == 1300 * 9 / 60


async def test_hostile_text_is_only_an_invalid_figure(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, opening=LEAD, size=(80, 24)) as pilot:
        screen = await wait_for_calculator(pilot)
        await type_text(pilot, HOSTILE)
        await pilot.press("enter")
        assert net_of(screen) == (None, None)
        assert "✗ Cases" in flat_text(screen_text(pilot.app))


async def test_the_smallest_terminal_shows_the_figure_and_what_is_left(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=LEAD, size=(60, 16)) as pilot:
        await wait_for_calculator(pilot)
        await pilot.press(*"2000")
        assert_golden(pilot.app, "value-small", 60, 16)
