"""`sprintkit request`: mails that ask for a signature, as drafts."""

from __future__ import annotations

from sprintkit.cli.arguments import DIR, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.actions.sign.request import RequestData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument(
        "--to",
        dest="people",
        metavar="PERSON",
        action="append",
        default=[],
        help="only this signatory, by name or key; several times for several",
    )
    parser.add_argument(
        "--amendment", metavar="ID", help="ask about this proposed amendment: its id or its file"
    )
    parser.add_argument(
        "-o", "--output", metavar=DIR, help="the folder for the .eml files (default: the current one)"
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that exist")


def run(options: Namespace, today: date, output: Output) -> Result[RequestData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.sign.request import write_requests

    context = open_context(options.folder_given, today)
    return write_requests(
        context,
        options.sprint,
        options.people,
        options.output,
        amendment=options.amendment,
        force=options.force,
    )


def text_lines(result: Result[RequestData], style: Style) -> Iterator[str]:
    """Each mail as it reads, below its address and subject."""
    from sprintkit.text.escaping import one_line

    if result.data is None:
        return
    for number, mail in enumerate(result.data["mails"]):
        if number:
            yield ""
            yield "-" * 40
            yield ""
        name, address = one_line(mail["name"]), mail["address"]
        yield style(f"To: {name} <{address}>" if address else f"To: {name}", "bold")
        yield style(f"Subject: {mail['subject']}", "bold")
        yield ""
        yield from mail["text"].rstrip("\n").split("\n")


COMMAND = Command(
    "request",
    group="Show",
    position=2,
    summary="mails that ask for a signature, as drafts with the PDF",
    examples=("request lead", "request lead --to 'Bram Yellowby' -o mails", "request lead --amendment A1"),
    add_arguments=add_arguments,
    people_only="send the mails: it writes drafts, and a person sends them",
    run=run,
    text_lines=text_lines,
)
