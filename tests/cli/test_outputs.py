"""No output goes through a link of the workspace, into `.git`, or in place of anything but a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sprintkit.cli import crash
from tests.cli.conftest import RunCommand, read_files

VICTIM = "[core]\n\tbare = false\n"


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """A workspace with the charter of the lead example, in a repository with a configuration."""
    (scoped_lead / ".git/hooks").mkdir(parents=True)
    (scoped_lead / ".git/config").write_text(VICTIM, "utf-8")
    return scoped_lead


def refusal(run: RunCommand, *args: str | Path) -> tuple[str, str]:
    """Code and path of the error by which a command refuses to write."""
    result = run(*args, "--json")
    assert result.code in (2, 3)
    error = result.json["errors"][0]
    return error["code"], error["path"]


@pytest.mark.parametrize("target", [".git/config", "../victim.md", "kept.md", "nowhere.md"])
@pytest.mark.parametrize(
    "args", [("render", "lead", "--format", "md"), ("render", "lead", "-o", "lead-charter.md")]
)
def test_an_output_that_is_a_link_is_refused_by_name(
    lead: Path, run: RunCommand, target: str, args: tuple[str, ...]
) -> None:
    victim = Path(os.path.normpath(lead / target))
    if "nowhere" not in target:
        victim.write_text(VICTIM, "utf-8")
    (lead / "lead-charter.md").symlink_to(target)
    assert refusal(run, *args, "--force") == ("link", "lead-charter.md")
    assert (lead / "lead-charter.md").is_symlink()
    assert victim.read_text("utf-8") == VICTIM if "nowhere" not in target else not victim.exists()


def test_one_link_among_the_outputs_of_all_keeps_all_from_being_written(lead: Path, run: RunCommand) -> None:
    (lead / "out").mkdir()
    (lead / "out/lead-charter.md").symlink_to("../.git/config")
    args = ("render", "lead", "--all", "--format", "md", "-o", "out", "--force")
    assert refusal(run, *args) == ("link", "out/lead-charter.md")
    assert (lead / ".git/config").read_text("utf-8") == VICTIM
    assert list(read_files(lead / "out")) == ["lead-charter.md"]


@pytest.mark.parametrize("target", [".git", ".git/hooks", "..", "inner"])
@pytest.mark.parametrize(
    "args", [("--all", "-o", "docs"), ("-o", "docs"), ("-o", "docs/new.md"), ("-o", "docs/deeper/new.md")]
)
def test_a_folder_of_the_workspace_that_is_a_link_is_not_entered(
    lead: Path, run: RunCommand, target: str, args: tuple[str, ...]
) -> None:
    (lead / "inner").mkdir()
    (lead / "docs").symlink_to(target)
    before = read_files(lead)
    code, path = refusal(run, "render", "lead", "--format", "md", *args, "--force")
    assert (code, path) == ("link", "docs")
    assert read_files(lead) == before


def test_a_link_of_the_workspace_is_not_entered_through_another_one(
    lead: Path, run: RunCommand, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (lead / "docs").symlink_to(".git")
    shortcut = tmp_path_factory.mktemp("home") / "shortcut"
    shortcut.symlink_to(lead / "docs")
    assert refusal(run, "render", "lead", "-o", shortcut / "new.md")[0] == "link"
    assert refusal(run, "render", "lead", "-o", "docs/../new.md")[0] == "link"


def test_links_of_the_repository_around_the_workspace_are_not_entered(
    lead: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = lead / "work"
    work.mkdir()
    (lead / "sprints").rename(work / "sprints")
    (lead / "docs").symlink_to("/tmp")
    monkeypatch.chdir(work)
    assert refusal(run, "render", "lead", "-o", "../docs/new.md") == ("link", "../docs")


def test_a_folder_that_the_user_linked_elsewhere_is_entered(
    lead: Path, run: RunCommand, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "disk").mkdir()
    (home / "documents").symlink_to("disk")
    assert run("render", "lead", "--format", "md", "-o", home / "documents").code == 0
    assert list(read_files(home / "disk")) == ["lead-charter.md"]


@pytest.mark.parametrize(
    "name", [".git/new.md", ".git/hooks/new.md", ".GIT/new.md", "sub/.git/new.md", ".git"]
)
def test_nothing_is_rendered_into_git_folders(lead: Path, run: RunCommand, name: str) -> None:
    before = read_files(lead)
    code, path = refusal(run, "render", "lead", "--format", "md", "-o", name, "--force")
    assert (code, path.lower()) == ("git_folder", name[: name.lower().index(".git") + 4].lower())
    assert read_files(lead) == before


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_pipe_or_a_folder_in_the_way_is_refused_by_name(lead: Path, run: RunCommand, make: object) -> None:
    assert callable(make)
    make(lead / "lead-charter.md")
    args = ("render", "lead", "--all", "--format", "md", "--force")
    assert refusal(run, *args) == ("not_a_file", "lead-charter.md")
    assert not list(lead.glob("lead-*.md"))[1:]


def test_overwriting_cuts_a_hard_link_and_keeps_the_mode(lead: Path, run: RunCommand) -> None:
    (lead / "kept.md").write_text("old", "utf-8")
    (lead / "kept.md").chmod(0o640)
    os.link(lead / "kept.md", lead / "out.md")
    assert run("render", "lead", "-o", "out.md", "--force").code == 0
    assert (lead / "kept.md").read_text("utf-8") == "old"
    assert (lead / "out.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("link", ["templates", "templates/charter.md.j2"])
def test_templates_are_not_copied_through_a_link(lead: Path, run: RunCommand, link: str) -> None:
    if link != "templates":
        (lead / "templates").mkdir()
    (lead / link).symlink_to(lead / (".git/hooks" if link == "templates" else ".git/config"))
    before = read_files(lead / ".git")
    assert run("render", "--eject", "charter", "--force").code in (2, 3)
    assert read_files(lead / ".git") == before


@pytest.mark.parametrize("name", [".gitignore", ".gitattributes"])
@pytest.mark.parametrize("target", [".git/config", "notes.txt"])
def test_init_adds_no_line_through_a_link(lead: Path, run: RunCommand, name: str, target: str) -> None:
    (lead / target).write_text(VICTIM, "utf-8")
    (lead / name).unlink()
    (lead / name).symlink_to(target)
    assert refusal(run, "init") == ("link", name)
    assert (lead / target).read_text("utf-8") == VICTIM


@pytest.mark.parametrize("name", ["draft.toml", "readiness.toml"])
def test_no_file_of_a_sprint_is_saved_through_a_link(lead: Path, run: RunCommand, name: str) -> None:
    (lead / "victim.toml").write_text("", "utf-8")
    (lead / "sprints/new").mkdir()
    (lead / "sprints/new" / name).symlink_to("../../victim.toml")
    run("scope", "new", "--set", "charter.title=New")
    assert (lead / "victim.toml").read_text("utf-8") == ""


def test_a_sprint_folder_that_leads_into_git_is_not_written(lead: Path, run: RunCommand) -> None:
    (lead / "sprints/new").symlink_to("../.git")
    before = read_files(lead / ".git")
    assert run("scope", "new", "--set", "charter.title=New").code in (2, 3)
    assert read_files(lead / ".git") == before


def test_a_crash_log_is_not_written_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("sprintkit.cli.crash.time.strftime", lambda _: "crash.log")
    (tmp_path / "sprintkit").mkdir()
    (tmp_path / "victim").write_text("kept", "utf-8")
    (tmp_path / "sprintkit/crash.log").symlink_to(tmp_path / "victim")
    assert crash.report_bug(ValueError("x"), []).hint == "The crash log could not be written."
    assert (tmp_path / "victim").read_text("utf-8") == "kept"
