"""Odd files and folders beside a sprint's own ones are pointed out, and never keep the rest from working."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, write_toml
from tests.conftest import example

DAY = ("--today", "2026-03-04")


@pytest.fixture
def followed(workspace: Path, run: RunCommand) -> Path:
    """The folder of a sprint with a charter and two check-ins."""
    assert run("scope", "lead", "--from", EXAMPLES / "lead.toml").code == 0
    for record in example("lead.records")["checkins"][:2]:
        write_toml(workspace / f"sprints/lead/checkins/week-{record['week']:02}.toml", record)
    return workspace / "sprints/lead"


@pytest.mark.parametrize(
    "name", ["week-02 (conflicted copy).toml", "week-02 (1).toml", "week-02 - Copy.toml", "week-02 copy.toml"]
)
def test_a_sync_copy_of_a_record_leaves_the_health_alone(followed: Path, run: RunCommand, name: str) -> None:
    expected = run("status", "--json", *DAY).data["sprints"][0]
    copy = followed / "checkins" / name
    copy.write_bytes(b"schema = 1\n" + (followed / "checkins/week-02.toml").read_bytes())
    result = run("status", "--json", *DAY)
    assert (result.code, result.data["sprints"][0]) == (0, expected)
    entry = next(file for file in run("check", "--json", *DAY).data["files"] if name in file["path"])
    assert (entry["errors"], entry["warnings"]) == (0, 1)
    doctor = run("doctor")
    assert doctor.code == 1
    for output in (entry["findings"][0]["message"], " ".join(doctor.out.split())):
        assert "looks like a sync copy of week-02.toml" in output
        assert "Compare it with week-02.toml, then delete it." in output


def test_folders_of_other_programs_are_no_sprints(workspace: Path, followed: Path, run: RunCommand) -> None:
    (workspace / "sprints/@eaDir").mkdir()
    (workspace / "sprints/#recycle/deep").mkdir(parents=True)
    write_toml(workspace / "sprints/archive/old/charter.toml", example("price"))
    status = run("status", "--json", *DAY)
    assert [row["slug"] for row in status.data["sprints"]] == ["lead"]
    assert {file["slug"] for file in run("check", "--json", *DAY).data["files"]} == {"lead"}
    doctor = run("doctor")
    assert doctor.code == 0
    (line,) = (line for line in doctor.out.splitlines() if "no sprint" in line)
    assert "sprints/@eaDir" in line and "sprints/#recycle" in line
    assert "sprints/archive/old/charter.toml" in line


def test_a_new_sprint_never_begins_in_such_a_folder_by_itself(workspace: Path, run: RunCommand) -> None:
    write_toml(workspace / "sprints/archive/old/charter.toml", example("price"))
    assert run("scope", "--set", "charter.title=Archive").code == 1
    assert (workspace / "sprints/archive-2/draft.toml").exists()


@pytest.mark.parametrize("names", [("café", "cafe\u0301"), ("lr", "LR")])
def test_folders_that_other_systems_merge_are_pointed_out(
    workspace: Path, run: RunCommand, names: tuple[str, str]
) -> None:
    for number, name in enumerate(names):
        document = example("lead")
        document["charter"]["id"] = f"id-{number}"
        write_toml(workspace / f"sprints/{name}/charter.toml", document)
    check, doctor = run("check", *DAY), run("doctor")
    assert (check.code, doctor.code) == (1, 1)
    assert "on macOS and Windows" in check.out and "on macOS and Windows" in doctor.out


@pytest.mark.parametrize(
    "name", ["house (1).typ", "house (1).toml", "~lock.pdf#", "Thumbs.db", "charter (1).md.j2"]
)
def test_an_odd_file_among_the_templates_hinders_nothing(
    workspace: Path, followed: Path, run: RunCommand, name: str
) -> None:
    documents = run("render", "--list", "--json").data["documents"]
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates" / name).write_bytes(b"\xff\x00#bad(\n")
    assert run("render", "--list", "--json").data["documents"] == documents
    for form in ("md", "html", "pdf"):
        result = run("render", "lead", "-o", f"out.{form}", "--force", *DAY)
        assert result.code == 0, (form, result.err)
