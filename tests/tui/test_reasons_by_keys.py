"""A week is checked in by keys: the reason for it goes, others come, and `e` explains what the page shows."""

from __future__ import annotations

from datetime import date
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
from tests.tui.workspace_builder import WorkspaceBuilder

SATURDAY = date(2026, 11, 21)
"""Of week 1, whose check-in is a day late."""
LATER = date(2026, 11, 30)
"""The Monday of week 3."""

ANSWERS = {
    "milestone.M1": "accepted", "milestone.M1.evidence": "x",
    "milestone.M2": "accepted", "milestone.M2.evidence": "x",
    "new.0": "opened", "new.0.category": "data", "new.0.title": "x", "new.0.holder": "odile",
    "new.0.due_week": "2", "new.0.stops": "the first one", "votes": "44",
}  # fmt: skip
"""What to enter, by the key of the field."""


def codes_on(page: str) -> list[str]:
    """Return the codes of the reasons, which come before the milestones."""
    lines = page.split("Milestones")[0].split("\n")
    words = [line.split()[0] for line in lines if line.startswith("    ") and line.split()]
    return [word for word in words if len(word) == 2 and word[0] in "HS" and word[1].isdigit()]


async def explained_codes(pilot: Pilot[int]) -> list[str]:
    """Return the codes on the page, each of which `e` explains."""
    codes = codes_on(screen_text(pilot.app))
    await pilot.press("e")
    assert isinstance(pilot.app.screen, ExplainScreen)
    explanation = pilot.app.screen.text(100).plain
    assert all(code in explanation for code in codes)
    await pilot.press("escape")
    assert isinstance(pilot.app.screen, SprintScreen)
    return codes


def field_keys(form: FormScreen) -> list[str]:
    return [field.key for field in form.fields]


async def check_in(pilot: Pilot[int]) -> None:
    """Open the form, fill in each field, review and save."""
    await pilot.press("c")
    await wait_until(
        pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.query(FieldList)
    )
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    for key, answer in ANSWERS.items():
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


@pytest.mark.slow
async def test_a_check_in_by_keys_clears_the_reason_and_later_ones_come_with_the_date(
    tmp_path: Path, open_app: OpenApp
) -> None:
    workspace = WorkspaceBuilder(tmp_path / "w").add_sprint("lead-routing", "s", 1)
    today = SATURDAY
    page = Opening("sprint", "s")
    async with open_app(
        workspace.root, size=(80, 48), opening=page, today=today, clock=lambda: today
    ) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        assert await explained_codes(pilot) == ["S2"]
        await check_in(pilot)
        assert codes_on(screen_text(pilot.app)) == []
        today = LATER
        sprint_app(pilot).reload_changed()
        await pilot.pause()
        assert await explained_codes(pilot) == ["S2", "S3"]
