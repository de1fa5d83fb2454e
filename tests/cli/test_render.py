"""Documents through the command line: names, overwriting, forms, templates of a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Run


@pytest.fixture
def lead(ws: Path, sk: Run) -> Path:
    """The lead example with its charter; the workspace."""
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    return ws


def test_pdf_of_the_charter_by_default(lead: Path, sk: Run) -> None:
    ran = sk("render", "lead")
    assert (ran.code, ran.out) == (0, "lead-charter.pdf\n")
    assert (lead / "lead-charter.pdf").read_bytes().startswith(b"%PDF")
    again = sk("render", "lead", "--json")
    assert (again.code, again.json["errors"][0]["code"]) == (2, "exists")
    assert sk("render", "lead", "--force").code == 0


def test_the_same_input_gives_the_same_bytes(lead: Path, sk: Run) -> None:
    for form in ("md", "html", "pdf"):
        sk("render", "lead", "-o", f"one.{form}")
        sk("render", "lead", "-o", f"two.{form}")
        assert (lead / f"one.{form}").read_bytes() == (lead / f"two.{form}").read_bytes()


def test_the_form_follows_from_the_name(lead: Path, sk: Run) -> None:
    ran = sk("render", "lead", "-o", "sub/out.html", "--json")
    assert ran.data["path"] == "sub/out.html" and ran.data["format"] == "html"
    assert (lead / "sub/out.html").read_text("utf-8").lstrip().startswith("<!")


def test_to_stdout(lead: Path, sk: Run) -> None:
    ran = sk("render", "lead", "-o", "-", "--format", "md")
    assert (ran.code, ran.err) == (0, "") and ran.out.startswith("# Every hire enquiry")
    assert not (lead / "lead-charter.md").exists()


def test_a_draft_says_that_it_is_one(ws: Path, sk: Run) -> None:
    sk("scope", "x", "--set", "charter.title=Only a title")
    text = sk("render", "x", "-o", "-", "--format", "md").out
    assert "Only a title" in text and "draft" in text.lower()
    ran = sk("render", "x", "status", "--json")
    assert (ran.code, ran.json["errors"][0]["code"]) == (1, "no_charter")


def test_wrong_calls(lead: Path, sk: Run) -> None:
    for args, code in (
        (("lead", "letter"), 2),
        (("nobody",), 2),
        (("lead", "--format", "docx"), 2),
        (("lead", "--paper", "a9"), 2),
        ((), 2),
        (("lead", "-o", "-"), 2),
        (("--all", "-o", "-"), 2),
    ):
        ran = sk("render", *args, "--json")
        assert (ran.code, ran.data) == (code, None), args


def test_an_output_that_cannot_be_written(lead: Path, sk: Run) -> None:
    (lead / "file").write_text("x", "utf-8")
    ran = sk("render", "lead", "-o", "file/out.pdf", "--json")
    assert (ran.code, ran.data) == (3, None)
    assert ran.json["errors"][0]["path"] == "file/out.pdf"


def test_all_documents_of_all_sprints(lead: Path, sk: Run) -> None:
    sk("scope", "x", "--set", "charter.title=X")
    ran = sk("render", "--all", "--format", "md", "-o", "out")
    assert ran.code == 0 and "x: no status" in ran.err
    assert sorted(path.name for path in (lead / "out").iterdir()) == [
        "lead-charter.md",
        "lead-status.md",
        "x-charter.md",
    ]
    assert sk("render", "--all", "--format", "md", "-o", "out").code == 2


def test_templates_of_the_workspace(lead: Path, sk: Run) -> None:
    listed = sk("render", "--list").out.splitlines()
    assert [line.split()[0] for line in listed[: listed.index("")]] == ["charter", "status"]
    ran = sk("render", "--eject", "charter")
    assert ran.code == 0 and "templates/charter.md.j2" in ran.out
    shipped = sk("render", "lead", "-o", "-", "--format", "md").out
    assert not any(row["own"] for row in sk("render", "--list", "--json").data["templates"])
    (lead / "templates/charter.md.j2").write_text("Ours: {{ document.title }}\n", "utf-8")
    assert sk("render", "lead", "-o", "-", "--format", "md").out.startswith("Ours: Every hire enquiry")
    assert sk("render", "--eject", "charter").code == 2
    assert sk("render", "--eject", "charter", "--force").code == 0
    assert sk("render", "lead", "-o", "-", "--format", "md").out == shipped
    (lead / "templates/charter.md.j2").write_text("{{ nothing_of_this_name }}", "utf-8")
    ran = sk("render", "lead", "-o", "-", "--format", "md")
    assert ran.code == 2 and "charter.md.j2" in ran.err and "nothing_of_this_name" in ran.err


def test_a_document_that_only_this_workspace_has(lead: Path, sk: Run) -> None:
    (lead / "templates").mkdir()
    (lead / "templates/letter.md.j2").write_text("Dear {{ document.title }}\n", "utf-8")
    assert sk("render", "lead", "letter", "-o", "-", "--format", "md").out.startswith(
        "Dear Every hire enquiry"
    )


def test_only_files_are_replaced(lead: Path, sk: Run) -> None:
    import os

    os.mkfifo(lead / "pipe.md")
    ran = sk("render", "lead", "-o", "pipe.md", "--force", "--json")
    assert (ran.code, ran.json["errors"][0]["code"]) == (3, "not_a_file")
    (lead / "kept.md").write_text("old", "utf-8")
    (lead / "link.md").symlink_to("kept.md")
    (lead / "kept.md").chmod(0o640)
    assert sk("render", "lead", "-o", "link.md", "--force").code == 0
    assert (lead / "link.md").is_symlink() and (lead / "kept.md").stat().st_mode & 0o777 == 0o640
    assert (lead / "kept.md").read_text("utf-8").startswith("# Every hire")
