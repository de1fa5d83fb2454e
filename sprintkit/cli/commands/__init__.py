"""One module per command: its declaration, arguments, run function and text.

Commands are found by listing this package: a module `verb.py` declares the command `verb` as `COMMAND`. A run imports only
the module of its command, but the help and the completion import them all. So a command module imports use cases inside
its functions.
"""

from __future__ import annotations

import os
from importlib import import_module

from sprintkit.cli.command import GROUPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.cli.command import Command

DEFAULT = "status"
"""The default command if there is no terminal for the app."""


def command_names() -> list[str]:
    """The names of all commands, sorted."""
    with os.scandir(__path__[0]) as entries:
        names = [entry.name.removesuffix(".py") for entry in entries if entry.name.endswith(".py")]
    return sorted(name for name in names if name != "__init__")


def load_command(name: str) -> Command:
    """The declaration of one of `command_names`."""
    command: Command = import_module(f"{__name__}.{name}").COMMAND
    return command


def load_commands() -> list[Command]:
    """All declarations, in the order of the help."""
    commands = map(load_command, command_names())
    return sorted(commands, key=lambda command: (GROUPS.index(command.group), command.position))
