"""The lean path in the app: from a title to a saved charter, and the screen that asks for the title."""

from __future__ import annotations

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.store import files
from sprintkit.tui.widgets.editor import TextEditor
from tests.actions.session_helpers import LEAN_ANSWERS
from tests.tui.helpers import screen_text, wait_for_text, wait_until
from tests.tui_session.helpers import (
    current_session,
    focused_path,
    is_open,
    open_session,
    paste,
    post_key,
    post_text,
    settle,
)


@pytest.mark.slow
async def test_the_core_is_asked_in_order_and_saved_as_a_charter(empty: WorkspaceContext) -> None:
    async with open_session(empty, None, (80, 24)) as (app, pilot):
        await paste(app, pilot, "Every hire enquiry to one rep")
        await wait_for_text(pilot, "sprints/every-hire-enquiry-to-one-rep/")
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        asked = []
        for path, text in LEAN_ANSWERS:
            asked.append(focused_path(app))
            if path.endswith(".access"):
                post_key(app, "g")
            else:
                post_text(app, text)
            post_key(app, "tab" if path == "use_case.current_way" else "enter")
            await settle(app)
        assert asked == [path for path, _ in LEAN_ANSWERS]
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await wait_until(pilot, lambda: "Save the charter" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "The charter is saved" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "HomeScreen"))
    charter = files.load_file(empty.root, "sprints/every-hire-enquiry-to-one-rep/charter.toml").document
    assert charter["timeline"]["deadline"].isoformat() == "2026-03-27"
    assert charter["data_requirements"][0]["access"] == "granted"
    assert [milestone.get("category") for milestone in charter["plan"]["milestones"]] == [None, "live"]
    assert charter["people"].keys() == {"bram", "odile", "suvi", "tunde"}


@pytest.mark.slow
async def test_the_next_start_begins_empty_and_offers_the_title_typed_before(empty: WorkspaceContext) -> None:
    async with open_session(empty, None) as (app, pilot):
        await paste(app, pilot, "Every hire enq")
        await pilot.press("escape")
    async with open_session(empty, None) as (app, pilot):
        await wait_for_text(pilot, "ctrl+t Typed earlier, but not begun: Every hire enq")
        assert app.screen.query_one("#title", TextEditor).text == ""
        await pilot.press("escape")
    async with open_session(empty, None) as (app, pilot):
        await wait_for_text(pilot, "Typed earlier")
        await paste(app, pilot, "Another")
        await wait_until(pilot, lambda: "Typed earlier" not in screen_text(app))
        await pilot.press("ctrl+u")
        await wait_for_text(pilot, "Typed earlier")
        await pilot.press("ctrl+t")
        assert app.screen.query_one("#title", TextEditor).text == "Every hire enq"


async def test_a_session_does_not_begin_without_a_title(empty: WorkspaceContext) -> None:
    async with open_session(empty, None) as (app, pilot):
        await pilot.press("enter")
        assert "Type a title first." in screen_text(app)
        assert is_open(app, "NewSprintScreen")


async def test_full_depth_is_chosen_before_the_session_begins(empty: WorkspaceContext) -> None:
    async with open_session(empty, None) as (app, pilot):
        await paste(app, pilot, "All of it")
        await pilot.press("tab", "right", "enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert current_session(app).depth == "full"


async def test_arrows_and_tab_move_between_title_and_depth(empty: WorkspaceContext) -> None:
    async with open_session(empty, None) as (app, pilot):
        for key, focused_id in (
            ("down", "depth"),
            ("up", "title"),
            ("down", "depth"),
            ("shift+tab", "title"),
            ("tab", "depth"),
        ):
            await pilot.press(key)
            assert app.focused is not None and app.focused.id == focused_id
