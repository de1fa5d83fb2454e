"""The wheel works alone in an empty folder, and the README promises only what is there."""

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
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip would lay it down, without the checkout beside it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (
        "import sys; from hatchling.builders.wheel import WheelBuilder; "
        "print(next(WheelBuilder('.').build(directory=sys.argv[1], versions=['standard'])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(done.stdout.strip().splitlines()[-1]) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, "-m", "sprintkit", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_wheel_takes_a_sprint_from_nothing_to_its_documents(unpacked: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import sprintkit; print(sprintkit.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(unpacked)), "it is the wheel that runs, not the checkout"
    lead = str(ROOT / "tests" / "examples" / "lead.toml")
    assert run(unpacked, tmp_path, "init").returncode == 0
    assert run(unpacked, tmp_path, "scope", "lead", "--from", lead).returncode == 0
    for form in ("md", "html", "pdf"):
        done = run(unpacked, tmp_path, "render", "lead", "--format", form)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / f"lead-charter.{form}").stat().st_size > 5_000


def test_the_wheel_brings_templates_fonts_samples_and_types(unpacked: Path) -> None:
    templates = ("templates/charter.typ", "templates/charter.html.j2", "templates/charter.md.j2")
    fonts = ("documents/fonts/NotoEmoji-Regular.ttf", "documents/fonts/OFL.txt", "templates/fonts/OFL.txt")
    for name in (*templates, *fonts, "py.typed"):
        assert (unpacked / "sprintkit" / name).is_file(), name
    assert (unpacked / "sprintkit" / "sprints" / "lead-routing" / "charter.toml").is_file()
    assert not any(path.name == "tests" for path in unpacked.iterdir())


def test_the_readme_names_every_command_and_no_other() -> None:
    from sprintkit.cli.commands import command_names

    table = README.partition("## Commands")[2].partition("## Files")[0]
    named = set()
    for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE):
        named |= {words.split()[0] for words in re.findall(r"`([^`]+)`", row)}
    assert named == set(command_names())


def test_the_readme_has_two_commands() -> None:
    blocks = re.findall(r"^```sh\n(.+?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    assert all("\n" not in block for block in blocks)
    assert "pytest" in blocks[1]


def test_the_settings_of_the_readme_hold(tmp_path: Path) -> None:
    from datetime import date

    from sprintkit.actions.context import open_context
    from sprintkit.charter.lexicon import Text
    from sprintkit.charter.settings import DEFAULT_SETTINGS
    from sprintkit.tui import settings

    (tmp_path / "sprints").mkdir()
    (block,) = re.findall(r"^```toml\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "sprintkit.toml").write_text(block, "utf-8")
    desk = open_context(tmp_path, date(2026, 2, 16))
    assert (desk.settings.people_asked_well, DEFAULT_SETTINGS.people_asked_well) == (6, 5)
    for typed in ("zeitnah", "in good time", "asap"):
        assert desk.lexicon.weasel.first_match(Text(typed)), typed
    assert desk.raw_settings["theme"] == "light"
    assert settings.parse_settings(desk.raw_settings) == (
        {"home.new": "ctrl+e", "session.park": "f10,ctrl+k"},
        [],
    )


def test_every_library_is_named_with_its_reason() -> None:
    wanted = re.findall(r'^  "([a-z0-9-]+)[>=<]', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    runtime = wanted[: wanted.index("pytest")]
    reasons = README.partition("| library | why |")[2]
    for library in runtime:
        assert library.lower() in reasons.lower(), library
