"""`sprintkit diff`: what differs from what was signed."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.compare.diff import DiffData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument(
        "--since", metavar="DATE or DIGEST", help="compare with the text of that day, or with this one"
    )


def run(options: Namespace, today: date, output: Output) -> Result[DiffData]:
    from sprintkit.actions.compare.diff import compare
    from sprintkit.actions.context import open_context

    return compare(open_context(options.folder_given, today), options.sprint, options.since)


def text_lines(result: Result[DiffData], style: Style) -> Iterator[str]:
    """A paragraph for a sponsor, then field by field."""
    from sprintkit.cli.layout import wrap_lines

    data = result.data
    if data is None or "summary" not in data:
        return
    yield from wrap_lines(data["summary"])
    if data["lines"]:
        yield ""
    for line in data["lines"]:
        yield from wrap_lines(line, "    ", first="  ")


COMMAND = Command(
    "diff",
    group="Show",
    position=4,
    summary="what differs from what was signed",
    examples=("diff lead", "diff lead --since 2026-02-12", "diff lead --since 0123456789ab"),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
