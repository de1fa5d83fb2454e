"""Schema, doctor, init, demo, and completion in real shells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Run, files


def _skip_without(program: str) -> None:
    if shutil.which(program) is None:
        if os.environ.get("SPRINTKIT_NO_SKIP"):
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"needs {program}")


# init


def test_init_makes_a_workspace_and_leaves_what_is_there(tmp_path: Path, sk: Run) -> None:
    folder = tmp_path / "our sprints"
    ran = sk("init", folder, "--json")
    assert (ran.code, ran.data["path"]) == (0, str(folder))
    assert (folder / ".gitattributes").read_text() == "*.toml text eol=lf\n"
    assert (folder / ".gitignore").read_text() == ".sprintkit/\n"
    (folder / ".gitignore").write_text("mine\n")
    assert sk("init", folder, "--json").data["written"] == [".gitignore"]
    assert (folder / ".gitignore").read_text() == "mine\n.sprintkit/\n"
    assert sk("init", folder, "--json").data["written"] == []
    (tmp_path / "file").write_text("")
    assert sk("init", tmp_path / "file").code == 3


def test_init_goes_where_it_is_told(tmp_path: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert sk("-C", tmp_path, "init", "sub").code == 0
    assert (tmp_path / "sub/sprints").is_dir()


# schema


def _fields(schema: dict[str, Any], definition: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][definition]["properties"]
    return found


def test_the_schema_completes_and_checks(ws: Path, sk: Run) -> None:
    schema = json.loads(sk("schema").out)
    assert schema == sk("schema", "charter", "--json").data
    assert schema["additionalProperties"] is False
    assert {"use_case", "success_metric", "data_requirements", "integration_points", "owner"} <= set(
        schema["required"]
    )
    assert _fields(schema, "DataRequirement")["access"]["enum"] == ["granted", "requested", "none"]
    assert "Show me." in _fields(schema, "DataRequirement")["access"]["description"]
    assert _fields(schema, "Milestone")["due_week"]["type"] == "integer"
    assert schema["properties"]["data_requirements"]["minItems"] == 1
    assert "required" not in json.loads(sk("schema", "draft").out)


def test_every_kind_of_file_has_a_schema(ws: Path, sk: Run) -> None:
    from sprintkit.actions.json_schema import KINDS

    assert {"checkin", "amendment", "closing", "review", "readiness", "signature", "testimony"} <= set(KINDS)
    for kind in KINDS:
        schema = sk("schema", kind, "--json").data
        assert schema["type"] == "object" and "schema" in schema["properties"], kind
        assert json.loads((ws / f".sprintkit/schema/{kind}.json").read_text("utf-8")) == schema


def test_a_lost_schema_comes_back_with_the_next_save(ws: Path, sk: Run) -> None:
    shutil.rmtree(ws / ".sprintkit")
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    path = ws / ".sprintkit/schema/charter.json"
    path.write_text(path.read_text("utf-8").replace("sprintkit 0.1.0", "sprintkit 0.0.1"), "utf-8")
    sk("scope", "lead", "--set", "charter.title=New")
    assert "sprintkit 0.1.0" in path.read_text("utf-8")


# doctor


def test_doctor_finds_nothing_wrong_and_writes_nothing(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    before = files(ws)
    ran = sk("doctor")
    assert ran.code == 0 and ran.out.endswith("All is well.\n")
    assert files(ws) == before


def test_doctor_tells_what_is_wrong(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    (ws / "sprints/lead/closing.toml").write_text("?", "utf-8")
    (ws / "sprints/lead/.sprintkit-999999-0123abcd.tmp").write_text("x", "utf-8")
    (ws / ".gitattributes").unlink()
    (ws / "sprintkit.toml").write_text("[thresholds]\nnothing = 1\n", "utf-8")
    before = files(ws)
    ran = sk("doctor", "--json")
    wrong = {look["what"] for look in ran.data["checks"] if not look["is_well"]}
    assert ran.code == 1
    assert {"sprints/lead/closing.toml", "leftover files", ".gitattributes", "sprintkit.toml"} <= wrong
    assert "closing.toml" in sk("doctor").out
    assert files(ws) == before


def test_doctor_tells_what_the_app_has_no_use_for(ws: Path, sk: Run) -> None:
    (ws / "sprintkit.toml").write_text(
        'theme = "drak"\n[keys]\nhome.opne = "x"\nhome.new = "ctlr+n"\nhome.order = "n"\n', "utf-8"
    )
    ran = sk("doctor", "--json")
    assert ran.code == 1
    (found,) = [one for one in ran.data["checks"] if one["what"] == "sprintkit.toml"]
    for said in (
        "Did you mean dark?",
        "Did you mean home.open?",
        "Did you mean ctrl?",
        "home.order: n is already the key",
    ):
        assert said in found["found"], said
    (ws / "sprintkit.toml").write_text('theme = "light"\n[keys]\nhome.new = "a"\n', "utf-8")
    assert sk("doctor").code == 0


def test_doctor_works_without_a_workspace(tmp_path: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sk("doctor").code == 0
    assert sk("doctor", "--json").data["workspace"] is None


# demo


def test_the_demo_is_a_workspace_that_works(sk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = sk("demo", "--json", "--today", "2026-09-30")
    assert ran.code == 0
    folder = ran.data["path"]
    rows = sk("-C", folder, "status", "--json", "--today", "2026-09-30").data["sprints"]
    assert sorted(row["slug"] for row in rows) == ran.data["sprints"]
    assert "running" in {row["state"] for row in rows}


# completion


@pytest.fixture
def two(ws: Path, sk: Run) -> Path:
    """A workspace with two sprints, and `sprintkit` on the path."""
    sk("scope", "lead", "--set", "charter.title=x")
    sk("scope", "price", "--set", "charter.title=y")
    (ws / "bin").mkdir()
    command = ws / "bin/sprintkit"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={Path(__file__).parents[2]} exec {sys.executable} -m sprintkit "$@"\n'
    )
    command.chmod(0o755)
    return ws


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


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_bash_completes(two: Path, words: list[str], expected: set[str]) -> None:
    _skip_without("bash")
    listed = " ".join(f"'{word}'" for word in ["sprintkit", *words])
    script = (
        'eval "$(sprintkit completion bash)"; cd sprints; '
        f'COMP_WORDS=({listed}); COMP_CWORD={len(words)}; _sprintkit; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    env = {**os.environ, "PATH": f"{two / 'bin'}:{os.environ['PATH']}"}
    ran = subprocess.run(["bash", "-c", script], cwd=two, env=env, capture_output=True, text=True, timeout=30)
    assert ran.stderr == ""
    assert set(ran.stdout.split()) == expected


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_fish_completes(two: Path, words: list[str], expected: set[str]) -> None:
    _skip_without("fish")
    line = " ".join(word or "" for word in ["sprintkit", *words])
    script = f'sprintkit completion fish | source; cd sprints; complete -C "{line}"'
    env = {**os.environ, "PATH": f"{two / 'bin'}:{os.environ['PATH']}"}
    ran = subprocess.run(["fish", "-c", script], cwd=two, env=env, capture_output=True, text=True, timeout=30)
    assert ran.stderr == ""
    assert {row.split("\t")[0] for row in ran.stdout.splitlines()} == expected


def test_zsh_completes(two: Path) -> None:
    _skip_without("zsh")
    lines = [(" ".join(["sprintkit", *words]), expected) for words, expected in CASES]
    typed = "".join(f"zpty -w -n z $'{line}\\t'; sleep 0.5; zpty -w -n z $'\\C-u'\n" for line, _ in lines)
    told = (
        'compadd() { local -a got; builtin compadd -O got "$@"; '
        'print -l -- "<"$^got">"; builtin compadd "$@" }'
    )
    driver = (
        "zmodload zsh/zpty\n"
        "zpty z zsh -f -i\n"
        "zpty -w z 'PS1=; stty -echo; autoload -U compinit; compinit -u -D; LISTMAX=1000; setopt nolistambiguous'\n"
        "zpty -w z 'eval \"$(sprintkit completion zsh)\"; cd sprints'\n"
        f'zpty -w z "{told}"\n'
        f"sleep 1\n{typed}"
        "zpty -w -n z $'exit\\n'\n"
        "while zpty -r z chunk; do print -rn -- $chunk; done\n"
    )
    env = {**os.environ, "PATH": f"{two / 'bin'}:{os.environ['PATH']}", "TERM": "dumb"}
    ran = subprocess.run(
        ["zsh", "-f", "-c", driver], cwd=two, env=env, capture_output=True, text=True, timeout=60
    )
    for line, expected in lines:
        missing = {
            word for word in expected if f"<{word}>" not in ran.stdout and word not in ran.stdout.split()
        }
        assert not missing, (line, ran.stdout)
