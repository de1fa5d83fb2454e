"""Runs the command line: parses, runs, prints, and returns the exit code. The only place that catches unexpected errors."""

from __future__ import annotations

import os
from datetime import date

from sprintkit.cli import commands
from sprintkit.cli.fast_path import handle_output_error
from sprintkit.cli.output import Output, OutputError
from sprintkit.cli.parser import command_index, parse
from sprintkit.errors import ExitCode, InputError, SprintkitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from sprintkit.actions.result import Refusal
    from sprintkit.cli.command import Command


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    args = list(argv)
    options = args[: args.index("--")] if "--" in args else args
    output = Output(json="--json" in options, color="--no-color" not in options)
    try:
        return _run_guarded(args, output)
    except OutputError as error:
        return handle_output_error(error.error)


def _run_guarded(args: list[str], output: Output) -> int:
    try:
        return _run(args, output)
    except SystemExit as printed:  # the help or the version is printed
        return printed.code if isinstance(printed.code, int) else ExitCode.OK
    except KeyboardInterrupt:
        output.narrate("sprintkit: interrupted; no file was left half written")
        return ExitCode.INTERRUPTED
    except OutputError:
        raise
    except Exception as error:
        from sprintkit.cli.crash import report_bug

        output.emit_errors(_kind(args), (report_bug(error, args),))
        return ExitCode.BUG


def _run(args: list[str], output: Output) -> int:
    options: Namespace | None = None
    try:
        options = parse(args)
        today = parse_today(options.today)
        if options.command is None:
            if output.is_interactive:
                from sprintkit.cli.open_app import open_app

                return open_app(options, today)
            options = parse([commands.DEFAULT, *args])
        command: Command = options.command
        result = command.run(options, today, output)
    except SprintkitError as error:
        refusal: Refusal | None = None
        if error.exit_code == ExitCode.NO:
            refusal = {"slug": getattr(options, "sprint", None)}
        output.emit_errors(_kind(args), error.problems, refusal)
        return error.exit_code
    if isinstance(result, int):
        return result
    output.emit(command.name, result, command.text_lines)
    return result.exit_code


def parse_today(option: str | None) -> date:
    """The date of `--today`, else of SPRINTKIT_TODAY, else of the clock. Raises InputError."""
    text, source = option, "--today"
    if text is None:
        text, source = os.environ.get("SPRINTKIT_TODAY") or None, "SPRINTKIT_TODAY"
    if text is None:
        return date.today()
    try:
        if len(text) == len("2026-02-16"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(
        f"{source}: '{text}' is not a valid date", code="usage", hint="Write it like 2026-02-16."
    )


def _kind(args: list[str]) -> str:
    """The `kind` of a JSON document that reports an error."""
    index = command_index(args)
    if index is None:
        return commands.DEFAULT
    return args[index] if args[index] in commands.command_names() else "sprintkit"
