"""Odd files and folders beside a sprint's own ones are pointed out, and never keep the rest from working."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, read_files, write_toml
from tests.conftest import example

DAY = ("--today", "2026-03-04")

pytestmark = pytest.mark.usefixtures("rendered_here")


@pytest.fixture
def followed(scoped_lead: Path) -> Path:
    """The folder of a sprint with a charter and two check-ins."""
    for record in example("lead.records")["checkins"][:2]:
        write_toml(scoped_lead / f"sprints/lead/checkins/week-{record['week']:02}.toml", record)
    return scoped_lead / "sprints/lead"


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


def test_folders_of_other_programs_are_not_sprints(workspace: Path, followed: Path, run: RunCommand) -> None:
    (workspace / "sprints/@eaDir").mkdir()
    (workspace / "sprints/#recycle/deep").mkdir(parents=True)
    write_toml(workspace / "sprints/archive/old/charter.toml", example("price"))
    status = run("status", "--json", *DAY)
    assert [row["slug"] for row in status.data["sprints"]] == ["lead"]
    assert {file["slug"] for file in run("check", "--json", *DAY).data["files"]} == {"lead"}
    doctor = run("doctor")
    assert doctor.code == 0
    (line,) = (line for line in doctor.out.splitlines() if "not sprints" in line)
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


@pytest.mark.slow
def test_odd_files_among_the_templates_block_nothing(
    workspace: Path, followed: Path, run: RunCommand
) -> None:
    documents = run("render", "--list", "--json").data["documents"]
    (workspace / "templates").mkdir(exist_ok=True)
    for name in ("house (1).typ", "house (1).toml", "~lock.pdf#", "Thumbs.db", "charter (1).md.j2"):
        (workspace / "templates" / name).write_bytes(b"\xff\x00#bad(\n")
    assert run("render", "--list", "--json").data["documents"] == documents
    for form in ("md", "html", "pdf"):
        result = run("render", "lead", "-o", f"out.{form}", *DAY)
        assert result.code == 0, (form, result.err)


@pytest.mark.parametrize("name", ["week-02-LAPTOP-4F2K.toml", "week-02-Anns-MacBook-Pro.toml"])
def test_a_copy_that_onedrive_made_is_a_sync_copy(followed: Path, run: RunCommand, name: str) -> None:
    (followed / "checkins" / name).write_bytes((followed / "checkins/week-02.toml").read_bytes())
    (followed / "charter-DESKTOP-ABC.toml").write_bytes((followed / "charter.toml").read_bytes())
    assert run("status", *DAY).code == 0
    doctor = " ".join(run("doctor").out.split())
    assert "looks like a sync copy of week-02.toml" in doctor
    assert "looks like a sync copy of charter.toml" in doctor
    (followed / "checkins/week-02.toml").unlink()
    assert "looks like a sync copy of week-02.toml" not in run("doctor").out  # it may be the only one left


@pytest.mark.parametrize("args", [("--set", "charter.title=LR"), ("--from", EXAMPLES / "lead.toml")])
@pytest.mark.parametrize("is_sprint", [True, False])
def test_a_sprint_that_other_systems_would_merge_with_another_is_not_begun(
    workspace: Path, run: RunCommand, args: tuple[str, ...], is_sprint: bool
) -> None:
    folder = workspace / "sprints/LR"
    folder.mkdir()
    if is_sprint:
        write_toml(folder / "charter.toml", example("lead"))
    before = read_files(workspace)
    result = run("scope", "lr", *args, "--json")
    assert (result.code, [error["code"] for error in result.json["errors"]]) == (2, ["merging_names"])
    assert result.json["errors"][0]["path"] == "sprints/LR"
    assert read_files(workspace) == before and not (workspace / "sprints/lr").exists()


def test_a_sprint_begun_by_its_id_is_refused_beside_the_same_name_in_capitals(
    workspace: Path, run: RunCommand
) -> None:
    write_toml(workspace / "sprints/LEAD-ROUTING/charter.toml", example("lead"))
    assert example("lead")["charter"]["id"] == "lead-routing"
    result = run("scope", "--from", EXAMPLES / "lead.toml", "--json")
    assert [error["code"] for error in result.json["errors"]] == ["merging_names"]
    assert not (workspace / "sprints/lead-routing").exists()


@pytest.mark.parametrize(("folder", "typed"), [("café", "cafe\u0301"), ("cafe\u0301", "café")])
def test_a_sprint_is_found_by_either_form_of_its_name_and_never_begun_twice(
    workspace: Path, run: RunCommand, folder: str, typed: str
) -> None:
    write_toml(workspace / f"sprints/{folder}/charter.toml", example("lead"))
    run("scope", typed, "--set", "charter.title=Another title")
    assert [path.name for path in (workspace / "sprints").iterdir()] == [folder]


@pytest.mark.parametrize("target", ["ring", "/not/there"])
def test_a_circular_link_does_not_keep_other_sprints_from_being_read(
    workspace: Path, followed: Path, run: RunCommand, target: str
) -> None:
    expected = run("status", "lead", "--json", *DAY).data
    (workspace / "sprints/ring").symlink_to(target)
    assert run("status", "lead", "--json", *DAY).data == expected
    listing = run("status", "--json", *DAY)
    assert {row["slug"]: row["state"] for row in listing.data["sprints"]}["ring"] == "broken"
    assert listing.code == 2


@pytest.mark.parametrize(
    "args", [("check", "{}"), ("scope", "new", "--from", "{}"), ("checkin", "lead", "--from", "{}")]
)
@pytest.mark.parametrize(
    "name", ["sprints/out/charter.toml", "out.toml", "{root}/out.toml", "./sprints/../out.toml"]
)
def test_a_named_file_is_not_read_through_a_link_out_of_the_workspace(
    workspace: Path,
    followed: Path,
    run: RunCommand,
    tmp_path_factory: pytest.TempPathFactory,
    args: tuple[str, ...],
    name: str,
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "charter.toml").write_text('title = "secret"\n', "utf-8")
    (workspace / "sprints/out").symlink_to(outside)
    (workspace / "out.toml").symlink_to(outside / "charter.toml")
    named = name.replace("{root}", str(workspace))
    result = run(*(arg.replace("{}", named) for arg in args), *DAY)
    assert result.code == 2
    assert "leads out of the workspace" in result.err
    assert "secret" not in result.output


def test_a_named_file_outside_is_read_and_so_is_one_through_a_link_of_ones_own(
    workspace: Path, run: RunCommand, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write_toml(outside / "real.toml", example("lead"))
    (outside / "mine.toml").symlink_to(outside / "real.toml")
    assert run("check", outside / "mine.toml", *DAY).code in (0, 1)
    assert run("scope", "new", "--from", outside / "mine.toml").code == 0
