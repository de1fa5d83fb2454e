"""Keys and the mouse in a session: going about, lists, taking back, and that nothing typed is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope.scope import apply_answers
from sprintkit.actions.session.analysis import value_at
from sprintkit.charter.paths import parse
from sprintkit.store import files
from sprintkit.tui import commands
from sprintkit.tui.screens.palette import entries
from tests.actions.session_kit import LEAN, begin, type_all, workspace
from tests.conftest import example
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import answer_and_go, focused_editor, is_open, open_session, paste, current_session, question_list


def half_answered_workspace(tmp_path: Path) -> WorkspaceContext:
    """A workspace with the lean sprint `half`, answered as far as the owner, and the cursor on the metric."""
    desk = workspace(tmp_path)
    session = begin(desk, "Half", slug="half")
    type_all(session, LEAN[:11])
    session.stay("success_metric", "question:success_metric.name")
    session.close()
    return desk


def workspace_with_example(tmp_path: Path, name: str = "lead") -> WorkspaceContext:
    """A workspace with an example as an unsigned charter, or as a draft where it is none."""
    desk = workspace(tmp_path)
    apply_answers(desk, name, source=example(name))
    return desk


def focused_path(app: object) -> str:
    """The path of the row in focus."""
    return question_list(app).spot.path  # type: ignore[arg-type]


async def test_enter_tab_and_ctrl_n_are_next_and_shift_tab_is_back(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        assert focused_path(app) == "success_metric.name"
        for key, path in (
            ("enter", "unit"),
            ("tab", "baseline"),
            ("ctrl+n", "target"),
            ("shift+tab", "baseline"),
        ):
            await pilot.press(key)
            assert focused_path(app) == f"success_metric.{path}"


async def test_enter_is_a_line_in_prose_and_tab_goes_on(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("use_case.current_way")
        await pilot.pause()
        focused_editor(app).replace_text("one")
        await pilot.press("enter", "t", "w", "o", "tab")
        assert current_session(app).document["use_case"]["current_way"] == "one\ntwo"
        assert focused_path(app) == "owner.person"


async def test_keys_pressed_faster_than_the_screen_follows_land_in_order(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        for character in "Median minutes\rminutes\r95\r50\r29 May 2026\r80\rCRM log\r":
            key = "enter" if character == "\r" else character
            app.post_message(events.Key(key, None if key == "enter" else character))
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
async def test_keys_that_come_before_the_next_screen_wait_for_it(
    keys: str, path: str, value: str, tmp_path: Path
) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        for key in keys.split():
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_until(
            pilot,
            lambda: (
                is_open(app, "SessionScreen") and value_at(current_session(app).document, parse(path)) == value
            ),
        )


async def test_arrows_go_from_row_to_row_and_through_long_text_first(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await pilot.press("down", "down", "up")
        assert focused_path(app) == "success_metric.unit"
        app.screen.go_to_path("use_case.current_way")
        await pilot.pause()
        focused_editor(app).replace_text("first line\nsecond line")
        await pilot.press("up")
        assert focused_path(app) == "use_case.current_way"
        await pilot.press("up")
        assert focused_path(app) != "use_case.current_way"


async def test_the_last_question_of_a_section_leads_to_the_next_section(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("success_metric.source")
        await pilot.pause()
        await pilot.press("enter")
        assert focused_path(app) == "data_requirements[0].name"
        await pilot.press("shift+tab")
        assert focused_path(app) == "success_metric.source"


async def test_sections_are_reached_by_f3_f4_and_the_agenda(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await pilot.press("f4")
        assert focused_path(app) == "data_requirements[0].name"
        await pilot.press("f3", "f3")
        assert focused_path(app).startswith("owner.")
        await pilot.press("f5", "home", "enter")
        assert focused_path(app).startswith("charter.")
        assert app.focused is focused_editor(app)


async def test_escape_goes_one_step_at_a_time_and_loses_nothing(tmp_path: Path) -> None:
    desk = half_answered_workspace(tmp_path)
    async with open_session(desk, "half") as (app, pilot):
        app.screen.go_to_path("data_requirements[0].system")
        await pilot.pause()
        await paste(app, pilot, "CR")
        await pilot.press("escape")
        assert question_list(app).spot == ("item", "data_requirements[0]")
        await pilot.press("escape")
        assert app.focused is not None and app.focused.id == "agenda"
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "HomeScreen"))
        assert files.load_file(desk.root, "sprints/half/draft.toml").document["data_requirements"] == [
            {"system": "CR"}
        ]


async def test_f7_goes_to_the_next_thing_that_is_missing_or_wrong(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await answer_and_go(app, pilot, "Median minutes", "f7")
        assert focused_path(app) == "success_metric.unit"
        await answer_and_go(app, pilot, "minutes", "enter")
        await answer_and_go(app, pilot, "lots", "f7")
        await pilot.press("shift+f7")
        assert focused_path(app) == "success_metric.baseline"
        assert "A number is wanted" in screen_text(app)


async def test_f2_explains_the_finding_in_focus(tmp_path: Path) -> None:
    async with open_session(workspace_with_example(tmp_path, "weak"), "weak") as (app, pilot):
        app.screen.go_to_path("success_metric.name")
        await pilot.pause()
        assert "MET-001" in screen_text(app)
        await pilot.press("f2")
        await pilot.pause()
        assert "When it applies" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "When it applies" not in screen_text(app)


async def test_a_finding_shows_while_typing_and_moves_nothing(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("success_metric.baseline")
        await pilot.pause()
        before = [line.find("Target") for line in screen_text(app).splitlines()]
        await paste(app, pilot, "about 2 hours")
        await wait_until(pilot, lambda: "A number is wanted" in screen_text(app))
        assert [line.find("Target") for line in screen_text(app).splitlines()] == before
        await pilot.press(*["backspace"] * 13)
        await paste(app, pilot, "120")
        await wait_until(pilot, lambda: "A number is wanted" not in screen_text(app))


# People


async def test_a_known_person_is_taken_by_the_beginning_of_the_name(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("data_requirements[0].data_owner")
        await pilot.pause()
        await pilot.press("o", "d")
        await pilot.pause(0.1)
        assert "Enter takes Odile Tamsworth" in screen_text(app)
        await pilot.press("enter")
        assert current_session(app).document["data_requirements"][0]["data_owner"] == "odile"


async def test_a_person_is_picked_with_the_arrows(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("data_requirements[0].data_owner")
        await pilot.pause()
        await pilot.press("down", "down", "down", "up", "enter")
        assert current_session(app).document["data_requirements"][0]["data_owner"] == "odile"
        assert focused_path(app) == "data_requirements[0].access"


async def test_somebody_new_is_typed_in_the_same_place(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("data_requirements[0].data_owner")
        await pilot.pause()
        await answer_and_go(app, pilot, "Odilon Redon")
        document = current_session(app).document
        assert document["data_requirements"][0]["data_owner"] == "odilon"
        assert document["people"]["odilon"] == {"name": "Odilon Redon"}


# Choices, days


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["g"], "granted"),
        (["right", "right"], "requested"),
        (["left"], "none"),
        (["2"], "requested"),
        (["n", "o"], "none"),
        (["p", "e"], "pe"),
        (["g", "backspace"], None),
        (["1", "delete"], None),
    ],
)
async def test_a_choice_is_made_by_arrows_numbers_or_letters(
    keys: list[str], value: str | None, tmp_path: Path
) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("data_requirements[0].access")
        await pilot.pause()
        await pilot.press(*keys, "enter")
        source = current_session(app).document.get("data_requirements", [{}])[0]
        assert source.get("access") == value
        assert focused_path(app) == "integration_points[0].tool"


async def test_what_was_typed_and_taken_out_again_is_gone(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await pilot.press("a", "b")
        await wait_until(pilot, lambda: current_session(app).text("success_metric.name") == "ab")
        await pilot.press("backspace", "backspace")
        await wait_until(pilot, lambda: current_session(app).text("success_metric.name") == "")
        await pilot.press("c")
        await wait_until(pilot, lambda: current_session(app).text("success_metric.name") == "c")
        await pilot.press("backspace", "enter")
        assert "name" not in current_session(app).document.get("success_metric", {})


async def test_any_number_of_defects_is_ticked(tmp_path: Path) -> None:
    async with open_session(workspace_with_example(tmp_path), "lead") as (app, pilot):
        app.screen.go_to_path("data_requirements[0].looked_for")
        await pilot.pause()
        await pilot.press("space", "right", "right", "space", "8")
        await pilot.pause(0.12)
        looked = current_session(app).document["data_requirements"][0]["looked_for"]
        assert "null" not in looked and "placeholder" not in looked and "conflicting_source" in looked
        await pilot.press("*")
        await pilot.pause(0.12)
        assert len(current_session(app).document["data_requirements"][0]["looked_for"]) == 8


async def test_a_day_is_picked_from_the_calendar(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("timeline.start")
        await pilot.pause()
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: "February 2026" in screen_text(app))
        await pilot.press("down", "right", "right", "right", "right", "enter")
        await pilot.pause(0.12)
        assert str(current_session(app).document["timeline"]["start"]) == "2026-02-16"
        assert "= Monday 16 February 2026" in screen_text(app)


# Lists


async def test_items_are_added_copied_moved_and_deleted_by_keys(tmp_path: Path) -> None:
    async with open_session(workspace_with_example(tmp_path), "lead") as (app, pilot):
        app.screen.go_to_path("plan.milestones[1].title")
        await pilot.pause()

        def titles() -> list[str]:
            return [one.get("title", "") for one in current_session(app).document["plan"]["milestones"]]

        first = titles()
        await pilot.press("alt+down")
        assert titles()[1:3] == [first[2], first[1]]
        assert focused_path(app) == "plan.milestones[2].title"
        await pilot.press("alt+up")
        assert titles() == first
        await pilot.press("f9", "c")
        await wait_until(pilot, lambda: len(titles()) == 9)
        assert titles()[2] == first[1]
        await pilot.press("escape", "d") if question_list(app).spot.kind == "question" else await pilot.press("d")
        await wait_until(pilot, lambda: titles() == first)
        app.screen.go_to_path("plan.milestones[7].title")
        await pilot.pause()
        await pilot.press("ctrl+t")
        assert focused_path(app) == "plan.milestones[8].id"
        await pilot.press("ctrl+z")
        assert titles() == first


async def test_enter_on_a_folded_item_opens_it_and_letters_work_on_it(tmp_path: Path) -> None:
    async with open_session(workspace_with_example(tmp_path), "lead") as (app, pilot):
        app.screen.go_to_path("plan.milestones[1]")
        await pilot.pause()
        assert question_list(app).spot == ("item", "plan.milestones[1]")
        await pilot.press("c")
        await pilot.pause()
        assert len(current_session(app).document["plan"]["milestones"]) == 9
        await pilot.press("ctrl+z", "enter")
        assert focused_path(app).startswith("plan.milestones[")


async def test_what_lean_does_not_ask_is_one_key_away(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("timeline.weeks")
        await pilot.pause()
        assert "Deadline" not in screen_text(app)
        for _ in range(12):
            if question_list(app).spot.kind == "more":
                break
            await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause()
        assert "Deadline" in screen_text(app)


async def test_depth_is_switched_and_back(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        before = current_session(app).document
        await pilot.press("ctrl+g")
        assert current_session(app).depth == "full"
        await pilot.pause()
        assert "Process" in screen_text(app)
        await pilot.press("ctrl+g")
        assert current_session(app).document == before


# Taking back, pasting


async def test_ctrl_z_takes_back_wherever_it_was(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await answer_and_go(app, pilot, "Median minutes")
        await answer_and_go(app, pilot, "minutes")
        await pilot.press("f4", "ctrl+z")
        assert focused_path(app) == "success_metric.unit"
        assert focused_editor(app).text == ""
        await pilot.press("ctrl+z")
        assert focused_path(app) == "success_metric.name"
        await pilot.press("ctrl+y", "ctrl+y")
        assert current_session(app).document["success_metric"] == {"name": "Median minutes", "unit": "minutes"}


async def test_lines_pasted_into_one_line_are_joined_with_blanks(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await answer_and_go(app, pilot, "Median\r\nminutes\nto contact")
        assert current_session(app).document["success_metric"]["name"] == "Median minutes to contact"


# Parking


async def test_a_question_is_parked_with_holder_and_day_and_unparked(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("success_metric.baseline")
        await pilot.pause()
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await answer_and_go(app, pilot, "Tunde Okonfield")
        await answer_and_go(app, pilot, "12 Feb 2026")
        await answer_and_go(app, pilot, "ask for three months")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        parked = current_session(app).document["parked"]
        assert parked[0]["holder"] == "Tunde Okonfield"
        assert str(parked[0]["due"]) == "2026-02-12"
        await wait_until(pilot, lambda: "1 parked" in screen_text(app))
        assert "Tunde: Baseline" in screen_text(app)
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await pilot.press("f6")
        await wait_until(pilot, lambda: "parked" not in current_session(app).document)


async def test_escape_before_anybody_is_named_parks_nothing(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        app.screen.go_to_path("success_metric.baseline")
        await pilot.pause()
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert "parked" not in current_session(app).document
        await wait_until(pilot, lambda: "Not parked" in screen_text(app))


async def test_a_dialog_has_its_help_and_can_be_quit_from(tmp_path: Path) -> None:
    desk = half_answered_workspace(tmp_path)
    async with open_session(desk, "half") as (app, pilot):
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Nobody in the room knows" in screen_text(app))
        assert "Unpark" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await pilot.press("ctrl+q")
        assert app.return_code == 0
    assert "parked" not in files.load_file(desk.root, "sprints/half/draft.toml").document


async def test_foot_and_palette_offer_the_same(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half", (200, 60)) as (app, pilot):

        def agree() -> set[str]:
            foot = screen_text(app).splitlines()[-1] + "   "
            offered = {one.name.lower() for one in entries(app, app.screen)}
            told = [one for one in commands.in_scope(app.screen.SCOPE) if one.foot and one.palette]
            for one in told:
                is_told = f"{commands.key_name(one.key)} {one.label}   " in foot
                assert is_told is (one.label.lower() in offered), (one.id, foot)
            return offered

        seen = []
        for path in ("success_metric.name", "timeline.start", "owner.person", "plan.milestones[0]"):
            app.screen.go_to_path(path)
            await pilot.pause()
            seen.append(agree())
        assert "calendar" in seen[1] and "calendar" not in seen[0]
        assert "list" in seen[3] and "list" not in seen[2]
        await pilot.press("f5")
        assert "park" not in agree()
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        agree()


# The mouse


async def test_the_mouse_reaches_rows_sections_choices_and_keys(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):

        async def click(text: str) -> None:
            lines = screen_text(app).splitlines()
            y = next(at for at, line in enumerate(lines) if text in line)
            await pilot.click(offset=(lines[y].index(text) + 1, y))
            await pilot.pause()

        await click("Stop line")
        assert focused_path(app) == "success_metric.stop_line"
        await click("Integration")
        assert focused_path(app) == "integration_points[0].tool"
        app.screen.go_to_path("data_requirements[0].access")
        await pilot.pause()
        await click("( ) requested")
        await pilot.pause(0.12)
        assert current_session(app).document["data_requirements"][0]["access"] == "requested"
        await click("F8 review")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))


# Coming back


async def test_it_opens_where_it_was_left(tmp_path: Path) -> None:
    desk = half_answered_workspace(tmp_path)
    async with open_session(desk, "half") as (app, pilot):
        app.screen.go_to_path("plan.milestones[1].due_week")
        await pilot.pause()
        await paste(app, pilot, "4")
        await pilot.press("ctrl+q")
    async with open_session(desk, "half") as (app, _pilot):
        assert focused_path(app) == "plan.milestones[1].due_week"
        assert focused_editor(app).text == "4"


async def test_the_editor_of_the_person_is_opened_where_a_terminal_is(tmp_path: Path) -> None:
    async with open_session(half_answered_workspace(tmp_path), "half") as (app, pilot):
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert current_session(app).document.get("success_metric") is None
