"""A sprint's page: health with its reasons first, explained by one key; plan, pictures, records."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sprintkit.charter.question_bank import questions_by_path
from sprintkit.progress.health import REASONS
from sprintkit.tui.app import Opening, SprintApp
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sprint import SprintScreen
from tests.tui.conftest import Opened
from tests.tui.helpers import golden, screen_text, wait_until
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder

SIZES = [(80, 24), (120, 40), (200, 60)]


def page_of(app: SprintApp) -> str:
    """The whole page, also what has to be scrolled to."""
    content = app.screen.query_one("ScrollingPage > Static").content
    return str(getattr(content, "plain", content))


def whole(text: str) -> str:
    """Text with its line breaks undone."""
    return " ".join(text.split())


STATES = ["claims", "next", "fresh", "calm", "risky", "late", "due", "stopped", "works", "broken"]


@pytest.mark.parametrize("size", SIZES)
async def test_every_state(all_states: WorkspaceBuilder, opened: Opened, size: tuple[int, int]) -> None:
    async with opened(all_states.root, size=size) as pilot:
        app = pilot.app
        assert isinstance(app, SprintApp)
        for slug in STATES:
            app.open("sprint", slug)
            await wait_until(pilot, lambda: getattr(app.screen, "has_pictures", False))
            golden(app, f"page-{slug}", *size)
            await pilot.press("escape")
            await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_hostile_text_is_text(all_states: WorkspaceBuilder, opened: Opened) -> None:
    for size in ((80, 24), (60, 20), (200, 60)):
        async with opened(all_states.root, size=size, at=Opening("sprint", "hostile")) as pilot:
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
            assert "[/] [TODO]" in screen_text(pilot.app)
            assert "\x1b" not in page_of(pilot.app) and "\u202e" not in screen_text(pilot.app)


async def test_health_stands_first_with_its_reasons_and_votes_beside_it(
    demo_world: WorkspaceBuilder, opened: Opened
) -> None:
    async with opened(demo_world.root, at=Opening("sprint", "price-exceptions")) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        lines = page_of(pilot.app).split("\n")
        assert "OFF TRACK" in lines[0] and "cannot land in time" in lines[0]
        assert "the room votes 2 of 5, was 3 (2, 3, 2)" in lines[0]
        assert lines[1].split()[0] == "H1"
        text = whole(page_of(pilot.app))
        assert "at the deadline at this pace, with 25 of 100 points: P3" in text
        assert "since week 1: +5 points; accepted P4; blocker opened B2; lands 0.75 weeks later" in text


async def test_one_key_explains_every_reason_with_what_would_clear_it(
    demo_world: WorkspaceBuilder, opened: Opened
) -> None:
    async with opened(demo_world.root, at=Opening("sprint", "price-exceptions")) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await pilot.press("e")
        await wait_until(pilot, lambda: "clears when" in screen_text(pilot.app))
        golden(pilot.app, "explain-price", 120, 40)
        rules = {rule.code: rule.condition for rule in REASONS}
        for code in ("H1", "S2", "S3", "S6"):
            assert rules[code] in whole(screen_text(pilot.app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))


async def test_a_room_more_confident_than_its_records_is_told_so(demo_world: WorkspaceBuilder, opened: Opened) -> None:
    record = demo_world.root / "sprints/price-exceptions/checkins/week-02.toml"
    record.write_text(
        record.read_text("utf-8").replace("    2,\n    3,\n    2,\n", "    5,\n    4,\n    5,\n"), "utf-8"
    )
    async with opened(demo_world.root, at=Opening("sprint", "price-exceptions")) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        assert "The room is more confident than its records: its votes have a median of 5 of 5" in whole(
            page_of(pilot.app)
        )


async def test_a_correction_stands_with_the_entry_it_puts_right(demo_world: WorkspaceBuilder, opened: Opened) -> None:
    demo_world.write(
        "sprints/lead-routing/checkins/week-02-fix-1.toml",
        {
            "schema": 1, "week": 2, "on": TODAY - timedelta(days=3), "by": "hollis",
            "corrects": [{"path": "metric.value", "value": 96.0, "why": "read from last month's column"}],
        },
    )  # fmt: skip
    async with opened(demo_world.root, at=Opening("sprint", "lead-routing")) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        text = whole(page_of(pilot.app))
        assert "metric 97" in text and "contact: value is 96; read from last month's column" in text
        assert "96 working minutes in week 2" in text


async def test_parked_questions_and_amended_weights_show(tmp_path: Path, opened: Opened) -> None:
    world = WorkspaceBuilder(tmp_path / "w").add("price-exceptions", "price", 4, checkins=3)
    charter = world.root / "sprints/price/charter.toml"
    charter.write_text(
        charter.read_text("utf-8")
        + '\n[[parked]]\npath = "success_metric.baseline"\nholder = "nadja"\ndue = 2026-11-27\nnote = "asks the log"\n',
        "utf-8",
    )
    async with opened(world.root, at=Opening("sprint", "price")) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        text = whole(page_of(pilot.app))
        assert (
            f"Nadja Sorrowby by Fri 27 Nov {questions_by_path()['success_metric.baseline'].spec.prompt} (asks the log"
            in text
        )
        assert "40 points, planned by week 3: 55" in text


async def test_a_record_that_git_brings_appears_by_itself(demo_world: WorkspaceBuilder, opened: Opened) -> None:
    async with opened(demo_world.root, at=Opening("sprint", "lead-routing")) as pilot:
        app = pilot.app
        assert isinstance(app, SprintApp)
        await wait_until(pilot, lambda: isinstance(app.screen, SprintScreen))
        app.check_for_changes()
        await app.workers.wait_for_complete()
        demo_world.write(
            "sprints/lead-routing/checkins/week-04.toml",
            {"schema": 1, "week": 4, "on": TODAY, "by": "hollis", "votes": [3, 3], "decisions": ["cut one"]},
        )
        app._look_after = 0.0
        app.check_for_changes()
        await wait_until(pilot, lambda: "AT RISK" in page_of(app))
        assert "cut one" in page_of(app)


async def test_a_page_whose_folder_is_renamed_says_so_and_home_is_back(
    demo_world: WorkspaceBuilder, opened: Opened
) -> None:
    async with opened(demo_world.root, at=Opening("sprint", "price-exceptions")) as pilot:
        app = pilot.app
        assert isinstance(app, SprintApp)
        await wait_until(pilot, lambda: isinstance(app.screen, SprintScreen))
        app.check_for_changes()
        await app.workers.wait_for_complete()
        sprints = demo_world.root / "sprints"
        (sprints / "price-exceptions").rename(sprints / "price-rules")
        app._look_after = 0.0
        app.check_for_changes()
        await wait_until(pilot, lambda: "there is no sprint price-exceptions" in screen_text(app))
        assert "Did you mean price-rules?" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert "Price exceptions" in screen_text(app)


async def test_a_sprint_that_is_gone_is_told_and_home_is_back(demo_world: WorkspaceBuilder, opened: Opened) -> None:
    async with opened(demo_world.root, at=Opening("sprint", "nowhere")) as pilot:
        await wait_until(pilot, lambda: "there is no sprint nowhere" in screen_text(pilot.app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Needs somebody" in screen_text(pilot.app))


async def test_documents_are_shown_as_they_are_read_and_rendered(
    demo_world: WorkspaceBuilder, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    async with opened(demo_world.root, at=Opening("sprint", "price-exceptions")) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await pilot.press("d")
        await wait_until(pilot, lambda: "Use case" in screen_text(pilot.app))
        golden(pilot.app, "documents-charter", 120, 40)
        await pilot.press("tab")
        await wait_until(pilot, lambda: "Sprint status" in screen_text(pilot.app))
        await pilot.press("m")
        await wait_until(pilot, lambda: (out / "price-exceptions-status.md").exists())
        written = (out / "price-exceptions-status.md").read_bytes()
        (out / "price-exceptions-status.md").write_text("mine", "utf-8")
        await pilot.press("m")
        await wait_until(pilot, lambda: "Overwrite it?" in screen_text(pilot.app))
        await pilot.press("escape")
        assert (out / "price-exceptions-status.md").read_text("utf-8") == "mine"
        await pilot.press("m")
        await wait_until(pilot, lambda: "Overwrite it?" in screen_text(pilot.app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: (out / "price-exceptions-status.md").read_bytes() == written)


async def test_the_day_goes_by(demo_world: WorkspaceBuilder) -> None:
    day = [TODAY]
    app = SprintApp(str(demo_world.root), TODAY, Opening("sprint", "lead-routing"), clock=lambda: day[0])
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, SprintScreen))
        app.check_for_changes()
        await app.workers.wait_for_complete()
        day[0] = date(2026, 11, 23)
        app._look_after = 0.0
        app.check_for_changes()
        await wait_until(pilot, lambda: "week 5 of 6" in screen_text(app))
