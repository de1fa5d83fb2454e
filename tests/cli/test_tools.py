"""`init`, `schema`, `doctor` and `demo`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sprintkit import __version__
from tests.cli.conftest import EXAMPLES, RunCommand, read_files

# init


def test_init_makes_a_workspace_and_keeps_existing_files(tmp_path: Path, run: RunCommand) -> None:
    folder = tmp_path / "our sprints"
    result = run("init", folder, "--json")
    assert (result.code, result.data["path"]) == (0, str(folder))
    assert (folder / ".gitattributes").read_text() == "*.toml text eol=lf\n"
    assert (folder / ".gitignore").read_text() == ".sprintkit/\ndata/\n"
    (folder / ".gitignore").write_text("mine\n")
    assert run("init", folder, "--json").data["written"] == [".gitignore"]
    assert (folder / ".gitignore").read_text() == "mine\n.sprintkit/\ndata/\n"
    assert run("init", folder, "--json").data["written"] == []
    (tmp_path / "file").write_text("")
    assert run("init", tmp_path / "file").code == 3


def test_init_creates_the_workspace_in_the_named_folder(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert run("-C", tmp_path, "init", "sub").code == 0
    assert (tmp_path / "sub/sprints").is_dir()


def test_init_says_where_to_go_next(tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "our sprints").out.splitlines()[-1] == "Next: cd 'our sprints' && sprintkit scope"
    monkeypatch.chdir("our sprints")
    assert run("init").out.splitlines()[-1] == "Next: sprintkit scope"


# schema


def schema_fields(schema: dict[str, Any], definition: str) -> dict[str, Any]:
    fields: dict[str, Any] = schema["$defs"][definition]["properties"]
    return fields


def test_the_schema_of_a_charter_describes_its_fields(workspace: Path, run: RunCommand) -> None:
    schema = json.loads(run("schema").out)
    assert schema == run("schema", "charter", "--json").data
    assert schema["additionalProperties"] is False
    assert {"use_case", "success_metric", "data_requirements", "integration_points", "owner"} <= set(
        schema["required"]
    )
    assert schema_fields(schema, "DataRequirement")["access"]["enum"] == ["granted", "requested", "none"]
    assert "Show me." in schema_fields(schema, "DataRequirement")["access"]["description"]
    assert schema_fields(schema, "Milestone")["due_week"]["type"] == "integer"
    assert schema["properties"]["data_requirements"]["minItems"] == 1
    assert "required" not in json.loads(run("schema", "draft").out)


@pytest.mark.slow
def test_every_kind_of_file_has_a_schema(workspace: Path, run: RunCommand) -> None:
    from sprintkit.actions.json_schema import KINDS

    assert {"checkin", "amendment", "closing", "review", "readiness", "signature", "testimony"} <= set(KINDS)
    for kind in KINDS:
        schema = run("schema", kind, "--json").data
        assert schema["type"] == "object" and "schema" in schema["properties"], kind
        assert json.loads((workspace / f".sprintkit/schema/{kind}.json").read_text("utf-8")) == schema


def test_the_next_save_restores_a_lost_or_outdated_schema(workspace: Path, run: RunCommand) -> None:
    shutil.rmtree(workspace / ".sprintkit")
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    path = workspace / ".sprintkit/schema/charter.json"
    path.write_text(path.read_text("utf-8").replace(f"sprintkit {__version__}", "sprintkit 0.0.1"), "utf-8")
    run("scope", "lead", "--set", "charter.title=New")
    assert f"sprintkit {__version__}" in path.read_text("utf-8")


# doctor


def test_doctor_finds_nothing_wrong_and_writes_nothing(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    before = read_files(workspace)
    result = run("doctor")
    assert result.code == 0 and result.out.endswith("All is well.\n")
    assert read_files(workspace) == before


def test_doctor_reports_what_is_wrong_and_writes_nothing(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    (workspace / "sprints/lead/closing.toml").write_text("?", "utf-8")
    (workspace / "sprints/lead/.sprintkit-999999-0123abcd.tmp").write_text("x", "utf-8")
    (workspace / ".gitattributes").unlink()
    (workspace / "sprintkit.toml").write_text("[thresholds]\nnothing = 1\n", "utf-8")
    before = read_files(workspace)
    result = run("doctor", "--json")
    failed = {check["what"] for check in result.data["checks"] if not check["is_well"]}
    assert result.code == 1
    assert {"sprints/lead/closing.toml", "leftover files", ".gitattributes", "sprintkit.toml"} <= failed
    assert "closing.toml" in run("doctor").out
    assert read_files(workspace) == before


def test_doctor_reports_invalid_theme_and_keys(workspace: Path, run: RunCommand) -> None:
    (workspace / "sprintkit.toml").write_text(
        'theme = "drak"\n[keys]\nhome.opne = "x"\nhome.new = "ctlr+n"\nhome.order = "n"\n', "utf-8"
    )
    result = run("doctor", "--json")
    assert result.code == 1
    (check,) = [check for check in result.data["checks"] if check["what"] == "sprintkit.toml"]
    for message in (
        "Did you mean dark?",
        "Did you mean home.open?",
        "Did you mean ctrl?",
        "home.order: n is already the key",
    ):
        assert message in check["found"], message
    (workspace / "sprintkit.toml").write_text('theme = "light"\n[keys]\nhome.new = "ctrl+e"\n', "utf-8")
    assert run("doctor").code == 0


def test_doctor_works_without_a_workspace(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("doctor").code == 0
    assert run("doctor", "--json").data["workspace"] is None


# demo


def test_the_demo_is_a_working_workspace(
    run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("demo", "--json", "--today", "2026-09-30")
    assert result.code == 0
    folder = result.data["path"]
    rows = run("-C", folder, "status", "--json", "--today", "2026-09-30").data["sprints"]
    assert sorted(row["slug"] for row in rows) == result.data["sprints"]
    assert "running" in {row["state"] for row in rows}
