"""Two sprints whose check-ins, written in the form, bring about and clear every possible reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.tui.app import Opening
from sprintkit.tui.screens.explain import ExplainScreen
from sprintkit.tui.screens.form.field_list import FieldList
from sprintkit.tui.screens.form.review import RecordReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.sprint import SprintScreen
from sprintkit.tui.widgets.options import MultipleChoice
from tests.tui.conftest import OpenApp
from tests.tui.helpers import screen_text, sprint_app, type_text, wait_until
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder

MONDAY, FRIDAY, SATURDAY = 0, 4, 5
PAGE = Opening("sprint", "s")

Answers = Mapping[str, str]
"""What to enter, by the key of the field."""


def date_in(week: int, weekday: int) -> date:
    """Return a date of a sprint that began on the Monday of TODAY."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    return monday + timedelta(days=7 * (week - 1) + weekday)


class Page:
    """The page of the sprint, on a date that can be changed."""

    def __init__(self) -> None:
        self.date = TODAY
        self.pilot: Pilot[int]

    async def reasons(self, week: int, weekday: int, checkin: Answers | None = None) -> str:
        """Go to a date, write a check-in if there is one, and return the codes on the page.

        Asserts that `e` explains each of them.
        """
        self.date = date_in(week, weekday)
        pilot = self.pilot
        sprint_app(pilot).reload_changed()
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        if checkin is not None:
            await check_in(pilot, checkin)
        codes = codes_on(screen_text(pilot.app))
        await pilot.press("e")
        if codes:
            assert isinstance(pilot.app.screen, ExplainScreen)
            explanation = pilot.app.screen.text(100).plain
            assert all(code in explanation for code in codes)
            await pilot.press("escape")
        assert isinstance(pilot.app.screen, SprintScreen)
        return " ".join(codes)


def codes_on(page: str) -> list[str]:
    """Return the codes of the reasons, which come before the milestones."""
    lines = page.split("Milestones")[0].split("\n")
    words = [line.split()[0] for line in lines if line.startswith("    ") and line.split()]
    return [word for word in words if len(word) == 2 and word[0] in "HS" and word[1].isdigit()]


def field_keys(form: FormScreen) -> list[str]:
    return [field.key for field in form.fields]


async def check_in(pilot: Pilot[int], answers: Answers) -> None:
    """Open the form, fill in each field, review and save."""
    await pilot.press("c")
    await wait_until(
        pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.query(FieldList)
    )
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    for key, answer in answers.items():
        await wait_until(pilot, lambda key=key: key in field_keys(form))
        form.action_go_to(field_keys(form).index(key))
        if isinstance(pilot.app.focused, MultipleChoice):
            await pilot.press("space")
        else:
            await type_text(pilot, answer)
    await pilot.press("f8")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordReviewScreen))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
    pilot.app.clear_notifications()
    await pilot.pause()


def accepted(*milestones: str, live_since: date | None = None) -> Answers:
    answers: dict[str, str] = {}
    for milestone in milestones:
        answers |= {f"milestone.{milestone}": "accepted", f"milestone.{milestone}.evidence": "x"}
    if live_since is not None:
        answers[f"milestone.{milestones[-1]}.live_since"] = live_since.isoformat()
    return answers


def new_blocker(category: str, due_week: int) -> Answers:
    return {
        "new.0": "opened", "new.0.category": category, "new.0.title": "x", "new.0.holder": "odile",
        "new.0.due_week": str(due_week), "new.0.stops": "first",
    }  # fmt: skip


def closed(*blockers: str) -> Answers:
    answers: dict[str, str] = {}
    for blocker in blockers:
        answers |= {f"blocker.{blocker}": "closed", f"blocker.{blocker}.how": "x"}
    return answers


def metric(value: int, since: date) -> Answers:
    return {"metric.value": str(value), "metric.from": since.isoformat()}


VOTES: Answers = {"votes": "44"}


@pytest.mark.slow
async def test_reasons_of_plan_weeks_and_blockers(tmp_path: Path, open_app: OpenApp) -> None:
    workspace = WorkspaceBuilder(tmp_path / "w").add_sprint("lead-routing", "s", 1)
    page = Page()
    async with open_app(workspace.root, size=(80, 48), opening=PAGE, clock=lambda: page.date) as page.pilot:
        assert await page.reasons(1, SATURDAY) == "S2"
        first = {**accepted("M1", "M2"), **new_blocker("data", 2), **VOTES}
        assert await page.reasons(1, FRIDAY, first) == ""
        assert await page.reasons(3, MONDAY) == "S2 S3"
        assert await page.reasons(3, SATURDAY) == "H3 S3"
        assert await page.reasons(3, SATURDAY, {**new_blocker("ownership", 5), **VOTES}) == "H1 S3 S7"
        assert await page.reasons(4, MONDAY) == "H1 H4 H5 S7"
        caught_up = {
            **accepted("M3", "M4", "M5", "M6"), **closed("B1", "B2"), **new_blocker("data", 6),
            **metric(97, date_in(1, MONDAY)), **VOTES,
        }  # fmt: skip
        assert await page.reasons(4, FRIDAY, caught_up) == "S4"
        live = {**accepted("M7", live_since=date_in(5, 1)), **closed("B3"), **VOTES}
        assert await page.reasons(5, FRIDAY, live) == ""
        assert await page.reasons(7, MONDAY) == "H2 S2"
        assert await page.reasons(7, MONDAY, {**accepted("M8"), **VOTES}) == ""


@pytest.mark.slow
async def test_reasons_of_guardrails_metric_and_votes(tmp_path: Path, open_app: OpenApp) -> None:
    workspace = WorkspaceBuilder(tmp_path / "w").add_sprint("lead-routing", "s", 1)
    page = Page()
    hours = "guardrail.desk_hours"
    async with open_app(workspace.root, size=(80, 48), opening=PAGE, clock=lambda: page.date) as page.pilot:
        assert await page.reasons(1, FRIDAY, {hours: "9", "votes": "21"}) == "S1 S5 S6"
        outside_twice = {**accepted("M1", "M2", "M3", "M4"), hours: "8", **VOTES}
        assert await page.reasons(2, FRIDAY, outside_twice) == "H6"
        inside = {**accepted("M5"), **metric(97, date_in(1, MONDAY)), hours: "5", **VOTES}
        assert await page.reasons(3, FRIDAY, inside) == ""
        live = accepted("M6", "M7", live_since=date_in(4, MONDAY))
        above_stop_line = {**live, **metric(85, date_in(4, MONDAY)), **VOTES}
        assert await page.reasons(4, FRIDAY, above_stop_line) == "S8"
        assert await page.reasons(5, FRIDAY, {"metric.value": "60", **VOTES}) == ""
