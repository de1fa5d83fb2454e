"""Reviewing an operating sprint by keys: two months, the second with a flag, from the form to page and home."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from textual.pilot import Pilot

from sprintkit.tui.app import Opening
from sprintkit.tui.screens.explain import ExplainScreen
from sprintkit.tui.screens.form.field_list import FieldList
from sprintkit.tui.screens.form.review import RecordReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sprint import SprintScreen
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_golden,
    clear_notifications,
    flat_text,
    resize,
    screen_text,
    type_text,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import WorkspaceBuilder

PAGE = Opening("sprint", "works")
SEPTEMBER = ("54", "5", "4.5", "2710", "79", "4.5", "19", "6", "1", "1", "0")
"""Metric, two guardrails, cases, share, overruled, users, held, oldest, failed checks, incidents."""
OCTOBER = ("48", "4.5", "4", "2655", "81", "4", "20", "14", "9", "0", "1")


@pytest.fixture
def operated(tmp_path: Path) -> WorkspaceBuilder:
    """A sprint that was closed on 7 August, in a workspace where today is 19 November; August is no full month."""
    builder = WorkspaceBuilder(tmp_path / "quernmoor")
    return builder.add_sprint(
        "lead-routing", "works", 21, checkins=6, closed=True, title="Operated by its owner"
    )


async def open_form(pilot: Pilot[int]) -> FormScreen:
    await pilot.press("w")
    await wait_until(
        pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.query(FieldList)
    )
    assert isinstance(pilot.app.screen, FormScreen)
    return pilot.app.screen


async def type_figures(pilot: Pilot[int], figures: tuple[str, ...], cost: str, choice: int) -> None:
    """Fill in everything after the month by keys: the figures, no version, the cost, and the decision."""
    await pilot.press("enter")
    for figure in figures:
        await type_text(pilot, figure)
        await pilot.press("enter")
    await pilot.press("tab")
    await type_text(pilot, cost)
    await pilot.press("enter", *["right"] * choice)


def flags_of(form: FormScreen) -> list[str]:
    """The flags that the form shows."""
    month = form.preview.month if form.preview else None
    return month.flag_names if month else []


async def save(pilot: Pilot[int]) -> None:
    await pilot.press("f8")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordReviewScreen))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
    await clear_notifications(pilot)


@pytest.mark.slow
async def test_two_months_are_reviewed_by_keys_and_the_second_has_a_flag(
    operated: WorkspaceBuilder, open_app: OpenApp
) -> None:
    folder = operated.root / "sprints/works/reviews"
    async with open_app(operated.root, opening=PAGE) as pilot:
        await wait_for_text(pilot, "The review of September 2026 is due.")
        form = await open_form(pilot)
        await type_figures(pilot, SEPTEMBER, "880", choice=1)
        await save(pilot)
        await wait_for_text(pilot, "September 2026 54 working minutes, between stop line and target")
        assert "The review of October 2026 is due." in flat_text(screen_text(pilot.app))

        form = await open_form(pilot)
        await type_figures(pilot, OCTOBER, "905", choice=2)
        await wait_until(pilot, lambda: flags_of(form) == ["pile-up"] and form.status_text == "draft saved")
        await wait_until(pilot, lambda: not form.visible_errors)  # evaluated a moment after the last key
        assert_golden(pilot.app, "review-form", 120, 40)
        await resize(pilot, 80, 24)
        await wait_for_text(pilot, "pile-up · draft saved")
        await resize(pilot, 120, 40)
        await pilot.press("f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordReviewScreen))
        assert "Confirmed in October 2026: the target is reached." in flat_text(screen_text(pilot.app))
        assert_golden(pilot.app, "review-outcome", 120, 40)
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is form)
        await save(pilot)

        await wait_for_text(pilot, "October 2026 48 working minutes, the target is reached")
        await wait_for_text(pilot, "pile-up The oldest held case waited 9 days in October 2026, more than 5.")
        await wait_until(pilot, lambda: getattr(pilot.app.screen, "has_charts", False))
        assert_golden(pilot.app, "page-reviewed", 120, 40)
        await pilot.press("e")
        assert isinstance(pilot.app.screen, ExplainScreen)
        assert "It clears when no held case waits longer than 5 days." in flat_text(screen_text(pilot.app))
        await pilot.press("escape", "escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await wait_for_text(pilot, "Pile-up: The oldest held case waited 9 days")
        assert "w review" in screen_text(pilot.app)
    october = tomli.loads((folder / "2026-10.toml").read_text("utf-8"))
    assert (october["held_oldest_days"], october["decision"], october["decided_by"]) == (9, "adjust", "odile")
    assert sorted(path.name for path in folder.iterdir()) == ["2026-09.toml", "2026-10.toml"]


@pytest.mark.slow
async def test_a_form_that_was_left_comes_back_with_errors_beside_their_fields(
    operated: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(operated.root, opening=PAGE) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await open_form(pilot)
        await pilot.press("enter")
        await type_text(pilot, "54")
        await pilot.press("enter", "enter", "enter")
        await type_text(pilot, "many")
        await pilot.press("f8")
        await wait_for_text(pilot, "to put right")
        text = flat_text(screen_text(pilot.app))
        assert "Must be a whole number, not the text 'many'." in text
        assert not (operated.root / "sprints/works/reviews").exists()
    async with open_app(operated.root) as pilot:
        await wait_for_text(pilot, "A review is begun and not saved")
        form = await open_form(pilot)
        assert form.is_restored and form.answers == {"metric": "54", "cases": "many"}
        await pilot.press("escape")


@pytest.mark.slow
async def test_a_review_that_decides_to_stop_is_saved_and_asks_for_the_closing(
    operated: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(operated.root, opening=PAGE) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await open_form(pilot)
        await type_figures(pilot, SEPTEMBER, "880", choice=4)
        await pilot.press("f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordReviewScreen))
        await pilot.press("enter")
        saved = operated.root / "sprints/works/reviews/2026-09.toml"
        await wait_until(pilot, saved.exists)
        await wait_for_text(pilot, "works is operating until it is")
    async with open_app(operated.root) as pilot:
        await wait_for_text(pilot, "The review of September 2026 decided to stop: close it")
        assert "operating" in screen_text(pilot.app)
