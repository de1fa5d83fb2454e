"""The wheel works alone in an empty folder, and the README promises only what exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the contents of the wheel, as pip would install them."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (
        "import sys; from hatchling.builders.wheel import WheelBuilder; "
        "print(next(WheelBuilder('.').build(directory=sys.argv[1], versions=['standard'])))"
    )
    built = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(built.stdout.strip().splitlines()[-1]) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def run_wheel(unpacked_wheel: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command of the wheel in `folder`."""
    env = {**os.environ, "PYTHONPATH": str(unpacked_wheel), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, "-m", "sprintkit", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_wheel_takes_a_sprint_from_nothing_to_its_documents(unpacked_wheel: Path, tmp_path: Path) -> None:
    imported = subprocess.run(
        [sys.executable, "-P", "-c", "import sprintkit; print(sprintkit.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked_wheel)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert imported.stdout.startswith(str(unpacked_wheel)), "the wheel is imported, not the checkout"
    lead = str(ROOT / "tests" / "examples" / "lead.toml")
    assert run_wheel(unpacked_wheel, tmp_path, "init").returncode == 0
    assert run_wheel(unpacked_wheel, tmp_path, "scope", "lead", "--from", lead).returncode == 0
    for form in ("md", "html", "pdf"):
        rendered = run_wheel(unpacked_wheel, tmp_path, "render", "lead", "--format", form)
        assert rendered.returncode == 0, rendered.stderr
        assert (tmp_path / f"lead-charter.{form}").stat().st_size > 5_000


def test_the_wheel_contains_templates_fonts_samples_and_types(unpacked_wheel: Path) -> None:
    templates = ("templates/charter.typ", "templates/charter.html.j2", "templates/charter.md.j2")
    fonts = ("documents/fonts/NotoEmoji-Regular.ttf", "documents/fonts/OFL.txt", "templates/fonts/OFL.txt")
    for name in (*templates, *fonts, "py.typed"):
        assert (unpacked_wheel / "sprintkit" / name).is_file(), name
    assert (unpacked_wheel / "sprintkit" / "sprints" / "lead-routing" / "charter.toml").is_file()
    assert not any(path.name == "tests" for path in unpacked_wheel.iterdir())


def test_the_readme_names_every_command_and_no_other() -> None:
    from sprintkit.cli.commands import command_names

    table = README.partition("## Commands")[2].partition("## Files")[0]
    named_commands = set()
    for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE):
        named_commands |= {words.split()[0] for words in re.findall(r"`([^`]+)`", row)}
    assert named_commands == set(command_names())


def test_the_readme_has_one_command_to_install_and_one_to_test() -> None:
    blocks = re.findall(r"^```sh\n(.+?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    assert all("\n" not in block for block in blocks)
    assert "pytest" in blocks[1]


def test_the_settings_in_the_readme_take_effect(tmp_path: Path) -> None:
    from datetime import date

    from sprintkit.actions.context import open_context
    from sprintkit.charter.lexicon import Text
    from sprintkit.charter.settings import DEFAULT_SETTINGS
    from sprintkit.tui import settings

    (tmp_path / "sprints").mkdir()
    (block,) = re.findall(r"^```toml\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "sprintkit.toml").write_text(block, "utf-8")
    context = open_context(tmp_path, date(2026, 2, 16))
    assert (context.settings.people_asked_well, DEFAULT_SETTINGS.people_asked_well) == (6, 5)
    for typed in ("zeitnah", "in good time", "asap"):
        assert context.lexicon.weasel.first_match(Text(typed)), typed
    assert context.raw_settings["theme"] == "light"
    assert settings.parse_settings(context.raw_settings) == (
        {"home.new": "ctrl+e", "session.park": "f10,ctrl+k"},
        [],
    )


def test_the_readme_names_every_library_with_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    libraries = re.findall(r'^  "([a-z0-9-]+)[>=<]', project, re.MULTILINE)
    runtime_libraries = libraries[: libraries.index("pytest")]
    reasons = README.partition("| library | why |")[2].lower()
    for library in runtime_libraries:
        assert library.lower() in reasons, library
