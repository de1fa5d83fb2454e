"""Typing into a real shell on a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

_ZSH_FOLDER = tempfile.TemporaryDirectory(prefix="sprintkit-zsh-")
"""Where zsh keeps which functions complete what: to collect them takes longer than everything else it does here."""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(sprintkit completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        f'autoload -U compinit; compinit -u -d {_ZSH_FOLDER.name}/functions; eval "$(sprintkit completion zsh)"',
    ),
    "fish": (
        # Without its configuration fish does not send READS_KEYS by itself.
        ["fish", "--no-config", "-i", "-C", r"function fish_prompt; printf '\e[?2004h'; end"],
        "sprintkit completion fish | source",
    ),
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

    def wait_for_all(self, expected: Iterable[str]) -> None:
        """Read until the shell has shown all of some texts, in any order."""
        missing = set(expected)
        end = time.monotonic() + SECONDS
        while missing := {text for text in missing if text not in self.screen}:
            assert time.monotonic() < end, (missing, self.screen)
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.screen += os.read(self.terminal, 65536).decode("utf-8", "replace")

    def close(self) -> None:
        os.kill(self.process, 9)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def skip_without(program: str) -> None:
    """Skip the test if a program is not installed, or fail it under SPRINTKIT_NO_SKIP."""
    if shutil.which(program) is None:
        if os.environ.get("SPRINTKIT_NO_SKIP"):
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"needs {program}")
