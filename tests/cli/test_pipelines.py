"""What other repositories use: the pre-commit hook and the action. Each runs as its file says it does."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml

from tests.cli.conftest import EXAMPLES, RunCommand, write_toml
from tests.conftest import example

ROOT = Path(__file__).parents[2]
EXPANSION = re.compile(r"\$\{\{(.*?)\}\}")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody else's repository, with a workspace in it and one good charter."""
    write_toml(tmp_path / "planning/sprints/lead/charter.toml", example("lead"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load_hook() -> dict[str, Any]:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(hook, dict)
    return hook


def test_the_hook_checks_the_workspace_that_its_arguments_name(repository: Path, run: RunCommand) -> None:
    hook = load_hook()
    program, *args = shlex.split(hook["entry"])
    scripts = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert program in scripts and hook["language"] == "python" and hook["pass_filenames"] is False
    assert run(*args, "-C", "planning").code == 0
    shutil.copy(EXAMPLES / "weak.toml", repository / "planning/sprints/lead/draft.toml")
    assert run(*args, "-C", "planning").code == 1
    (repository / "planning/sprints/lead/draft.toml").write_text("= broken", "utf-8")
    assert run(*args, "-C", "planning").code == 2


@pytest.mark.parametrize(
    ("path", "is_checked"),
    [
        ("sprints/lead/charter.toml", True),
        ("planning/sprints/lead/checkins/week-01.toml", True),
        ("sprintkit.toml", True),
        ("planning/sprintkit.toml", True),
        ("pyproject.toml", False),
        ("sprints/README.md", False),
        ("oursprints/lead/charter.toml", False),
        ("mysprintkit.toml", False),
    ],
)
def test_the_hook_runs_when_a_file_of_a_workspace_changes(path: str, is_checked: bool) -> None:
    assert bool(re.search(load_hook()["files"], path)) is is_checked


def load_action() -> dict[str, Any]:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert isinstance(action, dict)
    return action


def test_no_step_of_the_action_has_an_expansion_in_its_script() -> None:
    action = load_action()
    assert action["runs"]["using"] == "composite"
    expanded = set()
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert not EXPANSION.search(step["run"])
        assert step.keys() <= {"name", "shell", "env", "run"}
        for value in step["env"].values():
            (expression,) = EXPANSION.findall(value)
            expanded.add(expression.strip())
    assert expanded == {"github.action_path", *(f"inputs.{name}" for name in action["inputs"])}
    assert all({"description", "default"} <= given.keys() for given in action["inputs"].values())


def run_step(name: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as a runner does: in bash, with its inputs in the environment."""
    (script,) = [step["run"] for step in load_action()["runs"]["steps"] if step["name"] == name]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RUNNER_TEMP": str(folder / "temp"), **env},
        capture_output=True,
        text=True,
        timeout=120,
    )


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def test_the_action_installs_what_lies_at_its_own_path(tmp_path: Path) -> None:
    """The virtual environment is a stand-in that notes how it is called."""
    python = tmp_path / "temp/sprintkit/bin/python"
    write_program(
        tmp_path / "bin/python3", f'[ "$1 $2 $3" = "-I -m venv" ] && [ "$4/bin/python" = "{python}" ]'
    )
    write_program(python, 'for argument; do echo "<$argument>"; done')
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    installed = run_step("Install sprintkit", tmp_path, {"PATH": path, "ACTION_PATH": "/actions/a b/$(x)"})
    assert installed.returncode == 0, installed.stderr
    assert installed.stdout.split("\n")[:4] == ["<-I>", "<-m>", "<pip>", "<install>"]
    assert installed.stdout.endswith("</actions/a b/$(x)>\n")


def test_the_action_checks_the_workspace_and_annotates_from_the_root_of_the_repository(
    repository: Path,
) -> None:
    shutil.copy(EXAMPLES / "weak.toml", repository / "planning/sprints/lead/draft.toml")
    write_toml(repository / "planning/sprints/good/charter.toml", example("price"))
    program = f'exec {shlex.quote(sys.executable)} -m sprintkit "$@"'
    write_program(repository / "temp/sprintkit/bin/sprintkit", program)
    env = {"WORKSPACE": "planning", "GITHUB_WORKSPACE": str(repository)}
    checked = run_step("Check", repository, {**env, "SPRINTS": ""})
    assert checked.returncode == 1
    assert "::error file=planning/sprints/lead/draft.toml,line=" in checked.stdout
    assert run_step("Check", repository, {**env, "SPRINTS": "good"}).returncode == 0
    hostile = run_step("Check", repository, {**env, "SPRINTS": "$(touch pwned) * ;touch pwned --json"})
    assert hostile.returncode == 2
    assert not (repository / "pwned").exists()


def test_the_readme_shows_the_hook_and_the_action_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    hooks, workflow = map(
        yaml.safe_load, re.findall(r"^```yaml\n(.+?)^```$", readme, re.MULTILINE | re.DOTALL)
    )
    (shown,) = hooks["repos"][0]["hooks"]
    assert shown["id"] == load_hook()["id"]
    step = workflow["jobs"]["check"]["steps"][-1]
    assert step["with"].keys() == load_action()["inputs"].keys()
    assert workflow["permissions"] == {"contents": "read"}
