"""However much is wrong with a file, a hundred messages and the number of the rest are printed, in linear time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand
from tests.conftest import soak

MANY = soak(20_000)


@pytest.fixture
def spoilt(workspace: Path) -> Path:
    """A charter with very many unknown tables, in a sprint and as a file."""
    text = (EXAMPLES / "lead.toml").read_text("utf-8") + "".join(
        f"\n[wat{number}]\na=1" for number in range(MANY)
    )
    for path in ("sprints/lead/charter.toml", "in.toml"):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_text(text, "utf-8")
    return workspace


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "lead"),
        ("check", "in.toml"),
        ("status",),
        ("status", "lead"),
        ("scope", "lead", "--set", "charter.title=x"),
        ("scope", "new", "--from", "in.toml"),
        ("checkin", "lead", "--from", "in.toml"),
        ("render", "lead", "-o", "-", "--format", "md"),
        ("doctor",),
    ],
)
def test_messages_about_one_file_are_bounded(spoilt: Path, run: RunCommand, command: tuple[str, ...]) -> None:
    start = time.process_time()
    text = run(*command)
    assert time.process_time() - start < 8
    assert text.code == (1 if command == ("doctor",) else 2)
    assert len(text.output) < 40_000
    assert " more" in text.output
    machine = run(*command, "--json")
    assert len(machine.out) < 80_000
    assert len(machine.json["errors"]) <= 101


def test_the_messages_of_a_record_are_bounded(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    text = "week = 1\n" + "".join(f"wat{number} = 1\n" for number in range(20_000))
    (workspace / "record.toml").write_text(text, "utf-8")
    result = run("checkin", "lead", "--from", "record.toml", "--json")
    assert (result.code, len(result.json["errors"])) == (2, 101)
    assert result.json["errors"][-1]["message"].startswith("and 19,9")


def test_the_findings_of_one_file_are_bounded(workspace: Path, run: RunCommand) -> None:
    milestones = "".join(f'\n[[plan.milestones]]\nid = "M{number}"\ntitle = "do"' for number in range(600))
    (workspace / "in.toml").write_text("schema = 1\n" + milestones, "utf-8")
    result = run("check", "in.toml")
    assert result.code == 1
    assert len(result.out) < 60_000 and " more" in result.out
    (file,) = run("check", "in.toml", "--json").data["files"]
    assert file["errors"] > 100 and len(file["findings"]) == 101
    assert file["findings"][-1]["message"].startswith("and ")


def test_a_key_of_half_a_megabyte_is_refused_and_not_printed(workspace: Path, run: RunCommand) -> None:
    (workspace / "in.toml").write_text(f"schema = 1\n{'k' * 500_000} = 1\n", "utf-8")
    result = run("check", "in.toml")
    assert result.code == 2
    assert "a key of 500,000 characters" in result.err
    assert len(result.output) < 1_000


def test_a_message_quotes_no_more_than_helps(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    accepted = "".join(f'[[accepted]]\nid = "{number}{"x" * 5_000}"\n' for number in range(150))
    (workspace / "in.toml").write_text(
        f'week = 1\non = 2026-02-20\nby = "{"y" * 200_000}"\n{accepted}', "utf-8"
    )
    result = run("checkin", "lead", "--from", "in.toml")
    assert result.code == 1
    assert len(result.output) < 300_000
