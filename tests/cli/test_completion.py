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


def complete_in(shell: str, two_sprints: Path, script: str) -> list[set[str]]:
    """What a script completes for each case; it prints a line of dashes after each."""
    skip_without(shell)
    env = {**os.environ, "PATH": f"{two_sprints / 'bin'}:{os.environ['PATH']}"}
    result = subprocess.run(
        [shell, "-c", script], cwd=two_sprints, env=env, capture_output=True, text=True, timeout=60
    )
    assert result.stderr == ""
    *completed, rest = result.stdout.split("----\n")
    assert rest == ""
    return [{row.split("\t")[0] for row in rows.splitlines()} for rows in completed]


def test_bash_completes(two_sprints: Path) -> None:
    lines = ['eval "$(sprintkit completion bash)"; cd sprints']
    for words, _ in CASES:
        listed = " ".join(f"'{word}'" for word in ["sprintkit", *words])
        lines.append(f"COMP_WORDS=({listed}); COMP_CWORD={len(words)}; COMPREPLY=(); _sprintkit")
        lines.append('printf "%s\\n" "${COMPREPLY[@]}"; echo ----')
    completed = complete_in("bash", two_sprints, "\n".join(lines))
    assert [{word.strip() for word in words} for words in completed] == [expected for _, expected in CASES]


def test_fish_completes(two_sprints: Path) -> None:
    lines = ["sprintkit completion fish | source; cd sprints"]
    for words, _ in CASES:
        lines.append(f'complete -C "{" ".join(["sprintkit", *words])}"; echo ----')
    assert complete_in("fish", two_sprints, "\n".join(lines)) == [expected for _, expected in CASES]


CLEAR_LINE = "\x15"
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


def test_zsh_completes(zsh: InteractiveShell) -> None:
    for words, expected in CASES:
        zsh.screen = ""
        zsh.type(f"sprintkit {' '.join(words)}\t")
        zsh.wait_for_all(f"<{word}>" for word in expected)
        zsh.run(CLEAR_LINE)
