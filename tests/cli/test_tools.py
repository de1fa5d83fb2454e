"""`init`, `schema`, `doctor`, `demo`, and `completion` in real shells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sprintkit import __version__
from tests.cli.conftest import EXAMPLES, RunCommand, read_files


def skip_without(program: str) -> None:
    if shutil.which(program) is None:
        if os.environ.get("SPRINTKIT_NO_SKIP"):
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"needs {program}")


# init


def test_init_makes_a_workspace_and_keeps_existing_files(tmp_path: Path, run: RunCommand) -> None:
    folder = tmp_path / "our sprints"
    result = run("init", folder, "--json")
    assert (result.code, result.data["path"]) == (0, str(folder))
    assert (folder / ".gitattributes").read_text() == "*.toml text eol=lf\n"
    assert (folder / ".gitignore").read_text() == ".sprintkit/\n"
    (folder / ".gitignore").write_text("mine\n")
    assert run("init", folder, "--json").data["written"] == [".gitignore"]
    assert (folder / ".gitignore").read_text() == "mine\n.sprintkit/\n"
    assert run("init", folder, "--json").data["written"] == []
    (tmp_path / "file").write_text("")
    assert run("init", tmp_path / "file").code == 3


def test_init_creates_the_workspace_in_the_named_folder(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert run("-C", tmp_path, "init", "sub").code == 0
    assert (tmp_path / "sub/sprints").is_dir()


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
    (workspace / "sprintkit.toml").write_text('theme = "light"\n[keys]\nhome.new = "a"\n', "utf-8")
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


# completion


@pytest.fixture
def two(workspace: Path, run: RunCommand) -> Path:
    """A workspace with two sprints, and `sprintkit` on the path."""
    run("scope", "lead", "--set", "charter.title=x")
    run("scope", "price", "--set", "charter.title=y")
    (workspace / "bin").mkdir()
    command = workspace / "bin/sprintkit"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={Path(__file__).parents[2]} exec {sys.executable} -m sprintkit "$@"\n'
    )
    command.chmod(0o755)
    return workspace


CASES = [
    (["st"], {"status"}),
    (["status", ""], {"lead", "price"}),
    (["-C", "..", "status", "l"], {"lead"}),
    (["status", "--fail"], {"--fail-on"}),
    (["status", "--fail-on", ""], {"at-risk", "off-track"}),
    (["scope", "--like", "p"], {"price"}),
    (["render", "lead", "--format", ""], {"md", "html", "pdf"}),
    (["completion", ""], {"bash", "zsh", "fish"}),
]


@pytest.mark.shell
@pytest.mark.parametrize(("words", "expected"), CASES)
def test_bash_completes(two: Path, words: list[str], expected: set[str]) -> None:
    skip_without("bash")
    listed = " ".join(f"'{word}'" for word in ["sprintkit", *words])
    script = (
        'eval "$(sprintkit completion bash)"; cd sprints; '
        f'COMP_WORDS=({listed}); COMP_CWORD={len(words)}; _sprintkit; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    env = {**os.environ, "PATH": f"{two / 'bin'}:{os.environ['PATH']}"}
    result = subprocess.run(
        ["bash", "-c", script], cwd=two, env=env, capture_output=True, text=True, timeout=30
    )
    assert result.stderr == ""
    assert set(result.stdout.split()) == expected


@pytest.mark.shell
@pytest.mark.parametrize(("words", "expected"), CASES)
def test_fish_completes(two: Path, words: list[str], expected: set[str]) -> None:
    skip_without("fish")
    line = " ".join(word or "" for word in ["sprintkit", *words])
    script = f'sprintkit completion fish | source; cd sprints; complete -C "{line}"'
    env = {**os.environ, "PATH": f"{two / 'bin'}:{os.environ['PATH']}"}
    result = subprocess.run(
        ["fish", "-c", script], cwd=two, env=env, capture_output=True, text=True, timeout=30
    )
    assert result.stderr == ""
    assert {row.split("\t")[0] for row in result.stdout.splitlines()} == expected


@pytest.mark.shell
def test_zsh_completes(two: Path) -> None:
    skip_without("zsh")
    lines = [(" ".join(["sprintkit", *words]), expected) for words, expected in CASES]
    typed = "".join(f"zpty -w -n z $'{line}\\t'; sleep 0.5; zpty -w -n z $'\\C-u'\n" for line, _ in lines)
    print_completions = (
        'compadd() { local -a got; builtin compadd -O got "$@"; '
        'print -l -- "<"$^got">"; builtin compadd "$@" }'
    )
    driver = (
        "zmodload zsh/zpty\n"
        "zpty z zsh -f -i\n"
        "zpty -w z 'PS1=; stty -echo; autoload -U compinit; compinit -u -D; LISTMAX=1000; setopt nolistambiguous'\n"
        "zpty -w z 'eval \"$(sprintkit completion zsh)\"; cd sprints'\n"
        f'zpty -w z "{print_completions}"\n'
        f"sleep 1\n{typed}"
        "zpty -w -n z $'exit\\n'\n"
        "while zpty -r z chunk; do print -rn -- $chunk; done\n"
    )
    env = {**os.environ, "PATH": f"{two / 'bin'}:{os.environ['PATH']}", "TERM": "dumb"}
    result = subprocess.run(
        ["zsh", "-f", "-c", driver], cwd=two, env=env, capture_output=True, text=True, timeout=60
    )
    for line, expected in lines:
        missing = {
            word
            for word in expected
            if f"<{word}>" not in result.stdout and word not in result.stdout.split()
        }
        assert not missing, (line, result.stdout)
