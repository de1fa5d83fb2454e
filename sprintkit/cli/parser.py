"""Parses the command line: the global options, and each command's own arguments from its declaration."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from sprintkit import __version__
from sprintkit.cli.command import Command
from sprintkit.cli.commands import command_names, load_command
from sprintkit.cli.fast_path import print_text
from sprintkit.cli.help import overview
from sprintkit.errors import InputError

GLOBAL_OPTIONS_WITH_VALUE = ("-C", "--today")


class _ArgumentParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(message, code="usage", hint=f"See: {self.prog} --help")


class _PrintVersion(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        parser.exit(print_text(f"sprintkit {__version__}\n"))


class _PrintHelp(argparse.Action):
    """Prints the overview, or the help of the command that was typed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        parser.exit(print_text(overview() if parser.prog == "sprintkit" else parser.format_help()))


def parse(args: Sequence[str]) -> argparse.Namespace:
    """The parsed options, with the `Command` as `command`; None if no command was typed.

    Raises InputError for wrong usage, and SystemExit once the help or the version is printed.
    """
    index = command_index(args)
    if index is None:
        return _build_parser(None).parse_args(args, argparse.Namespace(command=None))
    name, rest = args[index], [*args[:index], *args[index + 1 :]]
    if name == "help":
        return parse([*rest, "--help"])
    if name not in command_names():
        raise _unknown_command(name)
    command = load_command(name)
    return _build_parser(command).parse_args(rest, argparse.Namespace(command=command))


def command_index(args: Sequence[str]) -> int | None:
    """The index of the command: the first word that is neither an option nor the value of a global option."""
    index = 0
    while index < len(args):
        if args[index] in GLOBAL_OPTIONS_WITH_VALUE:
            index += 1
        elif not args[index].startswith("-"):
            return index
        index += 1
    return None


def _unknown_command(name: str) -> InputError:
    import difflib

    matches = difflib.get_close_matches(name, command_names(), n=1, cutoff=0.5)
    suggestion = f"Did you mean {matches[0]}? " if matches else ""
    return InputError(f"unknown command '{name}'", code="usage", hint=f"{suggestion}See: sprintkit --help")


def _build_parser(command: Command | None) -> argparse.ArgumentParser:
    parser = _ArgumentParser(
        prog=f"sprintkit {command.name}" if command else "sprintkit",
        description=f"{command.summary[0].upper()}{command.summary[1:]}." if command else None,
        epilog=_examples(command) if command and command.examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    if command and command.add_arguments:
        command.add_arguments(parser)
    add_global_options(parser)
    return parser


def add_global_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command takes."""
    group = parser.add_argument_group("global options")
    group.add_argument(
        "-C", dest="folder_given", metavar="DIR", help="work in the workspace that contains DIR"
    )
    group.add_argument("--json", action="store_true", help="print one JSON document on stdout")
    group.add_argument("--today", metavar="DATE", help="pretend today is DATE (also SPRINTKIT_TODAY)")
    group.add_argument("--no-color", action="store_true", help="print without colour (also NO_COLOR)")
    group.add_argument("--version", action=_PrintVersion, nargs=0, help="print the version")
    group.add_argument("-h", "--help", action=_PrintHelp, nargs=0, help="print this help")


def _examples(command: Command) -> str:
    lines = (
        example if example.startswith("eval") else f"sprintkit {example}" for example in command.examples
    )
    return "examples:\n" + "\n".join(f"  {line}" for line in lines)
