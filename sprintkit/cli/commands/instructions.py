"""`sprintkit instructions`: how an assistant, an AI or a script, uses sprintkit, and what it may never do."""

from __future__ import annotations

from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.cli.instructions import InstructionsData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def run(options: Namespace, today: date, output: Output) -> Result[InstructionsData]:
    from sprintkit.actions.result import Result
    from sprintkit.cli.instructions import instructions_text

    return Result({"text": instructions_text()})


def text_lines(result: Result[InstructionsData], style: Style) -> Iterator[str]:
    if result.data is not None:
        yield from result.data["text"].rstrip("\n").split("\n")


COMMAND = Command(
    "instructions",
    group="Tools",
    position=4,
    summary="how an assistant uses sprintkit, and what it may never do",
    examples=("instructions", "instructions >> AGENTS.md"),
    run=run,
    text_lines=text_lines,
)
