"""A document that is declared in the catalogue can be listed, completed and rendered; nothing else has to know it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sprintkit.cli.completion import declared_arguments
from sprintkit.documents import catalogue
from sprintkit.documents.catalogue import Document
from tests.cli.conftest import SAMPLES, RunCommand
from tests.documents import small_document

SLUG = "lead-routing"

pytestmark = pytest.mark.usefixtures("rendered_here")

EXTRACT = Document(
    name="extract",
    title="Extract",
    purpose="three facts for tests",
    forms=("md",),
    context=f"{small_document.__name__}:build_context",
    file_name="{slug}-in-short.{form}",
    states=("running",),
    reads=("charter.toml", "draft.toml", "checkins"),
    changes_daily=True,
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The samples, and a document that is declared nowhere but here."""
    shutil.copytree(SAMPLES, tmp_path / "sprints")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/extract.md.j2").write_text("{{ owner }}: {{ title }}, week {{ week }}\n", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(catalogue, "DOCUMENTS", (*catalogue.DOCUMENTS, EXTRACT))
    declared_arguments.collect_arguments.cache_clear()
    return tmp_path


@pytest.mark.slow
def test_a_declared_document_can_be_rendered(workspace: Path, run: RunCommand) -> None:
    result = run("render", SLUG, "extract", "--today", "2026-03-09")
    assert (result.code, result.out) == (0, f"{SLUG}-in-short.md\n")
    assert (workspace / f"{SLUG}-in-short.md").read_text("utf-8").startswith("Owner: Every hire enquiry")
    assert "week 4" in run("render", SLUG, "extract", "-o", "-", "--today", "2026-03-10").out
    assert "week 5" in run("render", SLUG, "extract", "-o", "-", "--today", "2026-03-17").out


@pytest.mark.slow
def test_a_document_of_one_form_has_no_others(workspace: Path, run: RunCommand) -> None:
    result = run("render", SLUG, "extract", "--format", "pdf", "--today", "2026-03-09", "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (2, "template")
    run("render", SLUG, "--all", "--today", "2026-03-09", "-o", "out")
    assert [path.name for path in (workspace / "out").glob("*in-short*")] == [f"{SLUG}-in-short.md"]


def test_a_sprint_in_another_state_does_not_have_it(workspace: Path, run: RunCommand) -> None:
    result = run("render", SLUG, "extract", "--today", "2026-04-10", "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (1, "no_document")
    run("scope", "new", "--set", "charter.title=New")
    result = run("render", "new", "extract", "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (1, "no_charter")


def test_a_broken_file_refuses_only_the_documents_that_show_it(workspace: Path, run: RunCommand) -> None:
    checkin = next((workspace / "sprints" / SLUG / "checkins").glob("*.toml"))
    checkin.write_text("= broken", "utf-8")
    day = ("--today", "2026-03-09")
    assert run("render", SLUG, "charter", "-o", "-", "--format", "md", *day).code == 0
    for document in ("status", "extract"):
        assert run("render", SLUG, document, "-o", "-", "--format", "md", *day).code == 2


def test_a_declared_document_is_listed_and_completed(workspace: Path, run: RunCommand) -> None:
    listing = run("render", "--list").out
    for document in catalogue.DOCUMENTS:
        assert document.name in listing and document.purpose in listing
    rows = {row["name"]: row["formats"] for row in run("render", "--list", "--json").data["catalogue"]}
    assert rows == {document.name: list(document.forms) for document in catalogue.DOCUMENTS}
    assert rows["extract"] == ["md"]
    names = [document.name for document in catalogue.DOCUMENTS]
    assert " ".join(names) in run("completion", "bash").out
    assert "charter (default), status" in run("render", "--help").out
    assert "or extract" in " ".join(run("render", "--help").out.split())
