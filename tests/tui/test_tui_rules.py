"""Rules that hold for all of the TUI: one way for text into widgets, one registry of commands, few imports."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

import sprintkit.tui
from sprintkit.errors import Problem, RefusedError
from sprintkit.tui import key_bindings, settings, text, theme
from sprintkit.tui.app import SprintApp
from sprintkit.tui.markdown import markdown_lines
from sprintkit.tui.screens.error_dialog import ErrorDialog
from sprintkit.tui.text import first_sentences
from sprintkit.tui.widgets.dialog import Dialog
from tests.tui.conftest import OpenApp
from tests.tui.helpers import screen_text, wait_for_text, wait_until
from tests.tui.workspace_builder import HOSTILE, TODAY, WorkspaceBuilder

TUI_FOLDER = Path(sprintkit.tui.__file__).parent
HOSTILE_TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [HOSTILE, "[/]", "漢字" * 9, "\t\x00a"]
)


# Text


@given(HOSTILE_TEXTS, st.integers(0, 40))
def test_a_column_has_exactly_its_width(value: str, width: int) -> None:
    assert cell_len(text.fit_column(value, width)) == width
    assert cell_len(text.fit_line(value, width)) <= width


@given(HOSTILE_TEXTS, st.integers(2, 40))
def test_wrapping_loses_no_text_and_makes_no_line_too_wide(value: str, width: int) -> None:
    lines = text.wrap_text(value, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.display_text(value).split())


@given(HOSTILE_TEXTS)
def test_no_text_controls_the_terminal_or_becomes_markup(value: str) -> None:
    shown = text.content(value)
    assert not shown.spans
    assert not any(character < " " and character != "\n" for character in shown.plain)
    assert not set(shown.plain) & set("\x1b\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f")


@given(st.lists(HOSTILE_TEXTS, max_size=4), st.integers(20, 100))
def test_any_markdown_becomes_lines_of_the_width(parts: list[str], width: int) -> None:
    blocks = [f"- {part}\n\n| a | b |\n|---|---|\n| {part} | x |" for part in parts]
    for line in markdown_lines("\n\n".join(blocks), width):
        assert line.cell_length <= width + 12 or " " not in line.plain.strip()


def test_no_widget_takes_user_text_as_markup() -> None:
    """Every Static, Label and notify says markup=False, and nothing builds markup."""
    for path in TUI_FOLDER.rglob("*.py"):
        if "session" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("Static", "Label", "notify"):
                markup = {keyword.arg: keyword.value for keyword in node.keywords}.get("markup")
                assert isinstance(markup, ast.Constant) and markup.value is False, (
                    f"{path.name}:{node.lineno}"
                )
            assert name != "from_markup", path.name


# Commands and keys


def test_command_ids_are_unique_and_no_screen_takes_a_key_of_the_app() -> None:
    ids = [command.id for command in key_bindings.COMMANDS]
    assert len(ids) == len(set(ids))
    app_keys = {key for command in key_bindings.commands_in_scope("app") for key in command.keys.split(",")}
    for command in key_bindings.COMMANDS:
        assert command.help.endswith(".") and command.label and command.group, command.id
        assert command.scope == "app" or not set(command.keys.split(",")) & app_keys, command.id


def test_every_command_of_a_screen_has_its_action() -> None:
    screens = [screen for screen in _subclasses(Screen) if not screen.__subclasses__()]
    scopes = {screen: getattr(screen, "SCOPE", "") for screen in screens} | {SprintApp: "app"}
    for owner, scope in scopes.items():
        for command in key_bindings.commands_in_scope(scope):
            action = command.action.partition("(")[0]
            target = SprintApp if action.startswith("app.") else owner
            assert hasattr(target, f"action_{action.rpartition('.')[2]}"), command.id


def test_help_theme_and_quit_work_in_every_dialog() -> None:
    dialogs = list(_subclasses(ModalScreen))
    assert len(dialogs) > 12
    assert all(issubclass(dialog, Dialog) for dialog in dialogs)


def _subclasses(base: type) -> Iterator[type]:
    """Yield every subclass of a screen class that sprintkit defines."""
    for module in pkgutil.walk_packages(sprintkit.tui.__path__, "sprintkit.tui."):
        importlib.import_module(module.name)
    pending = [base]
    while pending:
        subclasses = pending.pop().__subclasses__()
        pending += subclasses
        yield from (subclass for subclass in subclasses if subclass.__module__.startswith("sprintkit."))


@pytest.mark.parametrize(
    ("table", "keys", "errors"),
    [
        ({"home": {"new": "ctrl+e"}}, {"home.new": "ctrl+e"}, []),
        ({"home.new": "f9, n"}, {"home.new": "f9, n"}, []),
        ({"home": {"nwe": "x"}}, {}, ["home.nwe is not a command"]),
        ({"home": {"new": 3}}, {}, ["home.new must name a key"]),
        ({"home": {"new": "?x"}}, {}, ["?x is not a key"]),
        ({"home": {"new": "ctlr+n"}}, {}, ["Did you mean ctrl?"]),
        ({"home": {"new": "ctrl+entr"}}, {}, ["Did you mean enter?"]),
        ({"home": {"new": "+", "open": "*"}}, {"home.new": "+", "home.open": "*"}, []),
        ({"home": {"new": "c"}}, {}, ["home.new: c is already the key of home.checkin"]),
        ({"home": {"new": "?"}}, {}, ["home.new: ? is already the key of app.help"]),
        ({"app": {"help": "d"}}, {}, ["app.help: d is already the key of home.documents"]),
        ({"home": {"new": "c", "checkin": "n"}}, {"home.new": "c", "home.checkin": "n"}, []),
    ],
)
def test_keys_are_set_by_command_id(
    table: dict[str, object], keys: dict[str, str], errors: list[str]
) -> None:
    parsed_keys, sentences = settings.parse_keymap(table)
    assert parsed_keys == keys
    assert len(sentences) == len(errors)
    assert all(error in sentence for error, sentence in zip(errors, sentences, strict=True))


# Themes


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "tested", [*theme.THEMES.values(), *theme.PLAIN.values()], ids=lambda tested: tested.name
)
def test_every_text_colour_is_readable(tested: theme.Theme) -> None:
    row = tested.variables["row"]
    minimum = 7.0 if tested.name == "high-contrast" else 4.5
    for name in ("primary", "accent", "success", "warning", "error", "foreground"):
        colour = getattr(tested, name)
        for background in (tested.background, tested.surface):
            assert contrast(colour, background) >= minimum, (name, background)
        assert contrast(colour, row) >= 4.5, name
    for background in (tested.background, tested.surface, row):
        assert contrast(tested.variables["faint"], background) >= 4.5, background


# Imports and failures


@pytest.mark.slow
def test_home_loads_no_model_no_template_and_no_charts() -> None:
    script = (
        "import sys\nfrom sprintkit.tui.app import SprintApp\nfrom sprintkit.tui.screens.home import HomeScreen\n"
        "import sprintkit.actions.status.home\n"
        "heavy = ('pydantic', 'jinja2', 'typst', 'plotext', 'tomlkit', 'markdown_it', 'duckdb', 'python_calamine',\n"
        "         'textual.widgets._text_area', 'textual.widgets._markdown', 'sprintkit.charter.model',\n"
        "         'sprintkit.charter.rules', 'sprintkit.charter.judge')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert process.stdout.strip() == "[]"


async def test_an_expected_failure_of_a_worker_and_the_problems_of_many_files_are_shown_whole(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, size=(80, 24)) as pilot:
        app = pilot.app

        def fail() -> None:
            raise RefusedError(HOSTILE, code="x", hint="try again")

        app.run_worker(fail, thread=True, exit_on_error=False)
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "[/] [TODO]" in screen_text(app) and "try again" in screen_text(app)
        await pilot.press("escape")

        problems = [
            Problem("x", f"is wrong {number}", f"sprints/{HOSTILE}/{number}.toml", "mend it")
            for number in range(30)
        ]
        app.push_screen(ErrorDialog(tuple(problems)))
        await wait_for_text(pilot, "is wrong 0")
        content = app.screen.query_one("#dialog VerticalScroll > Static", Static).content
        assert "is wrong 29" in str(getattr(content, "plain", content))
        assert "Esc closes this" in screen_text(app)


@pytest.mark.slow
async def test_a_bug_in_a_worker_is_never_lost(samples: WorkspaceBuilder) -> None:
    app = SprintApp(str(samples.root), TODAY)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await pilot.pause()

            def fail() -> None:
                raise ZeroDivisionError("a bug")

            app.run_worker(fail, thread=True, exit_on_error=False)
            await wait_until(pilot, lambda: app.bug is not None)
    assert isinstance(app.bug, ZeroDivisionError)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Saved.", "Saved."),
        (
            "Saved a.toml. It counts from week 4. Nobody else is asked.",
            "Saved a.toml. It counts from week 4. …",
        ),
        (
            "A sentence that is far too long for the place it has got here",
            "A sentence that is far too long for th…",
        ),
    ],
)
def test_a_notification_is_bounded_and_ends_at_a_sentence(text: str, shown: str) -> None:
    assert first_sentences(text, 39) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("team 👩\u200d💻 and 🧑\u200d⚕\ufe0f", "team 👩💻 and 🧑⚕"),
        ("क्\u200dष", "क्\u200dष"),  # a joiner between letters belongs to the script
    ],
)
def test_joined_emoji_are_shown_one_by_one(typed: str, shown: str) -> None:
    assert text.display_text(typed) == shown
