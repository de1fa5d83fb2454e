"""The help of the whole program: what there is, by what one wants to do."""

from __future__ import annotations

from .parser import COMMANDS

_HEAD = """\
sprintkit: scope a fixed-scope sprint, follow it week by week, render the charter people sign.

usage: sprintkit [COMMAND] [options]

Without a command it opens the app; piped, or with --json, it is `status`.
"""
_TAIL = """\
Options everywhere
  -C DIR        work in the workspace that DIR lies in
  --json        one JSON document on stdout
  --today DATE  as if it were this day (also SPRINTKIT_TODAY)
  --no-color    no colour (also NO_COLOR)
  --version     the version

sprintkit COMMAND --help tells more about one, with examples.
Exit codes: 0 fine, 1 the answer is no, 2 a wrong call or an unreadable file, 3 could not write.
"""


def overview() -> str:
    """The text of `sprintkit --help`."""
    parts = [_HEAD]
    for group in dict.fromkeys(command.group for command in COMMANDS.values()):
        rows = [command for command in COMMANDS.values() if command.group == group]
        parts.append("\n".join([group, *(f"  {row.name:<12}{row.summary}" for row in rows)]) + "\n")
    return "\n".join([*parts, _TAIL])
