"""Amending in the app: the cut that a reason asks for, picking what changes, and who is waited for."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
import tomli
from textual.pilot import Pilot

from sprintkit.actions.sprint_view import load_view
from sprintkit.cli.main import main
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.explain import ExplainScreen
from sprintkit.tui.screens.form.review import RecordReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sign.decision import DecisionScreen, ReviewDecision
from sprintkit.tui.screens.sign.screen import SignScreen
from sprintkit.tui.screens.sprint import SprintScreen
from tests.actions.form_helpers import workspace_before_week
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_goldens,
    clear_notifications,
    flat_text,
    resize,
    screen_text,
    settle_form,
    sprint_app,
    type_text,
    wait_for_text,
    wait_until,
)

DAY = date(2026, 3, 13)
"""Friday of week 4, after its check-in."""
SLUG = "lead-routing"
AMEND = Opening("amend", SLUG)


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """The example in its bad week 4, unsigned."""
    return workspace_before_week(tmp_path, "lead", 5)


async def wait_for_screen(pilot: Pilot[int], screen: type) -> None:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, screen))


async def amend_form(pilot: Pilot[int]) -> FormScreen:
    """Wait for the form with its fields, and return it."""
    app = pilot.app
    await wait_until(pilot, lambda: isinstance(app.screen, FormScreen) and bool(app.screen.fields))
    assert isinstance(app.screen, FormScreen)
    return app.screen


def page_text(pilot: Pilot[int]) -> str:
    """All of the sprint's page on one line."""
    return flat_text(str(pilot.app.screen.query_one("ScrollingPage > Static").content))


def amendments(lead: Path) -> list[Path]:
    return sorted((lead / "sprints" / SLUG / "amendments").glob("*.toml"))


async def sign_as(pilot: Pilot[int], name: str) -> None:
    """Sign the text that is shown as the person in focus."""
    app = pilot.app
    await pilot.press("i")
    await wait_for_screen(pilot, DecisionScreen)
    await type_text(pilot, name)
    await pilot.press("enter")
    await wait_for_screen(pilot, ReviewDecision)
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, SignScreen))
    await clear_notifications(pilot)


@pytest.mark.slow
async def test_a_bad_week_is_cut_signed_and_on_track_by_keys_alone(lead: Path, open_app: OpenApp) -> None:
    async with open_app(lead, today=DAY) as pilot:
        app = sprint_app(pilot)
        await wait_for_text(pilot, "Every hire enquiry")
        await pilot.press("enter")
        await wait_for_screen(pilot, SprintScreen)
        await wait_for_text(pilot, "AT RISK")
        await pilot.press("e")
        await wait_for_screen(pilot, ExplainScreen)
        await wait_for_text(pilot, "a opens an amendment with the cut: M6 goes; M7 gets 33 points, M8 17.")
        await pilot.press("a")
        form = await amend_form(pilot)
        assert "The cut for S1: M6 goes; M7 gets 33 points, M8 17." in flat_text(screen_text(app))
        await settle_form(pilot, form)
        await assert_goldens(pilot, "amend-cut")
        await pilot.press("f8")
        await wait_for_screen(pilot, RecordReviewScreen)
        await assert_goldens(pilot, "amend-review")
        assert not amendments(lead), "nothing is written before it was shown"
        await pilot.press("enter")
        await wait_for_screen(pilot, SprintScreen)
        await wait_until(pilot, lambda: "A1, from week 4" in page_text(pilot))
        assert "Milestone: removed: “shadow run”" in page_text(pilot)
        assert (
            "proposed, waiting for Bram Yellowby, Odile Tamsworth, Hollis Entwhite since Fri 13 Mar"
            in page_text(pilot)
        )
        assert load_view(app.context, SLUG).row["health"] == "at_risk"  # type: ignore[arg-type]
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await wait_for_text(pilot, "Waiting for the approval of Bram Yellowby and ")
        await pilot.press("enter")
        await wait_for_screen(pilot, SprintScreen)
        await pilot.press("g")
        await wait_for_screen(pilot, SignScreen)
        await wait_for_text(pilot, "The charter as amendment A1 makes it")
        for name in ("Bram Yellowby", "Odile Tamsworth", "Hollis Entwhite"):
            await sign_as(pilot, name)
            if name != "Hollis Entwhite":
                await pilot.press("n")
        await pilot.press("escape")
        if isinstance(app.screen, SignScreen):
            await pilot.press("escape")
        await wait_for_screen(pilot, SprintScreen)
        await wait_until(pilot, lambda: "ON TRACK" in page_text(pilot))
        assert "in force" in page_text(pilot) and "M6" not in screen_text(app).split("Points")[0]
        await assert_goldens(pilot, "page-amended")


