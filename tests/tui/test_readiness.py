"""The readiness questions by keys: from an empty folder to a sprint, and on the page of a sprint."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from textual.pilot import Pilot

from sprintkit.actions.readiness.readiness import record_readiness
from sprintkit.records.readiness import readiness_questions
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.confirm import ConfirmScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.readiness.result import ReadinessResultScreen
from sprintkit.tui.screens.readiness.screen import ReadinessScreen
from sprintkit.tui.screens.session.new_sprint import NewSprintScreen
from sprintkit.tui.screens.session.prompt import PromptScreen
from sprintkit.tui.screens.session.screen import SessionScreen
from sprintkit.tui.screens.sprint import SprintScreen
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_golden,
    assert_goldens,
    clear_notifications,
    flat_text,
    resize,
    screen_text,
    sprint_app,
    type_text,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import HOSTILE, WorkspaceBuilder

WORKED = "21102 11020 22121 21222 12102".replace(" ", "")
"""The worked example of the score: 60, 40, 80, 90 and 60."""
MAX_KEYS = 60
"""Keys that a newcomer needs at most for all 25 questions."""


async def wait_for_screen(pilot: Pilot[int], screen: type) -> None:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, screen))


async def wait_until_saved(pilot: Pilot[int]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, ReadinessScreen)
    await wait_until(pilot, lambda: screen.sheet.draft.writer.status.is_saved)
    await wait_until(pilot, lambda: screen.status_text == "draft saved")


async def test_a_newcomer_answers_all_25_questions_and_begins_scoping_with_them(
    tmp_path: Path, open_app: OpenApp
) -> None:
    folder = tmp_path / "quernmoor"
    folder.mkdir()
    keys: list[str] = []

    async def press(*pressed: str) -> None:
        keys.extend(pressed)
        await pilot.press(*pressed)

    async with open_app(folder) as pilot:
        await wait_for_text(pilot, "R make a workspace here, and see how ready you are: 25 questions")
        await press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        await press(*WORKED[:8])
        await wait_until_saved(pilot)
        await assert_goldens(pilot, "readiness-begun")
        await press(*WORKED[8:])
        await wait_for_screen(pilot, ReadinessResultScreen)
        assert len(keys) <= MAX_KEYS
        shown = flat_text(screen_text(pilot.app))
        for part in ("scope, but fix process first", "weighted 62.88", "equal 66", "weakest 40 process"):
            assert part in shown
        await assert_goldens(pilot, "readiness-result")
        await press("enter")
        await wait_for_screen(pilot, NewSprintScreen)
        await wait_for_text(pilot, "ctrl+r (•) include the readiness answers: scope, but fix process first")
        await type_text(pilot, "Route leads")
        await press("enter")
        await wait_for_screen(pilot, SessionScreen)
        await wait_for_text(pilot, "Saved sprints/route-leads/readiness.toml.")
        record = tomli.loads((folder / "sprints/route-leads/readiness.toml").read_text("utf-8"))
        scores = [{0: "0", 0.5: "1", 1: "2"}[record["answers"][name]] for name in readiness_questions()]
        assert "".join(scores) == WORKED
        assert not (folder / ".sprintkit/forms/readiness.json").exists()
    assert len(keys) < 30


async def test_leaving_loses_nothing_and_every_answer_can_be_changed(
    tmp_path: Path, open_app: OpenApp
) -> None:
    builder = WorkspaceBuilder(tmp_path / "quernmoor")
    async with open_app(builder.root, size=(80, 24)) as pilot:
        await pilot.press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        await pilot.press("2", "n", "s")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        screen = pilot.app.screen
        assert isinstance(screen, ReadinessScreen)
        await wait_for_text(pilot, "3 of 25 answered · draft restored")
        assert screen.focused_id == "field_owners"  # the first one that is open
        await pilot.press("up", "h", "up", "delete")
        assert screen.sheet.scores == {"live_rows_read": 1.0, "defects_measured": 0.0}
        await pilot.press("f4", "f4", "1", "f3", "f3")
        assert screen.focused_id == "steps_written"
        await pilot.press("f8")
        await wait_for_text(pilot, "The band comes with the last answer: 22 questions open.")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, ReadinessResultScreen)  # there is nothing to begin with yet
        await pilot.press("escape", "ctrl+r")
        await wait_for_screen(pilot, ConfirmScreen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: not (builder.root / ".sprintkit/forms/readiness.json").exists())
        await wait_for_text(pilot, "0 of 25 answered")
        screen.cursor = 24
        await pilot.press("1")
        assert screen.cursor == 0  # after the last question comes the first one that is open
        await pilot.press("escape")


async def test_the_place_of_a_proof_is_optional(tmp_path: Path, open_app: OpenApp) -> None:
    builder = WorkspaceBuilder(tmp_path / "quernmoor")
    async with open_app(builder.root) as pilot:
        await pilot.press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        screen = pilot.app.screen
        assert isinstance(screen, ReadinessScreen)
        await pilot.press("p")
        assert pilot.app.screen is screen  # nothing is shown yet
        await pilot.press("1", "2")
        await wait_for_text(pilot, "p where can it be seen? Defect rates measured")
        await pilot.press("p")
        await wait_for_screen(pilot, PromptScreen)
        await type_text(pilot, HOSTILE)
        await pilot.press("enter")
        await wait_for_text(pilot, "Defect rates measured: seen in [/] [TODO] [b +x]")
        assert screen.sheet.proof_of("defects_measured").startswith("[/] [TODO]")
        assert screen.focused_id == "one_truth"
        await pilot.press("b")
        await wait_for_screen(pilot, PromptScreen)
        await type_text(pilot, "Odile Tamsworth")
        await pilot.press("enter")
        await wait_for_text(pilot, "2 of 25 answered · by Odile Tamsworth")
        await pilot.press("2", "p", "escape")
        assert screen.sheet.proof_of("one_truth") == ""


@pytest.mark.slow
async def test_a_sprint_has_its_answers_on_its_page_and_two_people_do_not_collide(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    slug = "lead-routing"
    path = samples.root / f"sprints/{slug}/readiness.toml"
    async with open_app(samples.root, opening=Opening("sprint", slug)) as pilot:
        await wait_for_screen(pilot, SprintScreen)
        await pilot.press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        await wait_for_text(pilot, f"Readiness of {slug}")
        await pilot.press(*WORKED)
        await wait_for_screen(pilot, ReadinessResultScreen)
        assert "Enter saves it in the sprint" in screen_text(pilot.app)
        others = dict.fromkeys(readiness_questions(), 1.0)
        context = sprint_app(pilot).context
        assert context is not None
        record_readiness(context, slug, {"answers": others})
        await pilot.press("enter")
        await wait_for_screen(pilot, ConfirmScreen)
        assert "Replace the answers that were saved?" in screen_text(pilot.app)
        assert tomli.loads(path.read_text("utf-8"))["answers"] == others
        await pilot.press("enter")
        await wait_for_screen(pilot, SprintScreen)
        assert tomli.loads(path.read_text("utf-8"))["answers"]["deputy"] == 1.0
        assert tomli.loads(path.read_text("utf-8"))["answers"]["fallback_tried"] == 0.0
        await clear_notifications(pilot)
        await pilot.press("end")
        await wait_for_text(pilot, "Readiness scope, but fix process first; weighted 62.88, equal 66")
        await pilot.press("R")
        await wait_for_text(pilot, "25 of 25 answered")


async def test_a_new_sprint_offers_the_answers_and_does_not_take_them_unasked(
    tmp_path: Path, open_app: OpenApp
) -> None:
    builder = WorkspaceBuilder(tmp_path / "quernmoor")
    async with open_app(builder.root, size=(80, 24)) as pilot:
        await pilot.press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        await pilot.press(*WORKED)
        await wait_for_screen(pilot, ReadinessResultScreen)
        await pilot.press("escape", "escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("n")
        await wait_for_screen(pilot, NewSprintScreen)
        await wait_for_text(pilot, "ctrl+r ( ) include the readiness answers: scope, but fix process first")
        assert_golden(pilot.app, "readiness-offered", 80, 24)
        await type_text(pilot, "Route leads")
        await pilot.press("ctrl+r", "ctrl+r", "enter")
        await wait_for_screen(pilot, SessionScreen)
        assert not (builder.root / "sprints/route-leads/readiness.toml").exists()
        assert (builder.root / ".sprintkit/forms/readiness.json").exists()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(60, 16), (100, 24)])
async def test_every_question_is_in_sight_while_it_is_answered(
    tmp_path: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    builder = WorkspaceBuilder(tmp_path / "quernmoor")
    async with open_app(builder.root, size=size) as pilot:
        await pilot.press("R")
        await wait_for_screen(pilot, ReadinessScreen)
        for question in readiness_questions().values():
            await wait_for_text(pilot, f"▸ {' '.join(question.prompt.split()[:3])}")
            await pilot.press("1")
        await wait_for_screen(pilot, ReadinessResultScreen)
        await resize(pilot, 120, 40)
        await wait_for_text(pilot, "scope, but fix data first")
