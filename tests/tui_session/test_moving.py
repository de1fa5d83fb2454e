"""Moving around in a session with keys and the mouse; nothing typed is lost on the way."""

from __future__ import annotations

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.analysis import value_at
from sprintkit.charter.paths import parse
from sprintkit.store import files
from sprintkit.tui import key_bindings
from sprintkit.tui.screens.palette import entries
from tests.tui.helpers import click_text, screen_text, wait_until
from tests.tui_session.helpers import (
    answer_and_go,
    current_session,
    focused_editor,
    focused_path,
    go_to,
    is_open,
    open_session,
    paste,
    post_key,
    question_list,
)


async def test_keys_lead_from_question_to_question_and_from_section_to_section(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        assert focused_path(app) == "success_metric.name"
        for keys, path in (
            ("enter", "success_metric.unit"),
            ("tab", "success_metric.baseline"),
            ("ctrl+n", "success_metric.target"),
            ("shift+tab", "success_metric.baseline"),
            ("down down up", "success_metric.target"),
            ("f4", "data_requirements[0].name"),
            ("shift+tab", "success_metric.source"),  # the last question of a section is before the next one
            ("enter", "data_requirements[0].name"),
            ("f3 f3", "owner.person"),
            ("f5 home enter", "charter.title"),
        ):
            await pilot.press(*keys.split())
            assert focused_path(app) == path, keys
        assert app.focused is focused_editor(app)


async def test_in_prose_enter_starts_a_line_arrows_move_in_it_and_tab_goes_on(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await go_to(app, pilot, "use_case.current_way")
        focused_editor(app).replace_text("one")
        await pilot.press("enter", "t", "w", "o", "tab")
        assert current_session(app).document["use_case"]["current_way"] == "one\ntwo"
        assert focused_path(app) == "owner.person"
        await go_to(app, pilot, "use_case.current_way")
        focused_editor(app).replace_text("first line\nsecond line")
        await pilot.press("up")
        assert focused_path(app) == "use_case.current_way"
        await pilot.press("up")
        assert focused_path(app) != "use_case.current_way"


@pytest.mark.slow
async def test_keys_pressed_faster_than_the_screen_follows_land_in_order(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        for character in "Median minutes\rminutes\r95\r50\r29 May 2026\r80\rCRM log\r":
            post_key(app, "enter" if character == "\r" else character)
        await wait_until(pilot, lambda: focused_path(app) == "data_requirements[0].name")
        metric = current_session(app).document["success_metric"]
        assert [metric[key] for key in ("name", "unit", "baseline", "target", "stop_line", "source")] == [
            "Median minutes", "minutes", 95, 50, 80, "CRM log",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "path", "value"),
    [
        ("f8 enter M e d i a n enter", "success_metric.name", "Median"),
        ("f8 down enter m i n enter", "success_metric.unit", "min"),
        ("f6 T u n d e enter escape", "parked[0].holder", "Tunde"),
        ("f5 down enter C R M enter", "data_requirements[0].name", "CRM"),
    ],
)
async def test_keys_pressed_before_the_next_screen_opens_wait_for_it(
    keys: str, path: str, value: str, half_answered: WorkspaceContext
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        for key in keys.split():
            post_key(app, key)
        await wait_until(pilot, lambda: value_at(current_session(app).document, parse(path)) == value)
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))


async def test_escape_goes_back_one_step_at_a_time_and_loses_nothing(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await go_to(app, pilot, "data_requirements[0].system")
        await paste(app, pilot, "CR")
        await pilot.press("escape")
        assert question_list(app).spot == ("item", "data_requirements[0]")
        await pilot.press("escape")
        assert app.focused is not None and app.focused.id == "agenda"
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "HomeScreen"))
    draft = files.load_file(half_answered.root, "sprints/half/draft.toml").document
    assert draft["data_requirements"] == [{"system": "CR"}]


