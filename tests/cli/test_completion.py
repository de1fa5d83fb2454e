"""Completion of commands, options, slugs and choices in real shells."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.interactive_shell import InteractiveShell, skip_without

pytestmark = pytest.mark.shell


@pytest.fixture
def two_sprints(workspace: Path, run: RunCommand) -> Path:
    """A workspace with two sprints, and `sprintkit` on the path."""
    run("scope", "lead", "--set", "charter.title=x")
    run("scope", "price", "--set", "charter.title=y")
    draft = workspace / "sprints/lead/draft.toml"
    names = ("form", "accounts", "$(touch x)", "-rf")
    sources = "".join(f'\n[[data_requirements]]\nname = "{name}"\n' for name in names)
    checks = '\n[[data_requirements.acceptance]]\nname = "format"\n'
    draft.write_text(draft.read_text("utf-8") + sources + checks, "utf-8")
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
    (["render", "lead", "--format", ""], {"md", "html", "pdf", "txt", "eml"}),
    (["completion", ""], {"bash", "zsh", "fish"}),
    (["probe", "lead", "for"], {"form"}),
    (["probe", "--key", "id", "lead", "a"], {"accounts"}),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_bash_completes(two_sprints: Path, words: list[str], expected: set[str]) -> None:
    skip_without("bash")
    listed = " ".join(f"'{word}'" for word in ["sprintkit", *words])
    script = (
        'eval "$(sprintkit completion bash)"; cd sprints; '
        f'COMP_WORDS=({listed}); COMP_CWORD={len(words)}; _sprintkit; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    env = {**os.environ, "PATH": f"{two_sprints / 'bin'}:{os.environ['PATH']}"}
    result = subprocess.run(
        ["bash", "-c", script], cwd=two_sprints, env=env, capture_output=True, text=True, timeout=30
    )
    assert result.stderr == ""
    assert set(result.stdout.split()) == expected


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_fish_completes(two_sprints: Path, words: list[str], expected: set[str]) -> None:
    skip_without("fish")
    line = " ".join(word or "" for word in ["sprintkit", *words])
    script = f'sprintkit completion fish | source; cd sprints; complete -C "{line}"'
    env = {**os.environ, "PATH": f"{two_sprints / 'bin'}:{os.environ['PATH']}"}
    result = subprocess.run(
        ["fish", "-c", script], cwd=two_sprints, env=env, capture_output=True, text=True, timeout=30
    )
    assert result.stderr == ""
    assert {row.split("\t")[0] for row in result.stdout.splitlines()} == expected


ZSH_PRINTS_MATCHES = """\
compadd() { local -a matches; builtin compadd -O matches "$@"; \
print -l -- "<"$^matches">"; builtin compadd "$@" }"""


@pytest.fixture
def zsh(two_sprints: Path) -> Iterator[InteractiveShell]:
    """A zsh in the folder of the sprints that prints each match as `<match>`."""
    skip_without("zsh")
    shell = InteractiveShell("zsh", two_sprints, f"{two_sprints / 'bin'}:{os.environ['PATH']}")
    for line in (
        "LISTMAX=1000; setopt nolistambiguous; cd sprints",
        ZSH_PRINTS_MATCHES,
    ):
        shell.run(line)
    yield shell
    shell.close()


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_zsh_completes(zsh: InteractiveShell, words: list[str], expected: set[str]) -> None:
    zsh.type(f"sprintkit {' '.join(words)}\t")
    zsh.wait_for_all(f"<{word}>" for word in expected)
