"""Home: what needs somebody stands first, with words; it filters, sorts, opens, and nothing breaks it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sprintkit.tui.app import SprintApp
from sprintkit.tui.screens.home import HomeScreen, Row
from sprintkit.tui.text import line
from sprintkit.tui.widgets.sprint_list import SprintList
from tests.tui.conftest import Opened
from tests.tui.helpers import golden, screen_text, wait_until
from tests.tui.worlds import World

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_three_samples(demo_world: World, opened: Opened, size: tuple[int, int]) -> None:
    async with opened(demo_world.root, size=size, notice="A demo, yours to change.") as pilot:
        golden(pilot.app, "home-demo", *size)


@pytest.mark.parametrize("size", SIZES)
async def test_every_state_and_hostile_titles(
    all_states: World, opened: Opened, size: tuple[int, int]
) -> None:
    async with opened(all_states.root, size=size) as pilot:
        golden(pilot.app, "home-states", *size)
        await pilot.press("end")
        golden(pilot.app, "home-states-end", *size)


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_workspace_says_how_to_begin(
    tmp_path: Path, opened: Opened, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    World(tmp_path / "quernmoor")
    monkeypatch.setattr(
        "sprintkit.tui.screens.home.line", lambda text: line(str(text).replace(str(tmp_path), "/srv"))
    )
    async with opened(tmp_path / "quernmoor", size=size) as pilot:
        golden(pilot.app, "home-empty", *size)


async def test_without_a_workspace_n_makes_one_and_begins(tmp_path: Path, opened: Opened) -> None:
    async with opened(tmp_path) as pilot:
        assert "No workspace here yet" in screen_text(pilot.app)
        await pilot.press("n")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, HomeScreen))
    assert (tmp_path / "sprints").is_dir()


async def test_the_demo_opens_from_home(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with opened(tmp_path) as pilot:
        await pilot.press("D")
        await wait_until(pilot, lambda: "A demo, yours to change" in screen_text(pilot.app))
        assert "Price exceptions" in screen_text(pilot.app)


async def test_what_needs_somebody_stands_first(all_states: World, opened: Opened) -> None:
    async with opened(all_states.root) as pilot:
        slugs = [entry.slug for entry in pilot.app.screen.query_one(SprintList).entries if entry.slug]
        assert slugs[:4] == ["broken", "due", "late", "risky"]
        assert slugs.index("claims") < slugs.index("calm") < slugs.index("next") < slugs.index("works")


async def test_a_filter_narrows_while_typing_and_escape_takes_it_away(
    all_states: World, opened: Opened
) -> None:
    async with opened(all_states.root) as pilot:
        await pilot.press("slash", *"ilka off")
        text = screen_text(pilot.app)
        assert "Off track, and a check-in is missing" in text and "Begun on Monday" not in text
        assert "2 of 11 sprints" in text
        golden(pilot.app, "home-filter", 120, 40)
        await pilot.press("enter")
        assert pilot.app.screen.query_one(SprintList).has_focus
        assert "Esc shows all" in screen_text(pilot.app)
        await pilot.press("escape")
        assert "Begun on Monday" in screen_text(pilot.app)


async def test_a_filter_that_nothing_has_says_so(all_states: World, opened: Opened) -> None:
    async with opened(all_states.root) as pilot:
        await pilot.press("slash", *"zzz", "enter", "enter")
        text = screen_text(pilot.app)
        assert "No sprint has all of these words" in text and "0 of 11 sprints · Esc shows all" in text
        await pilot.press("escape")
        assert "Begun on Monday" in screen_text(pilot.app)


async def test_sorting_goes_round(all_states: World, opened: Opened) -> None:
    async with opened(all_states.root) as pilot:
        for said in ("by deadline", "by title", "by state"):
            await pilot.press("o")
            assert said in screen_text(pilot.app)
        await pilot.press("o")
        assert "Needs somebody" in screen_text(pilot.app)


async def test_enter_opens_the_page_and_a_draft_its_session(all_states: World, opened: Opened) -> None:
    async with opened(all_states.root) as pilot:
        home = pilot.app.screen.query_one(SprintList)
        home.focus_on("late")
        await pilot.press("enter")
        await wait_until(pilot, lambda: type(pilot.app.screen).__name__ == "SprintScreen")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        home.focus_on("claims")
        await pilot.press("enter")
        await wait_until(pilot, lambda: type(pilot.app.screen).__name__ not in ("HomeScreen", "SprintScreen"))


async def test_neither_a_closed_sprint_nor_a_draft_takes_a_check_in_and_a_signed_one_no_scoping(
    all_states: World, opened: Opened
) -> None:
    signature = {"schema": 1, "person": "bram", "party": "sponsor", "decision": "approve"}
    all_states.write("sprints/calm/signatures/0123456789ab/sponsor-bram.toml", signature)
    async with opened(all_states.root) as pilot:
        home = pilot.app.screen.query_one(SprintList)
        home.focus_on("works")
        await pilot.press("c")
        await wait_until(pilot, lambda: "takes no more check-ins" in screen_text(pilot.app))
        assert isinstance(pilot.app.screen, HomeScreen)
        home.focus_on("claims")
        await pilot.press("c")
        await wait_until(pilot, lambda: "s goes on scoping" in screen_text(pilot.app))
        home.focus_on("calm")
        await pilot.press("s")
        await wait_until(pilot, lambda: "changes by amendment only" in screen_text(pilot.app))
        assert "sprints/calm/amendments" in " ".join(screen_text(pilot.app).split())
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_click_chooses_and_another_one_opens(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root) as pilot:
        home = pilot.app.screen.query_one(SprintList)
        await pilot.click(SprintList, offset=(20, 5))
        assert home.slug == "lead-routing"
        await pilot.click(SprintList, offset=(20, 5))
        await wait_until(pilot, lambda: type(pilot.app.screen).__name__ == "SprintScreen")


async def test_files_changed_underneath_appear_by_themselves(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root) as pilot:
        app = pilot.app
        assert isinstance(app, SprintApp)
        app.look()
        await app.workers.wait_for_complete()
        demo_world.broken("half-written")
        app._look_after = 0.0
        app.look()
        await wait_until(pilot, lambda: "half-written" in screen_text(app))
        assert "4 sprints" in screen_text(app)


async def test_what_changed_before_the_first_look_appears_too(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root) as pilot:
        app = pilot.app
        assert isinstance(app, SprintApp)
        demo_world.broken("half-written")
        app.look()
        await wait_until(pilot, lambda: "half-written" in screen_text(app))


async def test_a_thousand_sprints_are_one_widget_and_move_at_once(tmp_path: Path, opened: Opened) -> None:
    world = World(tmp_path / "many").add("lead-routing", "first", 4, checkins=3)
    charter = (world.root / "sprints/first/charter.toml").read_text("utf-8")
    for number in range(999):
        folder = world.root / "sprints" / f"s{number:04d}"
        folder.mkdir()
        text = charter.replace('id = "first"', f'id = "s{number:04d}"').replace(
            "Every hire", f"{number} hire"
        )
        (folder / "draft.toml").write_text("[charter]\ntitle = 'draft'\n" if number else text, "utf-8")
    async with opened(world.root, size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "1000 sprints" in screen_text(pilot.app), seconds=60)
        listing = pilot.app.screen.query_one(SprintList)
        assert len(pilot.app.screen.query("*")) < 12
        began = asyncio.get_running_loop().time()
        for _ in range(100):
            listing.action_move(1)
        listing.action_end(-1)
        await pilot.pause()
        assert asyncio.get_running_loop().time() - began < 1.0
        assert listing.slug is not None and listing.scroll_offset.y > 1000


async def test_many_sprints_stand_as_last_seen_until_they_are_looked_at(
    demo_world: World, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sprintkit.tui.screens.home.MANY", 3)
    then = time.time() - 60
    for path in [demo_world.root, *demo_world.root.rglob("*")]:
        os.utime(path, (then, then))
    async with opened(demo_world.root) as pilot:
        await wait_until(pilot, lambda: "3 sprints" in screen_text(pilot.app))
    demo_world.broken("half-written")
    shown: list[int] = []
    take = HomeScreen.take

    def noted(home: HomeScreen, rows: Sequence[Row]) -> None:
        shown.append(len(rows))
        take(home, rows)

    monkeypatch.setattr(HomeScreen, "take", noted)
    async with opened(demo_world.root) as pilot:
        await wait_until(pilot, lambda: "4 sprints" in screen_text(pilot.app))
        assert shown == [3, 4]
        assert "half-written" in screen_text(pilot.app)


async def test_theme_and_keys_come_from_the_settings(demo_world: World, opened: Opened) -> None:
    demo_world.settings('theme = "light"\n[keys]\nhome.new = "ctrl+e"\nhome.opne = "x"\n')
    async with opened(demo_world.root) as pilot:
        assert pilot.app.theme == "light"
        text = screen_text(pilot.app)
        assert "ctrl+e new" in text
        assert "Did you mean home.open" in text
        await pilot.press("f1")
        await wait_until(
            pilot, lambda: "ctrl+e" in screen_text(pilot.app) and "Help" in screen_text(pilot.app)
        )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('theme = "drak"', "Did you mean dark"),
        ("theme = 3", "theme must be"),
        ("colour = 1", "no setting"),
        ('[keys]\nhome.new = ""', "must name a key"),
    ],
)
async def test_settings_of_no_use_are_told_and_nothing_else_suffers(
    demo_world: World, opened: Opened, settings: str, said: str
) -> None:
    demo_world.settings(settings)
    async with opened(demo_world.root) as pilot:
        await wait_until(pilot, lambda: said in " ".join(screen_text(pilot.app).split()))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Price exceptions" in screen_text(pilot.app))


async def test_help_and_palette_say_what_can_be_done(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, size=(80, 24)) as pilot:
        await pilot.press("f1")
        golden(pilot.app, "help-home", 80, 24)
        await pilot.press("escape", "ctrl+p")
        await wait_until(pilot, lambda: "Check in" in screen_text(pilot.app))
        golden(pilot.app, "palette-home", 80, 24)
        await pilot.press(*"price")
        await pilot.press("enter")
        await wait_until(pilot, lambda: type(pilot.app.screen).__name__ == "SprintScreen")


async def test_too_small_a_window_says_so_and_comes_back(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, size=(40, 10)) as pilot:
        assert "needs 60 by 16" in screen_text(pilot.app)
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "Needs somebody" in screen_text(pilot.app))


async def test_themes_go_round_by_key(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root) as pilot:
        seen = []
        for _ in range(3):
            await pilot.press("f12")
            seen.append(pilot.app.theme)
        assert seen == ["light", "high-contrast", "dark"]
