"""The arguments of each command as completion needs them: names, help and the kind of their value."""

from __future__ import annotations

import argparse
from functools import cache
from typing import NamedTuple

from sprintkit.cli import arguments
from sprintkit.cli.command import Command
from sprintkit.cli.parser import add_global_options

SLUG, SLUG_OR_FILE, FILE, FOLDER = "slug", "slug_or_file", "file", "folder"
SOURCE, TEXT, CHOICES = "source", "text", "choices"
_VALUE_KINDS = {
    arguments.SPRINT: SLUG,
    arguments.SPRINT_OR_FILE: SLUG_OR_FILE,
    arguments.FILE: FILE,
    arguments.PATH: FILE,
    arguments.DIR: FOLDER,
    arguments.SOURCE: SOURCE,
}


class Argument(NamedTuple):
    """An option, or a positional argument."""

    option_names: tuple[str, ...]
    """Empty for a positional argument."""
    help: str
    value_kind: str | None
    """The kind of its value: one of `SLUG` to `CHOICES`; None for a switch."""
    choices: str = ""
    """The words to choose from, separated by spaces."""
    is_repeatable: bool = False


class CommandArguments(NamedTuple):
    """The arguments of a command, global options included."""

    options: list[Argument]
    positionals: list[Argument]


def collect_global_options() -> list[Argument]:
    """The options that every command takes."""
    return collect_arguments(None).options


@cache
def collect_arguments(command: Command | None) -> CommandArguments:
    """The arguments of a command; for None, only the global options."""
    parser = argparse.ArgumentParser(add_help=False)
    if command is not None and command.add_arguments is not None:
        command.add_arguments(parser)
    add_global_options(parser)
    collected = CommandArguments([], [])
    for action in parser._actions:
        argument = _describe_argument(command, action)
        (collected.options if argument.option_names else collected.positionals).append(argument)
    return collected


def _describe_argument(command: Command | None, action: argparse.Action) -> Argument:
    names, help_text = tuple(action.option_strings), action.help or ""
    if action.nargs == 0:
        return Argument(names, help_text, None)
    choices = list(action.choices or ())
    if command is not None and action.dest in command.completions:
        choices = list(command.completions[action.dest]())
    if choices:
        return Argument(names, help_text, CHOICES, " ".join(map(str, choices)))
    value_kind = _VALUE_KINDS.get(str(action.metavar), TEXT)
    return Argument(names, help_text, value_kind, is_repeatable=isinstance(action.default, list))


def option_names(command: Command | None) -> str:
    """The names of a command's options, separated by spaces; for None, those of the global options."""
    return " ".join(name for option in collect_arguments(command).options for name in option.option_names)


def own_options_with_value(command: Command) -> list[Argument]:
    """The options of a command that take a value, without the global ones."""
    global_options = collect_global_options()
    return [
        option
        for option in collect_arguments(command).options
        if option.value_kind is not None and option not in global_options
    ]
