"""What can be typed: every command with its arguments, declared once; parser, help and completion read it here."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from sprintkit import __version__
from sprintkit.cli.help import TABLE, overview
from sprintkit.errors import InputError

Parser = argparse.ArgumentParser
FORMS = ("md", "html", "pdf")
SHELLS = ("bash", "zsh", "fish")
HEALTHS = ("at-risk", "off-track")


class Command(NamedTuple):
    """One command."""

    name: str
    group: str
    summary: str
    arguments: Callable[[Parser], None]
    examples: list[str]


def _sprint(parser: Parser, *, optional: bool = False) -> None:
    parser.add_argument("sprint", metavar="SPRINT", nargs="?" if optional else None, help="its folder's name")


def _from(parser: Parser, what: str) -> None:
    parser.add_argument(
        "--from", dest="source", metavar="FILE", help=f"{what}, as TOML; - reads it from stdin"
    )


def _none(parser: Parser) -> None:
    pass


def _init(parser: Parser) -> None:
    parser.add_argument(
        "folder", metavar="DIR", nargs="?", default=".", help="the folder (here, if not said)"
    )


def _scope(parser: Parser) -> None:
    _sprint(parser, optional=True)
    parser.add_argument("--full", action="store_true", help="ask everything a sponsor will want to read")
    _from(parser, "answers")
    parser.add_argument(
        "--set",
        dest="sets",
        metavar="PATH=VALUE",
        action="append",
        default=[],
        help="one answer; may be repeated",
    )
    parser.add_argument("--like", metavar="SPRINT", help="take people, sources and tools from another sprint")


def _ask(parser: Parser) -> None:
    _sprint(parser)
    parser.add_argument(
        "--parked", action="store_true", help="what is parked, in place of the agreement cases"
    )
    parser.add_argument("--for", dest="person", metavar="PERSON", help="the sheet of one person")


def _answer(parser: Parser) -> None:
    _sprint(parser)
    parser.add_argument("--as", dest="person", metavar="WHO", required=True, help="whose answers these are")
    _from(parser, "the sheet, filled in")


def _check(parser: Parser) -> None:
    parser.add_argument("targets", metavar="SPRINT or FILE", nargs="*", help="all sprints, if none is named")
    parser.add_argument(
        "--explain", metavar="RULE", help="what a rule or a reason of the health (H1, S1 …) says, and why"
    )


def _status(parser: Parser) -> None:
    _sprint(parser, optional=True)
    parser.add_argument(
        "--fail-on",
        choices=HEALTHS,
        metavar="HEALTH",
        help="exit 1 at this health or worse: at-risk, off-track",
    )


def _checkin(parser: Parser) -> None:
    _sprint(parser)
    _from(parser, "the week's record")


def _render(parser: Parser) -> None:
    _sprint(parser, optional=True)
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", help="charter (default) or status")
    parser.add_argument("--format", choices=FORMS, metavar="FORM", help="md, html or pdf (default)")
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="where to, or - for stdout; a folder with --all"
    )
    parser.add_argument("--force", action="store_true", help="overwrite what is there")
    parser.add_argument("--paper", choices=("a4", "letter"), metavar="PAPER", help="a4 or letter, for PDF")
    parser.add_argument("--all", action="store_true", help="all documents, of all sprints if none is named")
    parser.add_argument("--list", action="store_true", help="which documents and templates there are")
    parser.add_argument(
        "--eject",
        action="store_true",
        help="copy the shipped templates into templates/, to change them there; SPRINT then names a document",
    )


def _schema(parser: Parser) -> None:
    parser.add_argument(
        "file_kind", metavar="KIND", nargs="?", default="charter", help="charter (default), checkin, …"
    )


def _completion(parser: Parser) -> None:
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


_ARGUMENTS: dict[str, Callable[[Parser], None]] = {
    "answer": _answer,
    "ask": _ask,
    "check": _check,
    "checkin": _checkin,
    "completion": _completion,
    "demo": _none,
    "doctor": _none,
    "init": _init,
    "render": _render,
    "schema": _schema,
    "scope": _scope,
    "status": _status,
}

COMMANDS: dict[str, Command] = {
    name: Command(name, group, summary, _ARGUMENTS[name], examples)
    for group, commands in TABLE
    for name, summary, *examples in commands
}
"""Every command that works, in the order of the help."""

GLOBAL_VALUES = ("-C", "--today")
"""Options everywhere that take a value."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(message, code="usage", hint=f"See: {self.prog} --help")


def parse(args: Sequence[str]) -> argparse.Namespace:
    """What was typed; `command` is None where no command was. Raises InputError, or SystemExit after help."""
    at = command_at(args)
    if at is None:
        return _parser(None).parse_args(args, argparse.Namespace(command=None))
    name = args[at]
    if name == "help":
        rest = [*args[:at], *args[at + 1 :]]
        return parse([*rest, "--help"])
    if name not in COMMANDS:
        import difflib  # only for whoever mistyped

        near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise InputError(f"{name} is no command", code="usage", hint=f"{hint}See: sprintkit --help")
    rest = [*args[:at], *args[at + 1 :]]
    return _parser(COMMANDS[name]).parse_args(rest, argparse.Namespace(command=name))


def command_at(args: Sequence[str]) -> int | None:
    """Where the command stands: the first word that is neither an option nor the value of one."""
    at = 0
    while at < len(args):
        if args[at] in GLOBAL_VALUES:
            at += 1
        elif not args[at].startswith("-"):
            return at
        at += 1
    return None


class _Version(argparse.Action):
    def __call__(self, parser: Parser, *_: Any) -> NoReturn:
        print(f"sprintkit {__version__}")
        parser.exit()


class _Help(argparse.Action):
    """The help of all commands, or of one."""

    def __call__(self, parser: Parser, *_: Any) -> NoReturn:
        if parser.prog == "sprintkit":
            sys.stdout.write(overview())
        else:
            parser.print_help()
        parser.exit()


def _parser(command: Command | None) -> Parser:
    parser = _Parser(
        prog="sprintkit" + (f" {command.name}" if command else ""),
        description=_sentence(command.summary) if command else None,
        epilog=_examples(command) if command else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    if command:
        command.arguments(parser)
    everywhere(parser)
    return parser


def everywhere(parser: Parser) -> None:
    """Add the options that hold for every command."""
    group = parser.add_argument_group("options everywhere")
    group.add_argument(
        "-C", dest="folder_given", metavar="DIR", help="work in the workspace that DIR lies in"
    )
    group.add_argument("--json", action="store_true", help="one JSON document on stdout")
    group.add_argument("--today", metavar="DATE", help="as if it were this day (also SPRINTKIT_TODAY)")
    group.add_argument("--no-color", action="store_true", help="no colour (also NO_COLOR)")
    group.add_argument("--version", action=_Version, nargs=0, help="the version")
    group.add_argument("-h", "--help", action=_Help, nargs=0, help="this help")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _examples(command: Command) -> str | None:
    if not command.examples:
        return None
    lines = (text if text.startswith("eval") else f"sprintkit {text}" for text in command.examples)
    return "examples:\n" + "\n".join(f"  {line}" for line in lines)
