"""Every screen of a session as text, at 80 by 24 and 120 by 40."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext
from sprintkit.tui.app import SprintApp
from tests.actions.session_helpers import LEAN_ANSWERS, type_answers
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import assert_golden, current_session, go_to, is_open, open_session, paste

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
Size = tuple[int, int]


async def show(app: SprintApp, pilot: Pilot[int], path: str, name: str) -> None:
    """Goes to a question and compares the screen with a golden."""
    await go_to(app, pilot, path)
    await assert_golden(app, pilot, name)


def has_document(app: SprintApp) -> Callable[[], bool]:
    """Whether the document of the review is shown, if there is room for it."""
    return lambda: app.size.width < 100 or "Sprint charter" in screen_text(app)


@SIZES
async def test_a_new_sprint(size: Size, empty: WorkspaceContext) -> None:
    async with open_session(empty, None, size) as (app, pilot):
        await assert_golden(app, pilot, "begin-empty")
        await paste(app, pilot, "Every hire enquiry to one rep in minutes")
        await assert_golden(app, pilot, "begin-title")


@pytest.mark.slow
@SIZES
async def test_a_lean_session(size: Size, lean_draft: WorkspaceContext) -> None:
    async with open_session(lean_draft, "lean", size) as (app, pilot):
        await assert_golden(app, pilot, "lean-metric")
        await paste(app, pilot, "about 2 hours")
        await wait_until(pilot, lambda: "Type only the number" in screen_text(app))
        await assert_golden(app, pilot, "lean-wrong-type")
        await pilot.press("ctrl+z")
        await show(app, pilot, "success_metric.stop_line", "lean-parked")
        await show(app, pilot, "owner.person", "lean-person")
        await show(app, pilot, "data_requirements[0].access", "lean-choice")
        await show(app, pilot, "use_case.current_way", "lean-prose")
        await show(app, pilot, "plan.milestones[0].title", "lean-milestones")
        await pilot.press("f5")
        await wait_until(pilot, lambda: app.focused is not None and app.focused.id == "agenda")
        await assert_golden(app, pilot, "lean-agenda")
        await pilot.press("f5")
        await go_to(app, pilot, "success_metric.baseline")
        await pilot.press("f2")
        app.clear_notifications()  # where the explanation is always shown, the key only says so
        await assert_golden(app, pilot, "lean-coach")
        await pilot.press("f2")
        app.clear_notifications()
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "ParkScreen"))
        await assert_golden(app, pilot, "lean-parking")
        await pilot.press("f6")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        await go_to(app, pilot, "timeline.start")
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: is_open(app, "CalendarScreen"))
        await assert_golden(app, pilot, "lean-calendar")
        await pilot.press("escape")
        type_answers(current_session(app), LEAN_ANSWERS[14:])
        current_session(app).draft_file.flush()
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await wait_until(pilot, has_document(app))
        await assert_golden(app, pilot, "lean-review")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "The charter is saved" in screen_text(app))
        await assert_golden(app, pilot, "lean-saved")


@pytest.mark.slow
@SIZES
async def test_a_full_session(size: Size, lead_charter: WorkspaceContext) -> None:
    async with open_session(lead_charter, "lead", size) as (app, pilot):
        await show(app, pilot, "charter.id", "full-frame")
        await show(app, pilot, "process.steps[2].rule", "full-steps")
        await show(app, pilot, "data_requirements[1].looked_for", "full-many")
        await show(app, pilot, "data_requirements[0].defects[1].handling", "full-nested")
        await show(app, pilot, "plan.milestones[2]", "full-item")
        await show(app, pilot, "value.loaded_rate", "full-value")
        await show(app, pilot, "plan.readiness[0].proof", "full-readiness")
        await pilot.press("f9")
        await wait_until(pilot, lambda: is_open(app, "ListMenuScreen"))
        await assert_golden(app, pilot, "full-list-menu")
        await pilot.press("escape")
        app.screen.open_case("process.questions[0].answers")
        await wait_until(pilot, lambda: is_open(app, "AgreementScreen"))
        await assert_golden(app, pilot, "full-agreement")
        await pilot.press("space", "g")
        await wait_until(pilot, lambda: is_open(app, "PromptScreen"))
        await assert_golden(app, pilot, "full-agreement-group")


@pytest.mark.slow
@SIZES
async def test_a_weak_charter(size: Size, weak_draft: WorkspaceContext) -> None:
    async with open_session(weak_draft, "weak", size) as (app, pilot):
        await show(app, pilot, "use_case.statement", "weak-findings")
        await pilot.press("f2")
        await assert_golden(app, pilot, "weak-explained")
        await pilot.press("f2", "f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await wait_until(pilot, lambda: "Before it can be saved" in screen_text(app))
        await wait_until(pilot, has_document(app))
        await assert_golden(app, pilot, "weak-review")
        await pilot.press("f2")
        await wait_until(pilot, lambda: "Sprint charter" in screen_text(app))
        await assert_golden(app, pilot, "weak-document")
        await pilot.press("f2", "W")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        await assert_golden(app, pilot, "weak-waive-all")


@pytest.mark.slow
@SIZES
async def test_a_change_by_somebody_else(size: Size, lean_draft: WorkspaceContext) -> None:
    async with open_session(lean_draft, "lean", size) as (app, pilot):
        path = Path(lean_draft.root, "sprints/lean/draft.toml")
        path.write_text(
            path.read_text()
            .replace("Bram Yellowby", "Brana Yellowby")
            .replace("baseline = 95", "baseline = 96\ntarget = 60")
        )
        await paste(app, pilot, "50")
        await wait_until(pilot, lambda: is_open(app, "ConflictScreen"))
        await assert_golden(app, pilot, "changed-by-somebody-else")
