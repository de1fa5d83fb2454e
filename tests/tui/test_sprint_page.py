"""A sprint's page: health and its reasons first, explained by one key; then plan, charts and records."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.actions.context import open_context
from sprintkit.actions.status.sprint_overview import load_sprint_overview
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.progress.health import REASONS
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sprint import SprintScreen
from sprintkit.tui.sprint_page.page import sprint_page
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_golden,
    assert_goldens,
    flat_text,
    resize,
    screen_text,
    sprint_app,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder

LEAD = Opening("sprint", "lead-routing")
PRICE = Opening("sprint", "price-exceptions")
STATES = ["claims", "next", "fresh", "calm", "risky", "late", "due", "stopped", "works", "broken"]


async def open_page(pilot: Pilot[int]) -> SprintScreen:
    """Wait for the page and its charts, and return it."""
    await wait_until(pilot, lambda: getattr(pilot.app.screen, "has_charts", False))
    page = pilot.app.screen
    assert isinstance(page, SprintScreen)
    return page


def page_of(workspace: WorkspaceBuilder, slug: str, width: int = 119) -> str:
    """Return the page of a sprint, laid out without an app."""
    overview = load_sprint_overview(open_context(str(workspace.root), workspace.today), slug)
    return sprint_page(overview, overview.signing, width).plain


def page_text(pilot: Pilot[int]) -> str:
    """Return the whole page, including the part that has to be scrolled to."""
    content = pilot.app.screen.query_one("ScrollingPage > Static").content
    return str(getattr(content, "plain", content))


# What it shows


@pytest.mark.slow
@pytest.mark.parametrize("slugs", [STATES[:5], STATES[5:]], ids=["first", "second"])
async def test_the_page_shows_every_state(
    all_states: WorkspaceBuilder, open_app: OpenApp, slugs: list[str]
) -> None:
    async with open_app(all_states.root) as pilot:
        app = sprint_app(pilot)
        for slug in slugs:
            app.open("sprint", slug)
            await open_page(pilot)
            await assert_goldens(pilot, f"page-{slug}")
            await pilot.press("escape")
            await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


@pytest.mark.slow
async def test_hostile_text_stays_text(all_states: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(all_states.root, opening=Opening("sprint", "hostile")) as pilot:
        await open_page(pilot)
        for size in ((80, 24), (60, 20), (200, 60)):
            await resize(pilot, *size)
            assert "[/] [TODO]" in screen_text(pilot.app)
            assert "\x1b" not in page_text(pilot) and "\u202e" not in screen_text(pilot.app)


async def test_health_comes_first_with_reasons_and_votes_and_one_key_explains_them(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        await open_page(pilot)
        lines = page_text(pilot).split("\n")
        assert "OFF TRACK" in lines[0] and "cannot land in time" in lines[0]
        assert "the room votes 2 of 5, was 3 (2, 3, 2)" in lines[0]
        assert lines[2].strip() == "What is needed, from whom"
        assert lines[3].split()[:4] == ["Garrick", "Oudenhart", "Decide:", "cut"]
        first_words = [line.split()[0] for line in lines if line.strip()]
        assert first_words.index("What") < first_words.index("H1") < first_words.index("Milestones")
        text = flat_text(page_text(pilot))
        assert "at the deadline at this pace, with 25 of 100 points: P3" in text
        assert "since week 1: +5 points; accepted P4; opened blocker B2; lands 1 week later" in text

        await pilot.press("e")
        assert_golden(pilot.app, "explain-price", 120, 40)
        conditions = {rule.code: rule.condition for rule in REASONS}
        for code in ("H1", "S2", "S3", "S6"):
            assert conditions[code] in flat_text(screen_text(pilot.app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))


def test_parked_questions_and_amended_weights_are_shown(tmp_path: Path) -> None:
    workspace = WorkspaceBuilder(tmp_path / "w").add_sprint("price-exceptions", "price", 4, checkins=3)
    charter = workspace.root / "sprints/price/charter.toml"
    parked = (
        '\n[[parked]]\npath = "success_metric.baseline"\nholder = "nadja"\ndue = 2026-11-27\n'
        'note = "asks the log"\n'
    )
    charter.write_text(charter.read_text("utf-8") + parked, "utf-8")
    text = flat_text(page_of(workspace, "price"))
    question = questions_by_path()["success_metric.baseline"].spec.prompt
    assert f"Nadja Sorrowby by Fri 27 Nov {question} (asks the log" in text
    assert "40 points, planned by week 3: 55" in text


# Changes while it is open


@pytest.mark.slow
async def test_records_of_others_and_another_date_appear_on_their_own(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    correction = {
        "schema": 1, "week": 2, "on": TODAY - timedelta(days=3), "by": "hollis",
        "corrects": [{"path": "metric.value", "value": 96.0, "why": "read from last month's column"}],
    }  # fmt: skip
    checkin = {
        "schema": 1, "week": 4, "on": TODAY, "by": "hollis", "votes": [3, 3], "decisions": ["cut one"],
    }  # fmt: skip
    dates = [TODAY]
    async with open_app(samples.root, opening=LEAD, clock=lambda: dates[-1]) as pilot:
        app = sprint_app(pilot)
        await open_page(pilot)
        app.check_for_changes()
        await wait_until(pilot, lambda: all(worker.is_finished for worker in app.workers))

        samples.write_file("sprints/lead-routing/checkins/week-02-fix-1.toml", correction)
        app._next_poll_at = 0.0
        app.check_for_changes()
        await wait_until(pilot, lambda: "value is 96" in flat_text(page_text(pilot)))
        text = flat_text(page_text(pilot))
        assert "metric 97 working minutes" in text
        assert "contact: value is 96 working minutes; read from last month's column" in text
        assert "96 working minutes in week 2" in text

        samples.write_file("sprints/lead-routing/checkins/week-04.toml", checkin)
        app._next_poll_at = 0.0
        app.check_for_changes()
        await wait_until(pilot, lambda: "AT RISK" in page_text(pilot))
        assert "cut one" in page_text(pilot)

        dates.append(date(2026, 11, 23))
        app._next_poll_at = 0.0
        app.check_for_changes()
        await wait_for_text(pilot, "week 5 of 6")


@pytest.mark.slow
async def test_a_sprint_that_is_gone_is_reported_and_home_comes_back(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, size=(80, 24), opening=Opening("sprint", "nowhere")) as pilot:
        app = sprint_app(pilot)
        await wait_for_text(pilot, "there is no sprint nowhere")
        await pilot.press("escape")
        assert "Needs somebody" in screen_text(app)

        app.open("sprint", "price-exceptions")
        await open_page(pilot)
        sprints = samples.root / "sprints"
        (sprints / "price-exceptions").rename(sprints / "price-rules")
        app.reload_changed()
        await wait_for_text(pilot, "there is no sprint price-exceptions")
        assert "Did you mean price-rules?" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert "Price exceptions" in screen_text(app)


def test_a_room_more_confident_than_its_records_is_warned(samples: WorkspaceBuilder) -> None:
    record = samples.root / "sprints/price-exceptions/checkins/week-02.toml"
    text = record.read_text("utf-8").replace("    2,\n    3,\n    2,\n", "    5,\n    4,\n    5,\n")
    record.write_text(text, "utf-8")
    warning = "The room is more confident than its records: its votes have a median of 5 of 5"
    assert warning in flat_text(page_of(samples, "price-exceptions", width=79))


# Documents


@pytest.mark.slow
async def test_documents_are_previewed_rendered_and_overwritten_only_when_confirmed(
    samples: WorkspaceBuilder, open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    path = folder / "price-exceptions-status.md"
    async with open_app(samples.root, opening=PRICE) as pilot:
        await open_page(pilot)
        await pilot.press("d")
        await wait_for_text(pilot, "What is asked of you")
        assert_golden(pilot.app, "documents-charter", 120, 40)
        await pilot.press("tab")
        await wait_for_text(pilot, "Sprint status")
        await pilot.press("m")
        await wait_until(pilot, lambda: path.exists() and not list(folder.glob(".*")))
        rendered = path.read_bytes()
        path.write_text("mine", "utf-8")
        await pilot.press("m")
        await wait_for_text(pilot, "Overwrite it?")
        await pilot.press("escape")
        assert path.read_text("utf-8") == "mine"
        await pilot.press("m")
        await wait_for_text(pilot, "Overwrite it?")
        await pilot.press("enter")
        await wait_until(pilot, lambda: path.read_bytes() == rendered)
        # A document without a Markdown form is previewed as the plain text that it is.
        await pilot.press("tab", "tab")
        await wait_for_text(pilot, "Weekly of price-exceptions")
        await pilot.press("tab")
        await wait_for_text(pilot, "Request of price-exceptions")
        await wait_for_text(pilot, "This mail asks for your decision on a charter.")
        mail = folder / "price-exceptions-request.eml"
        await pilot.press("e")
        await wait_until(pilot, lambda: mail.exists() and not list(folder.glob(".*")))
        assert mail.read_bytes().startswith(b"X-Unsent: 1")


@pytest.mark.slow
async def test_a_milestone_that_slips_shows_both_weeks(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    path = samples.root / "sprints/lead-routing/checkins/week-03.toml"
    why = "the vendor delivers on Tuesday"
    slip = f'\n[[slips]]\nid = "M7"\nexpected_week = 6\nwhy = "{why}"\n'
    path.write_text(path.read_text("utf-8") + slip, "utf-8")
    async with open_app(samples.root, opening=LEAD) as pilot:
        await open_page(pilot)
        assert "due week 5, expected week 6: the vendor" in page_text(pilot)
        await resize(pilot, 80, 24)
        assert "week 5 → 6" in page_text(pilot)
        await resize(pilot, 200, 60)
        assert f"due week 5, expected week 6: {why}" in flat_text(page_text(pilot))
        await assert_goldens(pilot, "page-slips")


@pytest.mark.parametrize("width", [76, 116, 196])
def test_the_charts_take_the_room_that_was_kept_for_them(samples: WorkspaceBuilder, width: int) -> None:
    focus = load_sprint_overview(open_context(str(samples.root), samples.today), "lead-routing")
    empty, drawn = (
        sprint_page(focus, focus.signing, width, with_charts=has_charts).plain.split("\n")
        for has_charts in (False, True)
    )
    assert len(empty) == len(drawn)
    assert [line for line in drawn if "Approvals" in line] == [line for line in empty if "Approvals" in line]
