"""`sprintkit answer`: take in a filled-in sheet."""

from __future__ import annotations

from sprintkit.cli.arguments import add_from, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.actions.sheets.answer import AnswerData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument("--as", dest="person", metavar="WHO", required=True, help="whose answers these are")
    add_from(parser, "the sheet, filled in")


def run(options: Namespace, today: date, output: Output) -> Result[AnswerData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.sheets.answer import take_sheet
    from sprintkit.cli.source_file import read_source, source_name
    from sprintkit.errors import InputError

    if options.source is None:
        raise InputError(
            "no sheet is given",
            code="no_terminal",
            hint="Give the sheet, filled in, with --from FILE (- is stdin).",
        )
    context = open_context(options.folder_given, today)
    sheet = read_source(options.source, context.root)
    return take_sheet(context, options.sprint, options.person, sheet, source_name(options.source))


def text_lines(result: Result[AnswerData], style: Style) -> Iterator[str]:
    from sprintkit.text.escaping import one_line
    from sprintkit.text.numbers import format_count

    data = result.data
    if data is not None and "who" in data:
        answers = format_count(data["answers"], "answer")
        yield f"{style('saved', 'good')}: {answers} from {one_line(data['who'])} in {one_line(data['path'])}"


COMMAND = Command(
    "answer",
    group="Begin",
    position=6,
    summary="take in a filled-in sheet",
    examples=("answer lead --as 'north rep' --from sheet.toml",),
    add_arguments=add_arguments,
    people_only="answer for somebody: a sheet goes back as that person filled it in, word for word",
    run=run,
    text_lines=text_lines,
)