async def test_f7_goes_to_the_next_answer_that_is_missing_or_wrong(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await answer_and_go(app, pilot, "Median minutes", "f7")
        assert focused_path(app) == "success_metric.unit"
        await answer_and_go(app, pilot, "minutes", "enter")
        await answer_and_go(app, pilot, "lots", "f7")
        await pilot.press("shift+f7")
        assert focused_path(app) == "success_metric.baseline"
        assert "Type a number" in screen_text(app)


@pytest.mark.slow
async def test_f2_explains_the_finding_in_focus(weak_draft: WorkspaceContext) -> None:
    async with open_session(weak_draft, "weak") as (app, pilot):
        await go_to(app, pilot, "success_metric.name")
        assert "MET-001" in screen_text(app)
        await pilot.press("f2")
        await wait_until(pilot, lambda: "When it applies" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "When it applies" not in screen_text(app))


@pytest.mark.slow
async def test_a_finding_shows_while_typing_and_moves_nothing_and_f2_says_where_no_rule_objects(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await go_to(app, pilot, "success_metric.baseline")
        assert "Why this is asked" in screen_text(app)
        before = [line.find("Target") for line in screen_text(app).splitlines()]
        await paste(app, pilot, "about 2 hours")
        await wait_until(pilot, lambda: "Type only the number" in screen_text(app))
        assert [line.find("Target") for line in screen_text(app).splitlines()] == before
        await pilot.press("ctrl+u")
        await paste(app, pilot, "120")
        await wait_until(pilot, lambda: "Type only the number" not in screen_text(app))
        await pilot.press("ctrl+u", "f2")
        await wait_until(pilot, lambda: "No rule objects here." in screen_text(app))


# The foot and the mouse


@pytest.mark.slow
async def test_foot_and_palette_offer_the_same(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half", (200, 60)) as (app, pilot):

        def offered_by_both() -> set[str]:
            foot = screen_text(app).splitlines()[-1] + "   "
            palette = {entry.name.lower() for entry in entries(app, app.screen)}
            for command in key_bindings.commands_in_scope(app.screen.SCOPE):
                if command.footer_rank and command.is_in_palette:
                    is_at_foot = f"{key_bindings.key_label(command.key)} {command.label}   " in foot
                    assert is_at_foot is (command.label.lower() in palette), (command.id, foot)
            return palette

        offered = {}
        for path in ("success_metric.name", "timeline.start", "owner.person", "plan.milestones[0]"):
            await go_to(app, pilot, path)
            offered[path] = offered_by_both()
        assert {path for path, labels in offered.items() if "calendar" in labels} == {"timeline.start"}
        assert "list" in offered["plan.milestones[0]"] and "list" not in offered["owner.person"]
        await pilot.press("f5")
        assert "park" not in offered_by_both()
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        offered_by_both()


@pytest.mark.slow
async def test_the_mouse_reaches_rows_sections_choices_and_keys(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await click_text(pilot, "Stop line")
        assert focused_path(app) == "success_metric.stop_line"
        await click_text(pilot, "Integration")
        assert focused_path(app) == "integration_points[0].tool"
        await go_to(app, pilot, "data_requirements[0].access")
        await click_text(pilot, "( ) requested")
        session = current_session(app)
        await wait_until(pilot, lambda: session.text("data_requirements[0].access") == "requested")
        await click_text(pilot, "F8 review")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))


# Coming back


@pytest.mark.slow
async def test_a_session_opens_where_it_was_left(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await go_to(app, pilot, "plan.milestones[1].due_week")
        await paste(app, pilot, "4")
        await pilot.press("ctrl+q")
    async with open_session(half_answered, "half") as (app, _pilot):
        assert focused_path(app) == "plan.milestones[1].due_week"
        assert focused_editor(app).text == "4"


async def test_without_a_terminal_no_editor_opens_and_nothing_changes(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await pilot.press("ctrl+o")
        assert current_session(app).document.get("success_metric") is None
