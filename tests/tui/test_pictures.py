"""Pictures are drawn with the finest signs that the terminal shows, or with those that a team has set."""

from __future__ import annotations

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.status.sprint_overview import load_sprint_overview
from sprintkit.tui.app import Opening
from sprintkit.tui.pictures import STYLES, choose_pictures
from sprintkit.tui.settings import parse_settings
from sprintkit.tui.sprint_page.charts import points_chart
from tests.tui.conftest import OpenApp
from tests.tui.helpers import screen_text, sprint_app, wait_for_text, wait_until
from tests.tui.workspace_builder import WorkspaceBuilder


@pytest.mark.parametrize(
    ("environment", "style"),
    [
        ({"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}, "braille"),
        ({"TERM": "tmux-256color", "LC_ALL": "C"}, "braille"),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, "blocks"),
        ({"TERM": "xterm", "LANG": "en_GB.ISO-8859-1"}, "blocks"),
    ],
)
def test_the_environment_decides_only_where_it_is_sure(environment: dict[str, str], style: str) -> None:
    assert choose_pictures(None, environment) == (style, None)
    assert choose_pictures(" Sextants", environment) == ("sextants", None), "what is set counts"


def test_an_unknown_style_is_reported_with_the_closest_one() -> None:
    (sentence,) = parse_settings({"pictures": "brail"})[1]
    assert sentence.endswith("Did you mean braille?")


@pytest.mark.parametrize(
    ("name", "signs"), [("braille", "\u2800\u28ff"), ("sextants", "\U0001fb00\U0001fb3b"), ("blocks", "▀▟")]
)
def test_a_line_is_drawn_in_the_signs_of_its_style(samples: WorkspaceBuilder, name: str, signs: str) -> None:
    series = load_sprint_overview(
        open_context(str(samples.root), samples.today), "lead-routing"
    ).view.progress
    assert series.chart_data is not None
    lines = points_chart(series.chart_data, 76, 13, STYLES[name])
    drawn = [sign for line in lines[2:] for sign in line.plain if ord(sign) > 0x257F and sign not in "○●"]
    assert len(drawn) > 40 and all(signs[0] <= sign <= signs[1] for sign in drawn)
    assert all(line.cell_length <= 76 for line in lines)


async def test_a_key_shows_the_styles_in_turn_and_the_setting_keeps_one(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    (samples.root / "sprintkit.toml").write_text('pictures = "blocks"\n', "utf-8")
    async with open_app(samples.root, opening=Opening("sprint", "lead-routing"), size=(120, 60)) as pilot:
        await wait_until(pilot, lambda: "▄" in screen_text(pilot.app))
        await pilot.press("p")
        await wait_for_text(pilot, "Pictures in braille")
        assert sprint_app(pilot).pictures == "braille"
        assert any("\u2800" < sign <= "\u28ff" for sign in screen_text(pilot.app))