@pytest.mark.slow
async def test_a_proposed_amendment_is_withdrawn_and_written_again_by_keys(
    lead: Path, open_app: OpenApp
) -> None:
    record = ["amend", SLUG, "--propose-cut", "-C", str(lead), "--today", DAY.isoformat()]
    with (lead / "cut.toml").open("w") as file, contextlib.redirect_stdout(file):
        main(record)
    assert main(["amend", SLUG, "--from", str(lead / "cut.toml"), *record[3:]]) == 0
    async with open_app(lead, today=DAY, opening=Opening("sign", SLUG)) as pilot:
        await wait_for_text(pilot, "The charter as amendment A1 makes it")
        await wait_for_text(pilot, "w withdraw")
        await pilot.press("w")
        await wait_for_text(pilot, "Withdraw amendment A1, as Hollis Entwhite?")
        await pilot.press("f2")
        form = await amend_form(pilot)
        assert "These are the changes of A1." in flat_text(screen_text(pilot.app))
        assert form.answers["change.0.answer"] == "-"
        assert tomli.loads(amendments(lead)[0].read_text("utf-8"))["withdrawn_by"] == "hollis"
        await pilot.press("escape")
        await wait_for_screen(pilot, SignScreen)
        await clear_notifications(pilot)
        await wait_until(pilot, lambda: "amendment A1" not in screen_text(pilot.app))


@pytest.mark.slow
async def test_what_changes_is_picked_and_its_class_is_shown_under_the_fields(
    lead: Path, open_app: OpenApp
) -> None:
    async with open_app(lead, today=DAY, opening=AMEND, size=(80, 24)) as pilot:
        form = await amend_form(pilot)
        await type_text(pilot, "Owner")
        await pilot.press("enter")
        await type_text(pilot, "Deputy")
        await pilot.press("enter")
        await type_text(pilot, "Hollis")
        await settle_form(pilot, form)
        assert "An amendment, to be signed by Bram Yellowby (sponsor); Odile Tamsworth (owner)." in flat_text(
            screen_text(pilot.app)
        )
        await assert_goldens(pilot, "amend-person")
        await pilot.press("shift+tab", "ctrl+u")
        await type_text(pilot, "Takes over on")
        await pilot.press("enter")
        await type_text(pilot, "2 March 2026")
        await settle_form(pilot, form)
        assert "record it as a decision, no amendment needed" in flat_text(screen_text(pilot.app))
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    async with open_app(lead, today=DAY, opening=AMEND) as pilot:
        form = await amend_form(pilot)
        assert form.answers["change.0.new|.|owner.starts_on"] == "2 March 2026"
        assert "draft restored" in screen_text(pilot.app)
    assert not amendments(lead)


@pytest.mark.slow
async def test_a_cut_does_not_replace_what_was_begun(lead: Path, open_app: OpenApp) -> None:
    (lead / ".sprintkit/forms").mkdir(parents=True)
    async with open_app(lead, today=DAY, opening=AMEND) as pilot:
        form = await amend_form(pilot)
        await type_text(pilot, "Owner")
        await settle_form(pilot, form)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, SprintScreen)
        await pilot.press("A")
        form = await amend_form(pilot)
        assert "An amendment was begun before" in screen_text(pilot.app)
        assert form.answers["change.0.section"] == "owner"
        await pilot.press("escape")


async def test_keys_to_amend_are_offered_where_something_can_be_amended(
    lead: Path, open_app: OpenApp
) -> None:
    async with open_app(lead, today=DAY, opening=Opening("sprint", SLUG)) as pilot:
        await wait_for_text(pilot, "a amend")
        assert "A cut" in screen_text(pilot.app)
        await resize(pilot, 80, 24)
        await wait_for_text(pilot, "a amend")
    async with open_app(lead, today=date(2026, 3, 30), opening=Opening("sprint", SLUG)) as pilot:
        await wait_for_text(pilot, "The deadline was")
        assert "a amend" not in flat_text(screen_text(pilot.app)) and "A cut" not in screen_text(pilot.app)


@pytest.mark.slow
async def test_an_amendment_by_keys_is_a_file_with_both_digests(lead: Path, open_app: OpenApp) -> None:
    async with open_app(lead, today=DAY) as pilot:
        await wait_for_text(pilot, "Every hire enquiry")
        await pilot.press("a")
        form = await amend_form(pilot)
        await type_text(pilot, "Budget")
        await pilot.press("enter")
        await type_text(pilot, "Operations per month")
        await pilot.press("enter")
        await type_text(pilot, "950")
        await pilot.press("enter", "enter")
        await type_text(pilot, "the licence costs more")
        await settle_form(pilot, form)
        await pilot.press("f8")
        await wait_for_screen(pilot, RecordReviewScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, HomeScreen)
        await wait_for_text(pilot, "Waiting for the approval of Bram Yellowby and ")
    (path,) = amendments(lead)
    assert path.name == "2026-03-13-budget-hollis.toml"
    record = tomli.loads(path.read_text("utf-8"))
    assert "decision" not in record and len(record["digest_before"]) == len(record["digest_after"]) == 64
