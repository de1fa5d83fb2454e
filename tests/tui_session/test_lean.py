"""The lean path in the app: from a title to a saved charter, every core question in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.store import files
from tests.actions.session_kit import LEAN, workspace
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import answer_and_go, is_open, open_session, paste, current_session, question_list


async def test_from_a_title_to_a_saved_charter(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    async with open_session(desk, None) as (app, pilot):
        await paste(app, pilot, "Every hire enquiry to one rep")
        assert "sprints/every-hire-enquiry-to-one-rep/" in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        for path, text in LEAN:
            await wait_until(pilot, lambda path=path: question_list(app).spot.path == path)
            if path.endswith(".access"):
                await pilot.press("g", "enter")
            else:
                await answer_and_go(app, pilot, text, "tab" if path == "use_case.current_way" else "enter")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await wait_until(pilot, lambda: "Save the charter" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "The charter is saved" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "HomeScreen"))
    saved = files.load_file(desk.root, "sprints/every-hire-enquiry-to-one-rep/charter.toml").document
    assert saved["timeline"]["deadline"].isoformat() == "2026-03-27"
    assert saved["data_requirements"][0]["access"] == "granted"
    assert saved["people"].keys() == {"bram", "odile", "suvi", "tunde"}


async def test_a_title_typed_is_there_at_the_next_start(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    async with open_session(desk, None) as (app, pilot):
        await paste(app, pilot, "Every hire enq")
        await pilot.press("escape")
    async with open_session(desk, None) as (app, _pilot):
        assert "Every hire enq" in screen_text(app)


async def test_without_a_title_it_does_not_begin(tmp_path: Path) -> None:
    async with open_session(workspace(tmp_path), None) as (app, pilot):
        await pilot.press("enter")
        assert "Type a title first." in screen_text(app)
        assert type(app.screen).__name__ == "NewSprintScreen"


async def test_full_is_chosen_before_it_begins(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    async with open_session(desk, None) as (app, pilot):
        await paste(app, pilot, "All of it")
        await pilot.press("tab", "right", "enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert current_session(app).depth == "full"


@pytest.mark.parametrize("keys", [["down", "up", "down"], ["tab", "shift+tab", "tab"]])
async def test_title_and_depth_are_reached_by_arrows_and_tab(keys: list[str], tmp_path: Path) -> None:
    async with open_session(workspace(tmp_path), None) as (app, pilot):
        await pilot.press(*keys)
        assert app.focused is not None and app.focused.id == "depth"
