"""`sprintkit completion`: a completion script for a shell."""

from __future__ import annotations

from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.cli.completion.script import CompletionData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(options: Namespace, today: date, output: Output) -> Result[CompletionData]:
    from sprintkit.actions.result import Result
    from sprintkit.cli.completion.script import completion_script

    return Result({"shell": options.shell, "script": completion_script(options.shell)})


def text_lines(result: Result[CompletionData], style: Style) -> Iterator[str]:
    if result.data is not None:
        yield from result.data["script"].rstrip("\n").split("\n")


COMMAND = Command(
    "completion",
    group="Tools",
    position=3,
    summary="shell completion",
    examples=('eval "$(sprintkit completion bash)"',),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
