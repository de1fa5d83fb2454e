"""Names in a cloned workspace are completed in real, interactive shells, and never run."""

from __future__ import annotations

import os
import pty
import select
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.test_tools import skip_without

pytestmark = pytest.mark.shell

CANARY = "touched-by-completion"
HOSTILE_NAMES = (
    f"$(touch {CANARY})",
    f"`touch {CANARY}`",
    f"x;touch {CANARY}",
    f"x|touch {CANARY}",
    f"x&touch {CANARY}",
    f"x\ntouch {CANARY}\n",
    f"x'$(touch {CANARY})'",
    f'x"$(touch {CANARY})"',
    "${HOME}",
    "*",
    "[/]",
    "-rf",
    "--help",
    "~root",
    "x y",
    "\x1b[31mred",
    f"(touch {CANARY})",
    f"a[$(touch {CANARY})]",
)
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(sprintkit completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'eval "$(sprintkit completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "sprintkit completion fish | source"),
}
READS_KEYS = "\x1b[?2004h"
"""What every shell sends when it begins to read keys for a line."""
SECONDS = 60.0
"""Longest wait for a shell; it is cut short as soon as the shell shows what is waited for."""


class InteractiveShell:
    """A shell on a terminal of its own, with completion loaded and a fixed prompt."""

    def __init__(self, shell: str, folder: Path, path: str) -> None:
        command, load_completion = SHELLS[shell]
        self.screen = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            environment = {**os.environ, "PATH": path, "TERM": "xterm", "PS1": "", "INPUTRC": "/dev/null"}
            os.execvpe(command[0], command, environment)
        self.run(load_completion)

    def run(self, line: str) -> None:
        """Type a line, and wait until the shell has carried it out."""
        self.type(f"{line}\n")
        self.type("echo do''ne\n")
        self.wait_for("done")
        self.wait_for(READS_KEYS)

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def wait_for(self, expected: str) -> None:
        """Read until the shell has shown a text, and forget what it has shown up to there."""
        end = time.monotonic() + SECONDS
        while expected not in self.screen:
            assert time.monotonic() < end, self.screen
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.screen += os.read(self.terminal, 65536).decode("utf-8", "replace")
        self.screen = self.screen.partition(expected)[2]

    def close(self) -> None:
        os.kill(self.process, 9)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


@pytest.fixture
def hostile_workspace(workspace: Path, run: RunCommand) -> Path:
    """A workspace with one sprint and folders whose names are commands, and `sprintkit` on the path."""
    run("scope", "lead", "--set", "charter.title=x")
    for name in HOSTILE_NAMES:
        folder = workspace / "sprints" / name.replace("/", "∕")
        folder.mkdir()
        shutil.copy(workspace / "sprints/lead/draft.toml", folder)
        (workspace / name.replace("/", "∕")).write_text("", "utf-8")
    program = workspace / "bin" / "sprintkit"
    program.parent.mkdir()
    package = Path(__file__).parents[2]
    program.write_text(f'#!/bin/sh\nPYTHONPATH={package} exec {sys.executable} -m sprintkit "$@"\n')
    program.chmod(0o755)
    return workspace


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, hostile_workspace: Path) -> Iterator[InteractiveShell]:
    """Each shell, in the hostile workspace."""
    skip_without(request.param)
    opened = InteractiveShell(
        request.param, hostile_workspace, f"{hostile_workspace / 'bin'}:{os.environ['PATH']}"
    )
    yield opened
    opened.close()


def test_completing_beside_hostile_names_runs_none_of_them(
    shell: InteractiveShell, hostile_workspace: Path
) -> None:
    for typed in (
        "status ",
        "status l",
        "check ",
        "check x",
        "scope --like ",
        "render ",
        "checkin lead --from ",
        "-C ",
    ):
        shell.type(f"sprintkit {typed}\t\t")
        shell.type("\x03\n")
        shell.run("true")
    assert not list(hostile_workspace.rglob(CANARY))


def test_a_slug_is_completed_beside_hostile_names(shell: InteractiveShell, hostile_workspace: Path) -> None:
    shell.type("echo sprintkit-was-here; : sprintkit; sprintkit checkin lea\t --from nothing.toml\n")
    shell.wait_for("nothing.toml: there is no such file")


def test_a_file_with_a_blank_in_its_name_is_one_word(
    shell: InteractiveShell, hostile_workspace: Path
) -> None:
    (hostile_workspace / "my answers.toml").write_text("unknown_key = 1\n", "utf-8")
    shell.type("sprintkit scope lead --from my\t\n")
    shell.wait_for("unknown_key")
