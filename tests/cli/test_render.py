"""Rendering documents: output names, overwriting, forms, templates of a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """A workspace with the charter of the lead example."""
    return scoped_lead


def test_render_makes_a_pdf_of_the_charter_by_default(lead: Path, run: RunCommand) -> None:
    result = run("render", "lead")
    assert (result.code, result.out) == (0, "lead-charter.pdf\n")
    assert (lead / "lead-charter.pdf").read_bytes().startswith(b"%PDF")
    again = run("render", "lead", "--json")
    assert (again.code, again.json["errors"][0]["code"]) == (2, "exists")
    assert run("render", "lead", "--force").code == 0


def test_the_same_input_gives_the_same_bytes(lead: Path, run: RunCommand) -> None:
    for form in ("md", "html", "pdf"):
        run("render", "lead", "-o", f"one.{form}")
        run("render", "lead", "-o", f"two.{form}")
        assert (lead / f"one.{form}").read_bytes() == (lead / f"two.{form}").read_bytes()


def test_the_form_is_derived_from_the_suffix(lead: Path, run: RunCommand) -> None:
    result = run("render", "lead", "-o", "sub/out.html", "--json")
    assert result.data["path"] == "sub/out.html" and result.data["format"] == "html"
    assert (lead / "sub/out.html").read_text("utf-8").lstrip().startswith("<!")


def test_a_document_can_be_rendered_to_stdout(lead: Path, run: RunCommand) -> None:
    result = run("render", "lead", "-o", "-", "--format", "md")
    assert (result.code, result.err) == (0, "") and result.out.startswith("# Every hire enquiry")
    assert not (lead / "lead-charter.md").exists()


def test_the_document_of_a_draft_says_that_it_is_a_draft(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "charter.title=Only a title")
    text = run("render", "x", "-o", "-", "--format", "md").out
    assert "Only a title" in text and "draft" in text.lower()
    result = run("render", "x", "status", "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (1, "no_charter")


def test_wrong_usage_of_render_is_refused(lead: Path, run: RunCommand) -> None:
    for args, code in (
        (("lead", "letter"), 2),
        (("nobody",), 2),
        (("lead", "--format", "docx"), 2),
        (("lead", "--paper", "a9"), 2),
        ((), 2),
        (("lead", "-o", "-"), 2),
        (("--all", "-o", "-"), 2),
    ):
        result = run("render", *args, "--json")
        assert (result.code, result.data) == (code, None), args


def test_an_output_that_cannot_be_written_is_a_write_error(lead: Path, run: RunCommand) -> None:
    (lead / "file").write_text("x", "utf-8")
    result = run("render", "lead", "-o", "file/out.pdf", "--json")
    assert (result.code, result.data) == (3, None)
    assert result.json["errors"][0]["path"] == "file/out.pdf"


def test_all_renders_each_document_that_a_sprint_has(lead: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "charter.title=X")
    result = run("render", "--all", "--format", "md", "-o", "out")
    assert result.code == 0 and "x: no status" in result.err
    assert "lead: no closing: It is not closed yet." in result.err
    names = {path.name for path in (lead / "out").iterdir()}
    assert {"lead-charter.md", "lead-status.md", "lead-weekly.md", "x-charter.md"} <= names
    assert not names & {"lead-closing.md", "lead-handover.md", "x-status.md", "x-weekly.md"}
    assert run("render", "--all", "--format", "md", "-o", "out").code == 2


@pytest.mark.slow
def test_a_template_can_be_ejected_changed_and_restored(lead: Path, run: RunCommand) -> None:
    listed = run("render", "--list").out.splitlines()
    assert [line.split()[0] for line in listed[: listed.index("")]][:2] == ["charter", "status"]
    result = run("render", "--eject", "charter")
    assert result.code == 0 and "templates/charter.md.j2" in result.out
    shipped = run("render", "lead", "-o", "-", "--format", "md").out
    assert not any(row["own"] for row in run("render", "--list", "--json").data["templates"])
    (lead / "templates/charter.md.j2").write_text("Ours: {{ document.title }}\n", "utf-8")
    assert run("render", "lead", "-o", "-", "--format", "md").out.startswith("Ours: Every hire enquiry")
    assert run("render", "--eject", "charter").code == 2
    assert run("render", "--eject", "charter", "--force").code == 0
    assert run("render", "lead", "-o", "-", "--format", "md").out == shipped
    (lead / "templates/charter.md.j2").write_text("{{ nothing_of_this_name }}", "utf-8")
    result = run("render", "lead", "-o", "-", "--format", "md")
    assert result.code == 2 and "charter.md.j2" in result.err and "nothing_of_this_name" in result.err


def test_a_workspace_can_have_a_document_of_its_own(lead: Path, run: RunCommand) -> None:
    (lead / "templates").mkdir()
    (lead / "templates/letter.md.j2").write_text("Dear {{ document.title }}\n", "utf-8")
    assert run("render", "lead", "letter", "-o", "-", "--format", "md").out.startswith(
        "Dear Every hire enquiry"
    )


def test_render_replaces_files_only_and_keeps_their_mode(lead: Path, run: RunCommand) -> None:
    import os

    os.mkfifo(lead / "pipe.md")
    result = run("render", "lead", "-o", "pipe.md", "--force", "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (3, "not_a_file")
    (lead / "kept.md").write_text("old", "utf-8")
    (lead / "kept.md").chmod(0o640)
    assert run("render", "lead", "-o", "kept.md", "--force").code == 0
    assert (lead / "kept.md").stat().st_mode & 0o777 == 0o640
    assert (lead / "kept.md").read_text("utf-8").startswith("# Every hire")
