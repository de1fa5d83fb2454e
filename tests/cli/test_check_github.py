"""`check --format github`: one annotation a finding, on its line, and no text of a file is a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.check.places import PlacedFinding
from sprintkit.cli.github import annotation_lines, notice_lines
from tests.cli.conftest import EXAMPLES, RunCommand, write_toml
from tests.conftest import example

CHARTER = """\
[charter]
title = "50% done"

[use_case]
statement = "TBD"

[owner]
person = "ann"

[people]
ann = {name = "x", role = "y"}
"""


@pytest.fixture
def sprint(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sprint in a workspace that is the repository; its draft is to be written."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    folder = workspace / "sprints/pilot"
    folder.mkdir(parents=True)
    return folder


def annotations(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("::")]


def test_a_finding_is_shown_on_the_line_of_its_path(sprint: Path, run: RunCommand) -> None:
    (sprint / "draft.toml").write_text(CHARTER, "utf-8")
    result = run("check", "pilot", "--format", "github")
    assert (result.code, result.err) == (1, "")
    lines = annotations(result.out)
    placeholder = "use_case.statement still holds a placeholder (tbd). Answer it or take the item out."
    assert f"::error file=sprints/pilot/draft.toml,line=5,title=GEN-001::{placeholder}" in lines
    assert any(
        line.startswith("::error file=sprints/pilot/draft.toml,line=7,title=OWN-004::owner.duties: ")
        for line in lines
    ), "what is missing is named, on the line of the table that should hold it"
    (totals,) = [line for line in result.out.splitlines() if not line.startswith("::")]
    plain = run("check", "pilot", "--json").data["files"][0]
    assert totals == f"1 charter checked: {plain['errors']} errors, {plain['warnings']} warnings"
    assert len(lines) == plain["errors"] + plain["warnings"]


def test_every_finding_of_the_weak_charter_has_its_line(sprint: Path, run: RunCommand) -> None:
    text = (EXAMPLES / "weak.toml").read_text("utf-8")
    (sprint / "draft.toml").write_text(text, "utf-8")
    out = run("check", "pilot", "--format", "github").out
    source = text.split("\n")
    by_rule = {}
    for line in annotations(out):
        properties = dict(part.split("=", 1) for part in line.split("::")[1].partition(" ")[2].split(","))
        by_rule.setdefault(properties["title"], source[int(properties["line"]) - 1])
    assert by_rule["TIM-002"].startswith("timeline = ")
    assert by_rule["BUD-001"].startswith("budget = ")
    assert by_rule["DAT-001"].lstrip().startswith('{ name = "Tickets"')
    assert by_rule["PRO-001"].lstrip().startswith("{ n = 1,")
    assert by_rule["OWN-001"].split(" ")[0] in ("sponsor", "it", "data", "nobody", "pair", "vendor")


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("100% of it", "100%25 of it"),
        ("a: b, c", "a: b, c"),
        ("x\\r\\n::warning::y", "x ::warning::y"),
        ("##[error]x", "##[error]x"),
        ("\\u001b[31m", "‹U+001B›[31m"),
    ],
)
def test_text_of_a_file_is_escaped_in_a_message(
    sprint: Path, run: RunCommand, typed: str, escaped: str
) -> None:
    acceptance = f'[[deliverable.acceptance]]\nclaim = "{typed}"\nevidence = ""\n'
    (sprint / "draft.toml").write_text(CHARTER + acceptance, "utf-8")
    out = run("check", "pilot", "--format", "github").out
    assert all(
        line.startswith(("::error file=", "::warning file=", "1 charter")) for line in out.splitlines()
    )
    place = "::error file=sprints/pilot/draft.toml,line=14,title=DEL-003"
    assert f"{place}::'{escaped}': shown by what, judged by whom?" in out.splitlines()


def test_no_sign_of_a_finding_ends_its_annotation() -> None:
    finding = PlacedFinding("error", "A,B:C", "/elsewhere/50%,x:y\r\n.toml", 3, "100%\r\n::error::a,b")
    assert list(annotation_lines([finding, finding._replace(severity="warning", file=None)])) == [
        "::error file=/elsewhere/50%25%2Cx%3Ay%0D%0A.toml,line=3,title=A%2CB%3AC::100%25%0D%0A::error::a,b",
        "::warning title=A%2CB%3AC::100%25%0D%0A::error::a,b",
    ]
    assert list(notice_lines(["50%\n::x"])) == ["::notice::50%25%0A::x"]


def test_messages_are_escaped_and_properties_more_so(run: RunCommand, sprint: Path) -> None:
    people = {"a": {"name": "100%: a,b\r\n::error::x", "role": "x"}}
    write_toml(
        sprint / "draft.toml", {**example("lead"), "people": people, "owner": {"deputy": "no, such: 5%"}}
    )
    folder = sprint.parent.parent / "odd, 5%: x"
    folder.mkdir()
    write_toml(folder / "c.toml", example("weak"))
    out = run("check", "pilot", "odd, 5%: x/c.toml", "--format", "github").out
    assert "::error file=odd%2C 5%25%3A x/c.toml,line=" in out
    for line in annotations(out):
        head, _, message = line[2:].partition("::")
        kind, _, properties = head.partition(" ")
        assert kind in ("error", "warning")
        assert [part.partition("=")[0] for part in properties.split(",")] == ["file", "line", "title"]
        assert "%" not in message.replace("%25", "").replace("%0D", "").replace("%0A", "")


def test_what_makes_a_file_unreadable_is_an_annotation_on_its_line(sprint: Path, run: RunCommand) -> None:
    (sprint / "draft.toml").write_text("a = 1\nb = = 2\n", "utf-8")
    result = run("check", "pilot", "--format", "github")
    message = "line 2, column 5: this is not a value; text goes in quotes"
    hint = "Open the file at that line and correct it; nothing in it was changed."
    assert (result.code, result.err) == (2, "")
    assert (
        result.out == f"::error file=sprints/pilot/draft.toml,line=2,title=broken_toml::{message}%0A{hint}\n"
    )


def test_an_unknown_key_is_an_annotation_on_its_line(sprint: Path, run: RunCommand) -> None:
    (sprint / "draft.toml").write_text('[charter]\ntitle = "x"\nheading = "y"\n', "utf-8")
    result = run("check", "pilot", "--format", "github")
    assert result.code == 2
    assert result.out.startswith(
        "::error file=sprints/pilot/draft.toml,line=3,title=unknown_key::charter.heading "
    )


def test_files_are_named_from_the_root_of_the_repository(
    sprint: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = sprint.parent.parent
    (sprint / "draft.toml").write_text(CHARTER, "utf-8")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace.parent))
    assert f"file={workspace.name}/sprints/pilot/draft.toml," in run("check", "--format", "github").out
    elsewhere = workspace / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(elsewhere))
    assert f"file={workspace}/sprints/pilot/draft.toml," in run("check", "--format", "github").out


def test_a_file_outside_of_any_workspace_is_named_from_the_current_folder(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    write_toml(tmp_path / "weak.toml", example("weak"))
    assert "::error file=weak.toml,line=" in run("check", "weak.toml", "--format", "github").out


def test_waived_findings_are_no_annotations_and_a_good_charter_has_none(
    sprint: Path, run: RunCommand
) -> None:
    write_toml(sprint / "charter.toml", example("lead"))
    result = run("check", "--format", "github")
    assert (result.code, result.out) == (0, "1 charter checked: 0 errors, 0 warnings\n")


def test_a_record_has_its_line_too(sprint: Path, run: RunCommand) -> None:
    write_toml(sprint / "charter.toml", example("lead"))
    first = example("lead.records")["checkins"][0]
    write_toml(sprint / "checkins/week-01.toml", {"schema": 1, **first, "by": "nobody"})
    out = run("check", "--format", "github").out
    text = (sprint / "checkins/week-01.toml").read_text("utf-8").split("\n")
    line = next(number for number, content in enumerate(text, 1) if content.startswith("by = "))
    assert f"::error file=sprints/pilot/checkins/week-01.toml,line={line},title=RECORD::by" in out


def test_the_format_goes_with_findings_only(workspace: Path, run: RunCommand) -> None:
    for other in (["--json"], ["--explain", "MET-005"]):
        assert run("check", "--format", "github", *other).code == 2
    assert run("check", "--format", "gitlab").code == 2
