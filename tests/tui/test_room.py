"""What the screens stand on: the one door for text, the one registry of commands, themes, and few imports."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.screen import ModalScreen
from textual.widgets import Static

import sprintkit.tui
from sprintkit.errors import Problem, RefusedError
from sprintkit.tui import commands, settings, text, theme
from sprintkit.tui.app import SprintApp
from sprintkit.tui.screens.error_dialog import FailureScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.sprint_page.markdown import lines_of
from sprintkit.tui.widgets.dialog import Dialog
from tests.tui.conftest import Opened
from tests.tui.helpers import screen_text, wait_until
from tests.tui.worlds import HOSTILE, TODAY, World

ROOM = Path(sprintkit.tui.__file__).parent
HARSH = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [HOSTILE, "[/]", "漢字" * 9, "\t\x00a"]
)


@given(HARSH, st.integers(0, 40))
def test_a_column_has_exactly_its_width(value: str, width: int) -> None:
    assert cell_len(text.column(value, width)) == width
    assert cell_len(text.fit(value, width)) <= width


@given(HARSH, st.integers(2, 40))
def test_wrapped_text_loses_no_word_and_no_line_is_too_wide(value: str, width: int) -> None:
    lines = text.wrapped(value, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.escape_invisible(value).split())


@given(HARSH)
def test_no_text_acts_on_the_terminal_or_becomes_markup(value: str) -> None:
    shown = text.content(value)
    assert not shown.spans
    assert not any(sign < " " and sign != "\n" for sign in shown.plain)
    assert not set(shown.plain) & set("\x1b\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f")


@given(st.lists(HARSH, max_size=4), st.integers(20, 100))
def test_any_markdown_becomes_lines_of_the_width(parts: list[str], width: int) -> None:
    for line in lines_of(
        "\n\n".join(f"- {part}\n\n| a | b |\n|---|---|\n| {part} | x |" for part in parts), width
    ):
        assert line.cell_length <= width + 12 or " " not in line.plain.strip()


def test_ids_of_commands_are_one_of_a_kind_and_keys_clash_nowhere() -> None:
    ids = [one.id for one in commands.COMMANDS]
    assert len(ids) == len(set(ids))
    everywhere = {key for one in commands.in_scope("app") for key in one.keys.split(",")}
    for scope in {one.scope for one in commands.COMMANDS} - {"app"}:
        found = list(commands.in_scope(scope))
        assert all(one.help.endswith(".") and one.label and one.group for one in found), scope
        for one in found:
            assert not set(one.keys.split(",")) & everywhere, one.id


@pytest.mark.parametrize(
    ("table", "chosen", "wrong"),
    [
        ({"home": {"new": "ctrl+e"}}, {"home.new": "ctrl+e"}, []),
        ({"home.new": "f9, n"}, {"home.new": "f9, n"}, []),
        ({"home": {"nwe": "x"}}, {}, ["home.nwe is no command"]),
        ({"home": {"new": 3}}, {}, ["home.new must name a key"]),
        ({"home": {"new": "?x"}}, {}, ["?x is no key"]),
        ({"home": {"new": "ctlr+n"}}, {}, ["Did you mean ctrl?"]),
        ({"home": {"new": "ctrl+entr"}}, {}, ["Did you mean enter?"]),
        ({"home": {"new": "+", "open": "*"}}, {"home.new": "+", "home.open": "*"}, []),
        ({"home": {"new": "c"}}, {}, ["home.new: c is the key of home.checkin already"]),
        ({"home": {"new": "?"}}, {}, ["home.new: ? is the key of app.help already"]),
        ({"app": {"help": "d"}}, {}, ["app.help: d is the key of home.documents already"]),
        ({"home": {"new": "c", "checkin": "n"}}, {"home.new": "c", "home.checkin": "n"}, []),
    ],
)
def test_keys_are_set_by_id(table: dict[str, object], chosen: dict[str, str], wrong: list[str]) -> None:
    keys, sentences = settings.keymap(table)
    assert keys == chosen
    assert len(sentences) == len(wrong) and all(
        part in said for part, said in zip(wrong, sentences, strict=True)
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "found", [*theme.THEMES.values(), *theme.PLAIN.values()], ids=lambda found: found.name
)
def test_every_colour_that_words_have_can_be_read(found: theme.Theme) -> None:
    papers = [found.background, found.surface, found.variables["row"]]
    least = 7.0 if found.name == "high-contrast" else 4.5
    for name in ("primary", "accent", "success", "warning", "error", "foreground"):
        for paper in papers:
            ink = getattr(found, name)
            assert contrast(ink, paper) >= (least if paper != papers[2] else 4.0), (found.name, name, paper)
    assert contrast(found.variables["faint"], found.background) >= 4.5


def test_no_text_of_a_user_is_handed_to_markup() -> None:
    """Every Static says markup=False; nothing here calls notify or builds markup but by the one door."""
    for path in ROOM.rglob("*.py"):
        if "session" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("Static", "Label", "Welcome", "notify"):
                given = {word.arg: word.value for word in node.keywords}
                off = given.get("markup")
                assert isinstance(off, ast.Constant) and off.value is False, f"{path.name}:{node.lineno}"
            assert name != "from_markup", path.name


def test_home_loads_no_model_no_template_and_no_plot() -> None:
    script = (
        "import sys\nfrom sprintkit.tui.app import SprintApp\nfrom sprintkit.tui.screens.home import HomeScreen\n"
        "import sprintkit.actions.status.home\n"
        "heavy = ('pydantic', 'jinja2', 'typst', 'plotext', 'tomlkit', 'markdown_it',\n"
        "         'textual.widgets._text_area', 'textual.widgets._markdown', 'sprintkit.charter.model')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_an_expected_failure_of_a_worker_is_told(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root) as pilot:
        app = pilot.app

        def fail() -> None:
            raise RefusedError(HOSTILE, code="x", hint="try again")

        app.run_worker(fail, thread=True, exit_on_error=False)
        await wait_until(pilot, lambda: isinstance(app.screen, FailureScreen))
        assert "[/] [TODO]" in screen_text(app) and "try again" in screen_text(app)


async def test_a_bug_in_a_worker_is_never_lost(demo_world: World) -> None:
    app = SprintApp(str(demo_world.root), TODAY)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await pilot.pause()

            def fail() -> None:
                raise ZeroDivisionError("a bug")

            app.run_worker(fail, thread=True, exit_on_error=False)
            await wait_until(pilot, lambda: app.bug is not None)
    assert isinstance(app.bug, ZeroDivisionError)


def test_help_theme_and_quit_are_reached_from_every_dialog() -> None:
    for module in pkgutil.walk_packages(sprintkit.tui.__path__, "sprintkit.tui."):
        importlib.import_module(module.name)
    dialogs = [one for one in _kinds_of(ModalScreen) if one.__module__.startswith("sprintkit.")]
    assert len(dialogs) > 12
    assert all(issubclass(one, Dialog) for one in dialogs)


def _kinds_of(kind: type) -> set[type]:
    return {kind} | {deep for one in kind.__subclasses__() for deep in _kinds_of(one)}


async def test_every_command_of_a_screen_has_its_action(demo_world: World, opened: Opened) -> None:
    from sprintkit.tui.screens.documents import DocumentsScreen
    from sprintkit.tui.screens.form.review import ReviewScreen
    from sprintkit.tui.screens.form.screen import FormScreen
    from sprintkit.tui.screens.sprint import SprintScreen

    for screen in (HomeScreen, SprintScreen, DocumentsScreen, FormScreen, ReviewScreen, SprintApp):
        for one in commands.in_scope(getattr(screen, "SCOPE", "app")):
            name = one.action.partition("(")[0]
            target = SprintApp if name.startswith("app.") else screen
            assert hasattr(target, f"action_{name.rpartition('.')[2]}"), one.id


async def test_problems_of_many_files_are_told_whole(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, size=(80, 24)) as pilot:
        problems = [
            Problem("x", f"is wrong {at}", f"sprints/{HOSTILE}/{at}.toml", "mend it") for at in range(30)
        ]
        pilot.app.push_screen(FailureScreen(tuple(problems)))
        await wait_until(pilot, lambda: "is wrong 0" in screen_text(pilot.app))
        content = pilot.app.screen.query_one("#dialog VerticalScroll > Static", Static).content
        assert "is wrong 29" in str(getattr(content, "plain", content))
        assert "Esc closes this" in screen_text(pilot.app)
