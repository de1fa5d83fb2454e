"""`sprintkit ask`: a blank sheet, to be sent as it is printed."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.actions.sheets.ask import AskData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument(
        "--parked", action="store_true", help="ask the parked questions instead of the agreement cases"
    )
    parser.add_argument("--for", dest="person", metavar="PERSON", help="the sheet of one person")


def run(options: Namespace, today: date, output: Output) -> Result[AskData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.sheets.ask import make_sheet

    context = open_context(options.folder_given, today)
    return make_sheet(context, options.sprint, is_parked=options.parked, person=options.person)


def text_lines(result: Result[AskData], style: Style) -> Iterator[str]:
    if result.data is not None:
        yield from result.data["text"].rstrip("\n").split("\n")


COMMAND = Command(
    "ask",
    group="Begin",
    position=5,
    summary="a sheet for people who answer alone, or who hold a parked question",
    examples=("ask lead > sheet.toml", "ask lead --parked --for 'Tunde Okonfield'"),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
