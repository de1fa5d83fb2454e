"""The completion script of each shell."""

from __future__ import annotations

from typing import TypedDict

from sprintkit.cli.completion.bash import bash_lines
from sprintkit.cli.completion.fish import fish_lines
from sprintkit.cli.completion.zsh import zsh_lines


class CompletionData(TypedDict):
    """The `data` of `completion`."""

    shell: str
    script: str


def completion_script(shell: str) -> str:
    """The completion script for bash, zsh or fish."""
    lines = {"bash": bash_lines, "zsh": zsh_lines, "fish": fish_lines}[shell]
    return "\n".join(lines()) + "\n"
