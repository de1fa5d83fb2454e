"""One run of the command line: parse, act, print, exit code; and the one guard around all of it."""

from __future__ import annotations

import os
import sys
from datetime import date

from sprintkit.actions.result import Result
from sprintkit.cli.fast_path import unprinted
from sprintkit.cli.output import Output, OutputError
from sprintkit.errors import ExitCode, InputError, SprintkitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    args = list(argv)
    before = args[: args.index("--")] if "--" in args else args
    output = Output(json="--json" in before, color="--no-color" not in before)
    try:
        return _guarded(args, output)
    except OutputError as error:
        return unprinted(error.error)


def _guarded(args: list[str], output: Output) -> int:
    try:
        result = _result(args, output)
        if isinstance(result, int):  # the app has ended, or a document was piped on
            return result
        output.emit(result)
        return int(result.exit_code)
    except SystemExit as done:  # help and version
        sys.stdout.flush()
        return done.code if isinstance(done.code, int) else ExitCode.OK
    except KeyboardInterrupt:
        output.narrate("sprintkit: interrupted; nothing was left half written")
        return ExitCode.INTERRUPTED
    except OutputError:
        raise
    except Exception as error:  # the one top-level guard: anything unexpected is a bug of ours
        from sprintkit.cli.crash import told  # only for bugs

        output.emit(Result(_kind(args), None, (told(error, args),), ExitCode.BUG))
        return ExitCode.BUG


def _result(args: list[str], output: Output) -> Result | int:
    options: Namespace | None = None
    try:
        from sprintkit.cli.parser import parse

        options = parse(args)
        today = day(options.today)
        from sprintkit.cli.commands import run

        return run(options, today, output)
    except SprintkitError as error:
        data = None
        if error.exit_code == ExitCode.NO:
            data = {"slug": getattr(options, "sprint", None)}
        return Result(_kind(args), data, error.problems, error.exit_code)


def day(given: str | None) -> date:
    """The day to work on: `--today`, else SPRINTKIT_TODAY, else the clock's. Raises InputError."""
    text, where = given, "--today"
    if text is None:
        text, where = os.environ.get("SPRINTKIT_TODAY") or None, "SPRINTKIT_TODAY"
    if text is None:
        return date.today()
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(f"{where}: '{text}' is no day", code="usage", hint="Write it like 2026-02-16.")


def _kind(args: list[str]) -> str:
    from sprintkit.cli.parser import COMMANDS, command_at

    at = command_at(args)
    return args[at] if at is not None and args[at] in COMMANDS else "status" if at is None else "sprintkit"
