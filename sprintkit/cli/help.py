"""Builds the text of `sprintkit --help` from the declarations of the commands."""

from __future__ import annotations

from itertools import groupby

from sprintkit.cli.commands import load_commands

_HEAD = """\
sprintkit: scope a fixed-scope sprint, follow it week by week, render the charter people sign.

usage: sprintkit [COMMAND] [options]

Without a command, sprintkit opens the app; piped, or with --json, it runs `status`.
"""
_TAIL = """\
Global options
  -C DIR        work in the workspace that contains DIR
  --json        print one JSON document on stdout
  --today DATE  pretend today is DATE (also SPRINTKIT_TODAY)
  --no-color    print without colour (also NO_COLOR)
  --version     print the version

Run `sprintkit COMMAND --help` for details on a command, with examples.
Exit codes: 0 fine, 1 the answer is no, 2 wrong usage or an unreadable file, 3 could not write.
"""


def overview() -> str:
    """The text of `sprintkit --help`."""
    parts = [_HEAD]
    for group, commands in groupby(load_commands(), key=lambda command: command.group):
        rows = [f"  {command.name:<12}{command.summary}" for command in commands]
        parts.append("\n".join([group, *rows]) + "\n")
    return "\n".join([*parts, _TAIL])
