"""`sprintkit log`: all that was agreed about a sprint, in order."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.log.log import LogData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)


def run(options: Namespace, today: date, output: Output) -> Result[LogData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.log.log import show_log

    return show_log(open_context(options.folder_given, today), options.sprint)


def text_lines(result: Result[LogData], style: Style) -> Iterator[str]:
    """One line per entry: the day, who, and what."""
    from sprintkit.cli.layout import wrap_lines

    data = result.data
    if data is None or "entries" not in data:
        return
    if not data["entries"]:
        yield "Nothing has been agreed yet."
    for entry in data["entries"]:
        who = f"{entry['by']}: " if entry["by"] else ""
        yield from wrap_lines(f"{who}{entry['text']}", " " * 12, first=f"{entry['on']:<12}")


COMMAND = Command(
    "log",
    group="Show",
    position=5,
    summary="all that was agreed, changed and refused, in order",
    examples=("log lead",),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
