"""Closing in the app: offered where it is due, asked in order, kept when killed, shown with respect."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import tomli_w
from textual.pilot import Pilot

from sprintkit.__main__ import main
from sprintkit.actions.close.close_form import ClosingForm
from sprintkit.actions.context import open_context
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.form.review import RecordReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sprint import SprintScreen
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_goldens,
    flat_text,
    screen_text,
    settle_form,
    sprint_app,
    type_text,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder

PAST, GOOD = "referral-intake", "lead-routing"
ALL_MET = ("f4", "right", "enter", "right", "enter")
"""From the day: both claims are met."""


@pytest.fixture
def ending(tmp_path: Path) -> WorkspaceBuilder:
    """A sprint in its last week, past its stop line, and one that is due with everything accepted."""
    return (
        WorkspaceBuilder(tmp_path / "quernmoor")
        .add_sprint(PAST, PAST, 4, checkins=3)
        .add_sprint(GOOD, GOOD, 7, checkins=6)
    )


async def form_of(pilot: Pilot[int]) -> FormScreen:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.fields)
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


async def wait_for_field(pilot: Pilot[int], form: FormScreen, key: str) -> None:
    """Let the app work until the field is in focus."""
    await wait_until(pilot, lambda: form.field.key == key)


async def save(pilot: Pilot[int]) -> None:
    """Review the record, and save it."""
    await pilot.press("f8")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordReviewScreen))
    await pilot.press("enter")
    await wait_until(pilot, lambda: not isinstance(pilot.app.screen, RecordReviewScreen | FormScreen))


def record_by_file(workspace: WorkspaceBuilder, slug: str, record: dict[str, object], folder: Path) -> bytes:
    """The bytes that `close --from` writes for a record in a copy of the workspace."""
    shutil.copytree(workspace.root, folder, ignore=shutil.ignore_patterns("closing*.toml", ".sprintkit"))
    source = folder / "in.toml"
    source.write_text(tomli_w.dumps(record), "utf-8")
    assert main(["-C", str(folder), "--today", TODAY.isoformat(), "close", slug, "--from", str(source)]) == 0
    return (folder / f"sprints/{slug}/closing.toml").read_bytes()


@pytest.mark.slow
async def test_a_sprint_past_its_stop_line_is_stopped_before_its_deadline(
    ending: WorkspaceBuilder, open_app: OpenApp, tmp_path: Path
) -> None:
    async with open_app(ending.root, opening=Opening("sprint", PAST)) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await wait_for_text(
            pilot, "55 is the value at which it was agreed to switch it off. Close it? Press x."
        )
        await pilot.press("x")
        form = await form_of(pilot)
        await assert_goldens(pilot, "close-begun")
        await pilot.press(*ALL_MET)
        await wait_for_field(pilot, form, "promise.live_inputs")
        await pilot.press("f4", *"21000", "f4")
        await wait_for_field(pilot, form, "verdict")
        shown = dict(form.field.lead)
        assert shown["Metric"] == "49%, below the stop line of 55."
        assert shown["Suggested"].startswith("Stop. It is not delivered (not accepted: R7)")
        await pilot.press("right", "right", "enter", "enter")
        await wait_for_field(pilot, form, "reason")
        await pilot.press("f8")
        await wait_until(pilot, lambda: set(form.errors) == {"reason", "lesson"})
        assert form.field.key == "reason"
        await type_text(pilot, "the clerks correct more than they write")
        await pilot.press("f4")
        await type_text(pilot, "try it on live faxes first")
        await settle_form(pilot, form)
        await assert_goldens(pilot, "close-filled")
        record = form.form.build(form.answers).record
        await save(pilot)
        await wait_for_text(pilot, "Stopped in week 4: 49 is below the stop line of 55.")
        assert isinstance(pilot.app.screen, SprintScreen)
        content = pilot.app.screen.query_one("ScrollingPage > Static").content
        assert not [span for span in content.spans if "$error" in str(span.style)]
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await wait_for_text(pilot, "Stopped in week 4: 49 is below the stop line of 55")
    written = (ending.root / f"sprints/{PAST}/closing.toml").read_bytes()
    assert written == record_by_file(ending, PAST, record, tmp_path / "copy")


@pytest.mark.slow
async def test_a_good_sprint_is_operated_and_confirmed_later(
    ending: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(ending.root) as pilot:
        await wait_for_text(pilot, "Operate, or stop (x): the deadline was")
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        assert home.focused_row is not None and home.focused_row["slug"] == GOOD
        await pilot.press("x")
        form = await form_of(pilot)
        await pilot.press(*ALL_MET)
        await wait_for_field(pilot, form, "promise.live_inputs")
        assert form.field.default == "", "nobody said that it is kept"
        operated = form.form.build({**form.answers, "verdict": "operate"})
        assert operated.missing["promise.live_inputs"] == "Is it kept, or still open?"
        assert form.form.build({**form.answers, "verdict": "stop"}).record["readiness_open"]
        await wait_for_text(pilot, "ctrl+t: all below the same")
        await pilot.press("right", "ctrl+t", "f4")
        await wait_for_field(pilot, form, "handover.rights")
        await pilot.press("right", "ctrl+t", "f4")
        await wait_for_field(pilot, form, "cost_actual")
        await pilot.press(*"41200", "f4")
        await wait_for_field(pilot, form, "verdict")
        assert dict(form.field.lead)["Suggested"].startswith("Operate, to be confirmed by 15 January 2027")
        await pilot.press("right", "enter", "enter")
        await wait_for_field(pilot, form, "confirm_by")
        assert form.field.default == "2027-01-15"
        await pilot.press("f4", *"no attachments")
        await settle_form(pilot, form)

        restored = ClosingForm(open_context(str(ending.root), TODAY), GOOD).draft.load()
        assert restored["verdict"] == "operate" and restored["lesson"] == "no attachments"

        await save(pilot)
        await wait_for_text(pilot, "Operated by its owner, to be confirmed by 15 January 2027")
        await pilot.press("x")
        await form_of(pilot)
        assert "A later closing can only stop it" in flat_text(screen_text(pilot.app))
        assert sprint_app(pilot).displayed_keys()["sprint.close"] == "x"
    written = (ending.root / f"sprints/{GOOD}/closing.toml").read_text("utf-8")
    assert 'verdict = "operate"' in written and "confirm_by = 2027-01-15" in written
    assert "handover_open = []" in written


async def test_a_closing_that_was_begun_comes_back(ending: WorkspaceBuilder, open_app: OpenApp) -> None:
    draft = ClosingForm(open_context(str(ending.root), TODAY), PAST).draft
    draft.save({"verdict": "stop", "reason": "the phones"}, TODAY)
    async with open_app(ending.root, opening=Opening("close", PAST)) as pilot:
        form = await form_of(pilot)
        assert form.answers == {"verdict": "stop", "reason": "the phones"}
        assert "draft restored" in screen_text(pilot.app)
        await pilot.press("escape")
        await wait_for_text(pilot, "A closing is begun and not saved")


async def test_the_reasons_lead_to_the_end(ending: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(ending.root, opening=Opening("sprint", PAST)) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await pilot.press("e")
        await wait_for_text(pilot, "x: operate, or stop")
        await pilot.press("x")
        await form_of(pilot)
