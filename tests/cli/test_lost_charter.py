"""A sprint whose charter.toml is gone while its records are still there is broken, and nothing is begun beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, read_files, write_toml
from tests.conftest import example

DAY = ("--today", "2026-03-20")


def _rename(name: str) -> Callable[[Path], object]:
    return lambda charter: charter.rename(charter.with_name(name))


def _dangle(charter: Path) -> None:
    charter.unlink()
    charter.symlink_to("nowhere.toml")


@pytest.fixture
def followed(scoped_lead: Path, run: RunCommand) -> Path:
    """The folder of a sprint with a charter and two check-ins."""
    for record in example("lead.records")["checkins"][:2]:
        write_toml(scoped_lead / f"sprints/lead/checkins/week-{record['week']:02}.toml", record)
    assert run("status", "lead", *DAY).code == 0
    return scoped_lead / "sprints/lead"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lose", "likely"),
    [
        (_rename("charter.toml.txt"), "charter.toml.txt"),
        (_rename("Charter.toml"), "Charter.toml"),
        (_rename("charter (1).toml"), "charter (1).toml"),
        (_rename("charter.toml.orig"), "charter.toml.orig"),
        (_dangle, "link"),
    ],
)
def test_a_sprint_with_records_and_no_charter_is_broken(
    workspace: Path, followed: Path, run: RunCommand, lose: Callable[[Path], object], likely: str
) -> None:
    lose(followed / "charter.toml")
    before = read_files(workspace)
    for command in (("status", "lead"), ("status",), ("check", "lead"), ("check",)):
        ran = run(*command, *DAY)
        assert ran.code == 2, command
        assert "charter.toml" in ran.err and likely in ran.err
    assert [row["state"] for row in run("status", "--json", *DAY).data["sprints"]] == ["broken"]
    doctor = run("doctor")
    assert doctor.code == 1 and likely in doctor.out
    record = write_toml(workspace / "record.toml", example("lead.records")["checkins"][2])
    before["record.toml"] = record.read_bytes()
    for command in (
        ("scope", "lead", "--set", "charter.title=Anew"),
        ("scope", "lead", "--from", EXAMPLES / "lead.toml"),
        ("checkin", "lead", "--from", record),
        ("ask", "lead"),
        ("render", "lead", "-o", "-", "--format", "md"),
    ):
        ran = run(*command, *DAY)
        assert ran.code == 2, (command, ran)
        assert likely in ran.err, command
    after = read_files(workspace)
    assert after == before


@pytest.mark.parametrize(
    "name", ["closing.toml", "reviews/2027-04.toml", "amendments/2027-04-02-scope-ann.toml"]
)
def test_any_record_of_an_agreement_needs_its_charter(workspace: Path, run: RunCommand, name: str) -> None:
    write_toml(workspace / "sprints/lead" / name, {"schema": 1})
    ran = run("status", "lead")
    assert ran.code == 2 and "there is no charter.toml" in ran.err


@pytest.mark.parametrize("name", ["answers/ann.toml", "readiness.toml"])
def test_what_may_precede_a_charter_does_not_need_one(workspace: Path, run: RunCommand, name: str) -> None:
    document = {"who": "ann", "answers": []} if name.startswith("answers") else {"schema": 1}
    write_toml(workspace / "sprints/lead" / name, document)
    assert "there is no charter.toml" not in run("status", "lead").err


def test_a_charter_with_capitals_in_its_name_is_pointed_out(workspace: Path, run: RunCommand) -> None:
    write_toml(workspace / "sprints/lead/Charter.toml", example("lead"))
    ran = run("status", "lead")
    assert ran.code == 2 and "Rename sprints/lead/Charter.toml to charter.toml" in ran.err


def test_records_in_a_folder_with_capitals_are_not_overlooked(
    workspace: Path, followed: Path, run: RunCommand
) -> None:
    (followed / "checkins").rename(followed / "Checkins")
    ran = run("status", "lead", *DAY)
    assert ran.code == 2 and "Rename sprints/lead/Checkins to checkins" in ran.err


@pytest.mark.parametrize("content", [b"", b"schema = 1\n", b"\x80\x81 = 1\n"])
def test_a_charter_that_says_nothing_is_broken_and_named(
    workspace: Path, followed: Path, run: RunCommand, content: bytes
) -> None:
    (followed / "charter.toml").write_bytes(content)
    for command in (("status", "lead"), ("status",), ("diff", "lead")):
        ran = run(*command, *DAY)
        assert ran.code == 2 and "sprints/lead/charter.toml" in ran.err, command
    (row,) = run("status", "--json", *DAY).data["sprints"]
    assert (row["state"], row["title"]) == ("broken", None)
    assert (followed / "charter.toml").read_bytes() == content


def test_check_names_all_that_an_incomplete_charter_lacks(followed: Path, run: RunCommand) -> None:
    (followed / "charter.toml").write_text("schema = 1\n", "utf-8")
    checked = run("check", "lead", "--json", *DAY)
    missing = [finding["path"] for finding in checked.data["files"][0]["findings"]]
    assert checked.code == 1
    assert {"charter.title", "timeline.start", "plan.milestones"} <= set(missing)
