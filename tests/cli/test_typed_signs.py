"""Signs from other keyboards, encodings and very long names: one clear message, and what was typed is kept."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, read_toml

LONG = "n" * 300

pytestmark = pytest.mark.usefixtures("rendered_here")


def test_a_sprint_in_utf_16_is_read_and_saved(workspace: Path, run: RunCommand) -> None:
    text = "# ours\n" + (EXAMPLES / "lead.toml").read_text("utf-8")
    path = workspace / "sprints/lead/charter.toml"
    path.parent.mkdir()
    path.write_bytes(text.encode("utf-16"))
    assert run("status", "lead").code == 0
    assert run("scope", "lead", "--set", "charter.title=größe").code == 0
    assert read_toml(path)["charter"]["title"] == "größe" and "# ours" in path.read_text("utf-8")


def test_a_comment_in_a_utf_16_draft_is_not_lost(workspace: Path, run: RunCommand) -> None:
    path = workspace / "sprints/lead/draft.toml"
    path.parent.mkdir()
    path.write_bytes(("# ours\n" + (EXAMPLES / "lead.toml").read_text("utf-8")).encode("utf-16"))
    assert run("scope", "lead", "--set", "charter.title=x").code == 0
    assert "# ours" in (workspace / "sprints/lead/charter.toml").read_text("utf-8")


def test_a_decimal_comma_in_an_assignment_says_what_to_type(workspace: Path, run: RunCommand) -> None:
    result = run("scope", "lead", "--set", "success_metric.baseline=95,5")
    assert result.code == 2 and "Type 95.5" in result.err


@pytest.mark.slow
@pytest.mark.parametrize("name", ["house.typ", "charter.typ"])
def test_a_template_that_is_not_utf_8_is_named(scoped_lead: Path, run: RunCommand, name: str) -> None:
    assert run("render", "--eject").code == 0
    template = scoped_lead / "templates" / name
    template.write_bytes(template.read_bytes() + "\n// größe\n".encode("cp1252"))
    result = run("render", "lead", "--format", "pdf", "-o", "out.pdf")
    assert result.code == 2 and f"templates/{name}: line" in result.err and "not UTF-8" in result.err


@pytest.mark.parametrize(
    "args",
    [
        ("status", LONG),
        ("check", LONG),
        ("check", f"{LONG}.toml"),
        ("check", f"{LONG}/charter.toml"),
        ("scope", LONG, "--set", "charter.title=x"),
        ("scope", "x", "--from", LONG),
        ("scope", "x", "--like", LONG),
        ("checkin", "lead", "--from", LONG),
        ("render", "lead", LONG),
        ("render", "lead", "-o", f"{LONG}.md"),
        ("render", "lead", "-o", f"{LONG}/out.md"),
        ("render", "--all", "-o", LONG),
        ("status", "-C", LONG),
        ("init", LONG),
        ("schema", LONG),
    ],
)
def test_a_very_long_name_is_refused_in_words(
    scoped_lead: Path, run: RunCommand, args: tuple[str, ...]
) -> None:
    result = run(*args)
    assert result.code in (1, 2, 3) and "bug" not in result.err
    if args[0] not in ("init", "render"):
        assert result.code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("places", "codes"),
    [
        ((".", "sprints", "templates"), (0, 0, 1, 0, 0)),
        (("sprints/lead/checkins", "sprints/lead/signatures"), (2, 2, 1, 2, 0)),
    ],
)
def test_very_deep_folders_are_not_a_bug(
    workspace: Path, run: RunCommand, places: tuple[str, ...], codes: tuple[int, ...]
) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    try:
        for place in places:
            (workspace / place).mkdir(exist_ok=True)
            os.chdir(workspace / place)
            for _ in range(1300):
                os.mkdir("dddd")  # noqa: PTH102
                os.chdir("dddd")
        os.chdir(workspace)
        commands = ("status", "check", "doctor", "render lead --format md", "render --list")
        assert {command: run(*command.split()).code for command in commands} == dict(
            zip(commands, codes, strict=True)
        )
    finally:  # Python's own clean-up fails at such a depth
        subprocess.run(["rm", "-rf", *(str(workspace / place / "dddd") for place in places)], check=True)


@pytest.mark.parametrize("name", ["Ann  Lee", "Ann\u202eLee", "Ann\tLee", " Ann Lee", "Jose\u0301 Díaz"])
def test_a_name_is_stored_as_typed(workspace: Path, run: RunCommand, name: str) -> None:
    assert run("scope", "lead", "--set", f"owner.person={name}").code == 1
    (person,) = read_toml(workspace / "sprints/lead/draft.toml")["people"].values()
    assert person["name"] == name
    assert run("scope", "lead", "--set", "charter.sponsor=Ann Lee").code == 1
