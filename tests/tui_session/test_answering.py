"""Answering in a session: people, choices, dates, lists, undo and parking."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.store import files
from tests.tui.helpers import flat_text, screen_text, wait_until
from tests.tui_session.helpers import (
    answer_and_go,
    current_session,
    focused_editor,
    focused_path,
    go_to,
    is_open,
    open_session,
    post_key,
    question_list,
    settle,
)

# People


async def test_a_person_is_taken_by_letters_or_arrows_typed_anew_or_put_right_after_a_slip(
    half_answered: WorkspaceContext,
) -> None:
    path = "data_requirements[0].data_owner"
    async with open_session(half_answered, "half") as (app, pilot):
        session = current_session(app)
        for keys, hint, answer in (
            ("o d", "Enter takes Odile Tamsworth", "enter"),
            ("down down down up", "", "enter"),
            ("O d i l e space T a m s w o r h t", "Did you mean Odile Tamsworth?", "down enter"),
        ):
            session.answer(path, "")
            await go_to(app, pilot, path)
            await pilot.press(*keys.split())
            await wait_until(pilot, lambda hint=hint: hint in flat_text(screen_text(app)))
            await pilot.press(*answer.split())
            assert session.document["data_requirements"][0]["data_owner"] == "odile", keys
            assert focused_path(app) == "data_requirements[0].access", keys
        session.answer(path, "")
        await go_to(app, pilot, path)
        await answer_and_go(app, pilot, "Odilon Redon")
        assert session.document["data_requirements"][0]["data_owner"] == "odilon"
        assert session.document["people"]["odilon"] == {"name": "Odilon Redon"}


async def test_what_is_grey_is_taken_by_the_arrow_and_never_by_enter(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        session = current_session(app)
        session.answer("data_requirements[0].system", "Salesforce")
        for keys, tool in ((("enter",), "Sal"), (("right", "enter"), "Salesforce")):
            session.answer("integration_points[0].tool", "")
            await go_to(app, pilot, "integration_points[0].tool")
            await pilot.press(*"Sal")
            await wait_until(pilot, lambda: "→ completes it" in flat_text(screen_text(app)))
            await pilot.press(*keys)
            assert session.document["integration_points"][0]["tool"] == tool


# Choices, days


@pytest.mark.slow
async def test_a_choice_is_made_by_arrows_numbers_or_letters(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        session = current_session(app)
        for keys, value in (
            ("g", "granted"),
            ("right right", "requested"),
            ("left", "none"),
            ("2", "requested"),
            ("n o", "none"),
            ("p e", "pe"),
            ("g backspace", None),
            ("1 delete", None),
        ):
            session.answer("data_requirements[0].access", "")
            await go_to(app, pilot, "data_requirements[0].access")
            await pilot.press(*keys.split(), "enter")
            source = session.document.get("data_requirements", [{}])[0]
            assert source.get("access") == value, keys
            assert focused_path(app) == "integration_points[0].tool", keys


async def test_what_was_typed_and_deleted_again_is_gone_and_pasted_lines_are_joined_with_spaces(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        session = current_session(app)
        for keys, text in (("a b", "ab"), ("backspace backspace", ""), ("c", "c")):
            await pilot.press(*keys.split())
            await wait_until(pilot, lambda text=text: session.text("success_metric.name") == text)
        await pilot.press("backspace", "enter")
        assert "name" not in session.document.get("success_metric", {})
        await pilot.press("shift+tab")
        await answer_and_go(app, pilot, "Median\r\nminutes\nto contact")
        assert session.document["success_metric"]["name"] == "Median minutes to contact"


async def test_any_number_of_defects_can_be_ticked(lead_charter: WorkspaceContext) -> None:
    async with open_session(lead_charter, "lead") as (app, pilot):
        await go_to(app, pilot, "data_requirements[0].looked_for")

        def looked_for() -> list[str]:
            kinds: list[str] = current_session(app).document["data_requirements"][0]["looked_for"]
            return kinds

        await pilot.press("space", "right", "right", "space", "8")
        await wait_until(pilot, lambda: "conflicting_source" in looked_for())
        assert not {"null", "placeholder"} & set(looked_for())
        await pilot.press("*")
        await wait_until(pilot, lambda: len(looked_for()) == 8)


async def test_a_day_is_picked_from_the_calendar(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await go_to(app, pilot, "timeline.start")
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: "February 2026" in screen_text(app))
        await pilot.press("down", "right", "right", "right", "right", "enter")
        await wait_until(pilot, lambda: "= Monday 16 February 2026" in screen_text(app))
        assert current_session(app).document["timeline"]["start"].isoformat() == "2026-02-16"


@pytest.mark.slow
async def test_down_takes_the_name_that_is_shown_for_what_was_typed(lead_charter: WorkspaceContext) -> None:
    async with open_session(lead_charter, "lead") as (app, pilot):
        await go_to(app, pilot, "plan.milestones[1].verifier")
        await pilot.press("ctrl+u", *"raut")
        await wait_until(pilot, lambda: "↓ Suvi Rautakerr" in screen_text(app))
        await pilot.press("down", "enter")
        verifier = current_session(app).document["plan"]["milestones"][1]["verifier"]
        assert current_session(app).document["people"][verifier]["name"] == "Suvi Rautakerr"


@pytest.mark.slow
async def test_the_room_makes_the_judge_calm_or_switches_it_off_for_this_session(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        session = current_session(app)
        session.answer("deliverable.acceptance[0].claim", "the solution fits the needs of the depot")
        rules = {finding.rule for finding in session.analysis.findings}
        assert "ANS-001" in rules
        await go_to(app, pilot, "deliverable.acceptance[0].claim")
        await wait_until(pilot, lambda: "ctrl+p, judge" in screen_text(app))
        document = session.document
        await pilot.press("f11")
        await wait_until(pilot, lambda: "(ANS-001) (now)" in screen_text(app))
        await pilot.press("f6")
        await wait_until(pilot, lambda: "judge off" in screen_text(app))
        assert {finding.rule for finding in session.analysis.findings} == rules - {"ANS-001"}
        session.answer("deliverable.acceptance[0].claim", "integration tested")
        assert "ANS-001" not in {finding.rule for finding in session.analysis.findings}
        session.undo()
        assert session.document == document
        assert not (Path(half_answered.root) / "sprintkit.toml").exists()
        await pilot.press("f11")
        await wait_until(pilot, lambda: "remarks on nothing (now)" in screen_text(app))
        await pilot.press("f3")
        await wait_until(pilot, lambda: "judge calm" in screen_text(app))


# Lists


@pytest.mark.slow
async def test_items_are_added_copied_moved_and_deleted_by_keys(lead_charter: WorkspaceContext) -> None:
    async with open_session(lead_charter, "lead") as (app, pilot):
        await go_to(app, pilot, "plan.milestones[1].title")

        def titles() -> list[str]:
            return [
                milestone.get("title", "")
                for milestone in current_session(app).document["plan"]["milestones"]
            ]

        first = titles()
        await pilot.press("alt+down")
        assert titles()[1:3] == [first[2], first[1]]
        assert focused_path(app) == "plan.milestones[2].title"
        await pilot.press("alt+up")
        assert titles() == first
        await pilot.press("f9", "c")
        await wait_until(pilot, lambda: len(titles()) == 9)
        assert titles()[2] == first[1]
        if question_list(app).spot.kind == "question":
            await pilot.press("escape")
        await pilot.press("delete")
        await wait_until(pilot, lambda: titles() == first)
        await go_to(app, pilot, "plan.milestones[7].title")
        await pilot.press("ctrl+t")
        assert focused_path(app) == "plan.milestones[8].id"
        await pilot.press("ctrl+z")
        assert titles() == first


@pytest.mark.slow
async def test_enter_on_a_folded_item_opens_it_and_letters_only_say_where_to_type(
    lead_charter: WorkspaceContext,
) -> None:
    async with open_session(lead_charter, "lead") as (app, pilot):
        await go_to(app, pilot, "plan.milestones[1]")
        assert question_list(app).spot == ("item", "plan.milestones[1]")
        before = current_session(app).document
        for key in "add a copy":
            post_key(app, "space" if key == " " else key)
        await settle(app)
        assert current_session(app).document == before
        assert "Nothing can be typed here. Enter opens it" in flat_text(screen_text(app))
        await pilot.press("enter")
        assert focused_path(app).startswith("plan.milestones[")
        await pilot.press("f5")
        await wait_until(pilot, lambda: app.focused is not None and app.focused.id == "agenda")
        for key in "said":
            post_key(app, key)
        await settle(app)
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        for key in "saves nothing":
            post_key(app, "space" if key == " " else key)
        await settle(app)
        assert is_open(app, "CharterReviewScreen") and current_session(app).document == before


@pytest.mark.slow
async def test_what_lean_does_not_ask_shows_at_a_key_and_ctrl_g_asks_all(
    half_answered: WorkspaceContext,
) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        before = current_session(app).document
        await pilot.press("ctrl+g")
        assert current_session(app).depth == "full"
        await wait_until(pilot, lambda: "Process" in screen_text(app))
        await pilot.press("ctrl+g")
        assert current_session(app).document == before

        await go_to(app, pilot, "timeline.weeks")
        assert "Deadline" not in screen_text(app)
        for _ in range(12):
            if question_list(app).spot.kind == "more":
                break
            await pilot.press("down")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Deadline" in screen_text(app))


# Undo


async def test_ctrl_z_undoes_a_change_in_whatever_section_it_was(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await answer_and_go(app, pilot, "Median minutes")
        await answer_and_go(app, pilot, "minutes")
        await pilot.press("f4", "ctrl+z")
        assert focused_path(app) == "success_metric.unit"
        assert focused_editor(app).text == ""
        await pilot.press("ctrl+z")
        assert focused_path(app) == "success_metric.name"
        await pilot.press("ctrl+y", "ctrl+y")
        assert current_session(app).document["success_metric"] == {
            "name": "Median minutes",
            "unit": "minutes",
        }


# Parking


@pytest.mark.slow
async def test_a_question_is_parked_with_holder_and_day_and_unparked(half_answered: WorkspaceContext) -> None:
    async with open_session(half_answered, "half") as (app, pilot):
        await go_to(app, pilot, "success_metric.baseline")

        async def open_parking() -> None:
            await pilot.press("f6")
            await wait_until(pilot, lambda: is_open(app, "ParkScreen"))

        # Escape before anybody is named parks nothing.
        await open_parking()
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert "parked" not in current_session(app).document
        await wait_until(pilot, lambda: "Not parked" in screen_text(app))

        await open_parking()
        await answer_and_go(app, pilot, "Tunde Okonfield")
        await answer_and_go(app, pilot, "12 Feb 2026")
        await answer_and_go(app, pilot, "ask for three months")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        (parked,) = current_session(app).document["parked"]
        assert (parked["holder"], parked["due"].isoformat()) == ("Tunde Okonfield", "2026-02-12")
        await wait_until(pilot, lambda: "1 parked" in screen_text(app))
        assert "Tunde: Baseline" in screen_text(app)
        await open_parking()
        await pilot.press("f6")
        await wait_until(pilot, lambda: "parked" not in current_session(app).document)

        # The dialog has help of its own, and ctrl+q quits from it.
        await open_parking()
        await pilot.press("f1")
        await wait_until(pilot, lambda: "Nobody in the room knows" in screen_text(app))
        assert "Unpark" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await pilot.press("ctrl+q")
        assert app.return_code == 0
    assert "parked" not in files.load_file(half_answered.root, "sprints/half/draft.toml").document
