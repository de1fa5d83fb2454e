"""Home: sprints that need somebody come first; it filters, sorts, opens, and survives anything in its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from sprintkit.actions.demo_workspace import create_demo_workspace
from sprintkit.actions.form.names import checkin_form_name
from sprintkit.store.side_copies import SideCopy, delete_side_copy, find_side_copies
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.home import HomeScreen, Row
from sprintkit.tui.screens.palette import PaletteScreen
from sprintkit.tui.screens.sprint import SprintScreen
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.filter import Filter
from sprintkit.tui.widgets.sprint_list import SprintList
from tests.conftest import make_files_old
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_golden,
    assert_goldens,
    flat_text,
    focus_sprint,
    press_until_shown,
    resize,
    screen_text,
    sprint_app,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder


def sprint_list(pilot: Pilot[int]) -> SprintList:
    return pilot.app.screen.query_one(SprintList)


def home_screen(pilot: Pilot[int]) -> HomeScreen:
    assert isinstance(pilot.app.screen, HomeScreen)
    return pilot.app.screen


# What it shows


async def test_home_shows_the_demo_at_every_size_and_says_when_the_window_is_too_small(
    tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    data = create_demo_workspace(TODAY).data
    assert data is not None
    folder = Path(data["path"]).rename(tmp_path / "quernmoor")
    async with open_app(folder, notice="A demo, yours to change.") as pilot:
        await assert_goldens(pilot, "home-demo")
        await resize(pilot, 40, 10)
        await wait_for_text(pilot, "needs 60 by 16")
        await resize(pilot, 80, 24)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert_golden(pilot.app, "home-demo", 80, 24)


async def test_home_shows_every_state_and_hostile_titles_with_the_urgent_ones_first(
    all_states: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(all_states.root) as pilot:
        await assert_goldens(pilot, "home-states")
        await pilot.press("end")
        await assert_goldens(pilot, "home-states-end")
        slugs = [entry.slug for entry in sprint_list(pilot).entries if entry.slug]
        assert slugs[:4] == ["broken", "due", "late", "risky"]
        assert slugs.index("claims") < slugs.index("calm") < slugs.index("next") < slugs.index("works")


async def test_an_empty_workspace_says_how_to_begin(
    tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    WorkspaceBuilder(tmp_path / "quernmoor")
    monkeypatch.setattr(
        "sprintkit.tui.widgets.welcome.one_line",
        lambda value: one_line(str(value).replace(str(tmp_path), "/srv")),
    )
    async with open_app(tmp_path / "quernmoor") as pilot:
        await assert_goldens(pilot, "home-empty")


async def test_without_a_workspace_n_creates_one_and_begins_a_session(
    tmp_path: Path, open_app: OpenApp
) -> None:
    async with open_app(tmp_path) as pilot:
        assert "No workspace here yet" in screen_text(pilot.app)
        await pilot.press("n")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, HomeScreen))
    assert (tmp_path / "sprints").is_dir()


async def test_the_demo_opens_from_home(
    tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with open_app(tmp_path) as pilot:
        await pilot.press("D")
        await wait_for_text(pilot, "A demo, yours to change")
        assert "Price exceptions" in screen_text(pilot.app)


# Filter and order


async def test_a_filter_narrows_while_typing_and_escape_removes_it(
    all_states: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(all_states.root) as pilot:
        await pilot.press("slash", *"ilka off")
        text = screen_text(pilot.app)
        assert "Off track, and a check-in is missing" in text and "Begun on Monday" not in text
        assert "2 of 11 sprints" in text
        assert_golden(pilot.app, "home-filter", 120, 40)
        await pilot.press("enter")
        assert sprint_list(pilot).has_focus and "Esc shows all" in screen_text(pilot.app)
        await pilot.press("escape")
        assert "Begun on Monday" in screen_text(pilot.app)

        await pilot.press("slash", *"zzz", "enter", "enter")
        text = screen_text(pilot.app)
        assert "No sprint has all of these words" in text and "0 of 11 sprints · Esc shows all" in text
        await pilot.press("escape")
        assert "Begun on Monday" in screen_text(pilot.app)


async def test_the_order_and_the_theme_are_switched_by_keys(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, size=(80, 24)) as pilot:
        for order in ("by deadline", "by title", "by state"):
            await pilot.press("o")
            assert order in screen_text(pilot.app)
        await pilot.press("o")
        assert "Needs somebody" in screen_text(pilot.app)
        themes = []
        for _ in range(3):
            await pilot.press("f12")
            themes.append(pilot.app.theme)
        assert themes == ["light", "high-contrast", "dark"]


# Opening


@pytest.mark.slow
async def test_enter_opens_a_page_or_the_session_of_a_draft(
    all_states: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(all_states.root, size=(80, 24)) as pilot:
        focus_sprint(pilot, "late")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        focus_sprint(pilot, "claims")
        await pilot.press("enter")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, HomeScreen | SprintScreen))


async def test_the_sprints_are_read_once_home_is_seen(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, opening=Opening("sprint", "lead-routing")) as pilot:
        home = pilot.app.screen_stack[0]
        assert isinstance(home, HomeScreen) and not home.rows
        await pilot.press("escape")
        await wait_for_text(pilot, "Price exceptions")
        assert len(home.rows) == 3
    async with open_app(samples.root, opening=Opening("sprint", "unknown")) as pilot:
        await wait_until(pilot, lambda: len(pilot.app.screen_stack) == 2)
        assert "Price exceptions" in screen_text(pilot.app), "home is seen behind what is wrong"


async def test_home_says_why_a_sprint_takes_no_check_in_or_no_scoping(
    all_states: WorkspaceBuilder, open_app: OpenApp
) -> None:
    signature = {"schema": 1, "person": "bram", "party": "sponsor", "decision": "approve"}
    all_states.write_file("sprints/calm/signatures/0123456789ab/sponsor-bram.toml", signature)
    async with open_app(all_states.root) as pilot:
        focus_sprint(pilot, "works")
        await pilot.press("c")
        assert "takes no more check-ins" in screen_text(pilot.app)
        focus_sprint(pilot, "claims")
        await pilot.press("c")
        assert "s continues scoping" in flat_text(screen_text(pilot.app))
        assert isinstance(pilot.app.screen, HomeScreen)
        focus_sprint(pilot, "calm")
        await pilot.press("s")
        await wait_for_text(pilot, "changes by amendment only")
        assert "sprintkit amend calm" in flat_text(screen_text(pilot.app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_click_selects_a_sprint_and_another_one_opens_it(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root) as pilot:
        await pilot.click(SprintList, offset=(20, 5))
        assert sprint_list(pilot).slug == "lead-routing"
        await pilot.click(SprintList, offset=(20, 5))
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))


async def test_help_and_palette_list_what_can_be_done(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, size=(80, 24)) as pilot:
        await pilot.press("f1")
        assert_golden(pilot.app, "help-home", 80, 24)
        await pilot.press("escape", "ctrl+p")
        await wait_for_text(pilot, "a draft opens its session.")  # it comes last
        assert_golden(pilot.app, "palette-home", 80, 24)
        await pilot.press(*"price", "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))


async def test_a_message_that_is_cut_is_whole_on_the_help_screen(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    sentences = [f"This is sentence number {number} of a long message." for number in range(1, 9)]
    async with open_app(samples.root, size=(80, 24)) as pilot:
        sprint_app(pilot).notify_text(" ".join(sentences))
        await wait_for_text(pilot, "F1 shows all")
        await press_until_shown(pilot, "f1", sentences[-1])


async def test_the_palette_says_that_nothing_is_found_and_never_runs_what_was_there_before(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root) as pilot:
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, PaletteScreen))
        palette = pilot.app.screen
        assert isinstance(palette, PaletteScreen)
        await wait_until(pilot, lambda: palette.matching_entries)
        for key in "filtr":
            pilot.app.post_message(events.Key(key, key))
        pilot.app.post_message(events.Key("enter", None))
        await wait_for_text(pilot, "Nothing found for filtr. Nearest, with ↓:")
        assert palette.matching_entries[0].name == "Filter"
        assert isinstance(pilot.app.screen, PaletteScreen), "Enter takes nothing that was not asked for"
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.focused, Filter))
        await pilot.press("escape", "ctrl+p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, PaletteScreen))
        await pilot.press(*"qqqqqqq")
        await wait_for_text(pilot, "Nothing found for qqqqqqq.")
        assert "Nearest" not in screen_text(pilot.app)
        for key in ("ctrl+u", *"order"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        pilot.app.post_message(events.Key("enter", None))
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, PaletteScreen))


# Changes, and many sprints


async def test_changes_by_others_appear_on_their_own(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, size=(80, 24)) as pilot:
        app = sprint_app(pilot)
        samples.add_broken_sprint("before-the-first-check")
        app.check_for_changes()
        await wait_for_text(pilot, "before-the-first-check")
        samples.add_broken_sprint("after-it")
        app._next_poll_at = 0.0
        app.check_for_changes()
        await wait_for_text(pilot, "after-it")
        assert "5 sprints" in screen_text(app)


async def test_a_thousand_sprints_are_one_widget_that_renders_only_visible_ones(
    samples: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(samples.root) as pilot:
        home = home_screen(pilot)
        rows = [{**row, "slug": f"{row['slug']}-{number}"} for number in range(334) for row in home.rows]
        home.show_rows(rows)
        await wait_for_text(pilot, "1002 sprints")
        assert len(home.query("*")) < 12
        sprints = sprint_list(pilot)
        rendered: list[int] = []
        render_entry = SprintList._render_entry

        def record_entry(widget: SprintList, index: int, width: int, has_cursor: bool) -> object:
            rendered.append(index)
            return render_entry(widget, index, width, has_cursor)

        monkeypatch.setattr(SprintList, "_render_entry", record_entry)
        for _ in range(100):
            sprints.action_move(1)
        sprints.action_jump(-1)
        await pilot.pause()
        assert sprints.slug == sprints.entries[-1].slug and sprints.scroll_offset.y > 1000
        screen_text(pilot.app)
        assert len(set(rendered)) < 40


async def test_many_sprints_show_cached_rows_until_their_files_are_read(
    samples: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sprintkit.tui.screens.home.MIN_CACHED_ROWS", 3)
    make_files_old(samples.root)
    async with open_app(samples.root, size=(80, 24)) as pilot:
        await wait_for_text(pilot, "3 sprints")
    samples.add_broken_sprint("half-written")
    row_counts: list[int] = []
    show_rows = HomeScreen.show_rows

    def record_count(home: HomeScreen, rows: Sequence[Row]) -> None:
        row_counts.append(len(rows))
        show_rows(home, rows)

    monkeypatch.setattr(HomeScreen, "show_rows", record_count)
    async with open_app(samples.root, size=(80, 24)) as pilot:
        await wait_for_text(pilot, "4 sprints")
        assert row_counts == [3, 4]
        assert "half-written" in screen_text(pilot.app)


# Settings


async def test_theme_and_keys_come_from_the_settings(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    samples.write_settings('theme = "light"\n[keys]\nhome.new = "ctrl+e"\nhome.opne = "x"\n')
    async with open_app(samples.root) as pilot:
        assert pilot.app.theme == "light"
        text = screen_text(pilot.app)
        assert "ctrl+e new" in text and "Did you mean home.open" in text
        await pilot.press("f1")
        await wait_until(
            pilot, lambda: "ctrl+e" in screen_text(pilot.app) and "Help" in screen_text(pilot.app)
        )


@pytest.mark.slow
async def test_unusable_settings_are_reported_and_everything_else_works(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    samples.write_settings("theme = 3")
    async with open_app(samples.root) as pilot:
        await wait_for_text(pilot, "theme must be")
        await pilot.press("escape")
        assert "Price exceptions" in screen_text(pilot.app)
        for settings, sentence in (
            ('theme = "drak"', "Did you mean dark"),
            ("colour = 1", "not a setting"),
            ('[keys]\nhome.new = ""', "must name a key"),
        ):
            samples.write_settings(settings)
            sprint_app(pilot).reload_changed()
            await wait_for_text(pilot, sentence)
            await pilot.press("escape")
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
            assert "Price exceptions" in screen_text(pilot.app)


async def test_home_marks_a_sprint_whose_answers_could_not_be_saved(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    copy = SideCopy(str(samples.root), checkin_form_name("price-exceptions"))
    copy.save({"answers": {"note": "half"}})
    copy.release()
    async with open_app(samples.root) as pilot:
        await wait_for_text(pilot, "What could not be saved waits to be taken: a check-in")
        marked = [row["slug"] for row in home_screen(pilot).rows if "unsaved" in row]
        assert marked == ["price-exceptions"]
        copy.remove()
        for stored in find_side_copies(str(samples.root), ""):
            delete_side_copy(stored)
        home_screen(pilot).load()
        await wait_until(pilot, lambda: "could not be saved" not in screen_text(pilot.app))


# The sprint in focus, beside the list


async def test_a_wide_screen_shows_who_is_needed_for_the_sprint_in_focus(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root) as pilot:
        await resize(pilot, 160, 60)
        focus_sprint(pilot, "price-exceptions")
        await wait_for_text(pilot, "Decide: cut by an amendment")
        lines = [line.partition("│")[2] for line in screen_text(pilot.app).splitlines()]
        places = [
            next(number for number, line in enumerate(lines) if words in line)
            for words in (
                "What is needed, from whom",
                "OFF TRACK",
                "Next milestone",
                "Last decisions",
                "Approvals",
            )
        ]
        assert places == sorted(places)
        focus_sprint(pilot, "lead-routing")
        await wait_for_text(pilot, "Accept M6 by week 4: shadow run")
        assert "Decide: cut by an amendment" not in screen_text(pilot.app)
        await resize(pilot, 139, 40)
        assert "What is needed, from whom" not in screen_text(pilot.app)


async def test_the_foot_shows_amend_and_close_where_they_apply(
    all_states: WorkspaceBuilder, open_app: OpenApp
) -> None:
    shown = {}
    async with open_app(all_states.root) as pilot:
        for row in home_screen(pilot).rows:
            focus_sprint(pilot, row["slug"])
            await pilot.pause()
            foot = "\n".join(screen_text(pilot.app).splitlines()[-2:])
            shown[row["state"]] = (" a amend" in foot, " x close" in foot)
    assert shown["running"] == shown["operating"] == (True, True)
    assert shown["due"] == (False, True)
    assert shown["stopped"] == shown["scoping"] == (False, False)


async def test_b_writes_the_board_says_where_and_asks_before_it_replaces_one(
    samples: WorkspaceBuilder, open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    index = folder / "board/index.html"
    async with open_app(samples.root) as pilot:
        await wait_for_text(pilot, "Every hire enquiry")
        await pilot.press("b")
        await wait_for_text(pilot, "Written: index.html")
        first = index.read_bytes()
        index.write_bytes(first + b"<!-- older -->")
        await pilot.press("b")
        await wait_for_text(pilot, "replaced by today's board")
        await pilot.press("escape")
        assert index.read_bytes() != first
        await pilot.press("b")
        await wait_for_text(pilot, "replaced by today's board")
        await pilot.press("enter")
        await wait_until(pilot, lambda: index.read_bytes() == first)
