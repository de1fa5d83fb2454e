"""Every screen of a session as text, at 80 by 24 and 120 by 40."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope.apply_answers import apply_answers
from tests.actions.session_kit import LEAN, begin, type_all, workspace
from tests.conftest import example
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import assert_golden, current_session, is_open, open_session, paste

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def lean_workspace(tmp_path: Path) -> WorkspaceContext:
    """A workspace with a lean sprint that is half done, one of its questions parked."""
    desk = workspace(tmp_path)
    session = begin(desk, slug="lean")
    type_all(session, LEAN[:14])
    entry = session.park("success_metric.stop_line")
    session.answer(f"{entry}.holder", "Tunde Okonfield")
    session.answer(f"{entry}.due", "12 Feb 2026")
    session.remember_cursor("success_metric", "question:success_metric.target")
    session.close()
    return desk


def workspace_with_examples(tmp_path: Path) -> WorkspaceContext:
    """A workspace with the lead example and the weak one."""
    desk = workspace(tmp_path)
    for name in ("lead", "weak"):
        apply_answers(desk, name, source=example(name))
    return desk


@SIZES
async def test_a_new_sprint(size: tuple[int, int], tmp_path: Path) -> None:
    async with open_session(workspace(tmp_path), None, size) as (app, pilot):
        await assert_golden(app, pilot, "begin-empty")
        await paste(app, pilot, "Every hire enquiry to one rep in minutes")
        await assert_golden(app, pilot, "begin-title")


@SIZES
async def test_a_lean_session(size: tuple[int, int], tmp_path: Path) -> None:
    async with open_session(lean_workspace(tmp_path), "lean", size) as (app, pilot):

        async def at(path: str, name: str) -> None:
            app.screen.go_to_path(path)
            await pilot.pause()
            await pilot.pause()
            await assert_golden(app, pilot, name)

        await assert_golden(app, pilot, "lean-metric")
        await paste(app, pilot, "about 2 hours")
        await wait_until(pilot, lambda: "A number is wanted" in screen_text(app))
        await assert_golden(app, pilot, "lean-wrong-type")
        await pilot.press("ctrl+z")
        await pilot.pause()
        await at("success_metric.stop_line", "lean-parked")
        await at("owner.person", "lean-person")
        await at("data_requirements[0].access", "lean-choice")
        await at("use_case.current_way", "lean-prose")
        await at("plan.milestones[0].title", "lean-milestones")
        await pilot.press("f5")
        await wait_until(pilot, lambda: app.focused is not None and app.focused.id == "agenda")
        await assert_golden(app, pilot, "lean-agenda")
        await pilot.press("f5")
        app.screen.go_to_path("success_metric.baseline")
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        await assert_golden(app, pilot, "lean-coach")
        await pilot.press("f2")
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await pilot.pause()
        await assert_golden(app, pilot, "lean-parking")
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        app.screen.go_to_path("timeline.start")
        await pilot.pause()
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: is_open(app, "CalendarScreen"))
        await pilot.pause()
        await assert_golden(app, pilot, "lean-calendar")
        await pilot.press("escape")
        type_all(current_session(app), LEAN[14:])
        current_session(app).draft_file.flush()
        await pilot.press("f8")
        await wait_until(
            pilot, lambda: "Every hire enquiry" in screen_text(app) and "Review" in screen_text(app)
        )
        await wait_until(pilot, lambda: "Sprint charter" in screen_text(app) or size[0] < 100)
        await assert_golden(app, pilot, "lean-review")
        await pilot.press("s")
        await wait_until(pilot, lambda: "The charter is saved" in screen_text(app))
        await pilot.pause()
        await assert_golden(app, pilot, "lean-saved")


@SIZES
async def test_a_full_session(size: tuple[int, int], tmp_path: Path) -> None:
    async with open_session(workspace_with_examples(tmp_path), "lead", size) as (app, pilot):

        async def at(path: str, name: str) -> None:
            app.screen.go_to_path(path)
            await pilot.pause()
            await pilot.pause()
            await assert_golden(app, pilot, name)

        await at("charter.id", "full-frame")
        await at("process.steps[2].rule", "full-steps")
        await at("data_requirements[1].looked_for", "full-many")
        await at("data_requirements[0].defects[1].handling", "full-nested")
        await at("plan.milestones[2]", "full-item")
        await at("value.loaded_rate", "full-value")
        await at("plan.readiness[0].proof", "full-readiness")
        await pilot.press("f9")
        await wait_until(pilot, lambda: is_open(app, "ListMenuScreen"))
        await pilot.pause()
        await assert_golden(app, pilot, "full-list-menu")
        await pilot.press("escape")
        app.screen.open_case("process.questions[0].answers")
        await wait_until(pilot, lambda: is_open(app, "AgreementScreen"))
        await pilot.pause(0.1)
        await assert_golden(app, pilot, "full-agreement")
        await pilot.press("space", "g")
        await wait_until(pilot, lambda: is_open(app, "PromptScreen"))
        await pilot.pause()
        await assert_golden(app, pilot, "full-agreement-group")


@SIZES
async def test_a_weak_charter(size: tuple[int, int], tmp_path: Path) -> None:
    async with open_session(workspace_with_examples(tmp_path), "weak", size) as (app, pilot):
        app.screen.go_to_path("use_case.statement")
        await pilot.pause()
        await pilot.pause()
        await assert_golden(app, pilot, "weak-findings")
        await pilot.press("f2")
        await pilot.pause()
        await assert_golden(app, pilot, "weak-explained")
        await pilot.press("f2", "f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await wait_until(pilot, lambda: "Before it can be saved" in screen_text(app))
        await wait_until(pilot, lambda: "Sprint charter" in screen_text(app) or size[0] < 100)
        await assert_golden(app, pilot, "weak-review")
        await pilot.press("f2")
        await wait_until(pilot, lambda: "Sprint charter" in screen_text(app))
        await assert_golden(app, pilot, "weak-document")
        await pilot.press("f2", "W")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        await pilot.pause(0.1)
        await assert_golden(app, pilot, "weak-waive-all")


@SIZES
async def test_a_change_by_somebody_else(size: tuple[int, int], tmp_path: Path) -> None:
    desk = lean_workspace(tmp_path)
    async with open_session(desk, "lean", size) as (app, pilot):
        path = Path(desk.root, "sprints/lean/draft.toml")
        path.write_text(
            path.read_text()
            .replace("Bram Yellowby", "Brana Yellowby")
            .replace("baseline = 95", "baseline = 96\ntarget = 60")
        )
        await paste(app, pilot, "50")
        await wait_until(pilot, lambda: is_open(app, "ConflictScreen"))
        await pilot.pause(0.1)
        await assert_golden(app, pilot, "changed-by-somebody-else")
