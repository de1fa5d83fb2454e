"""`sprintkit close`: operate, or stop, from a form or a file."""

from __future__ import annotations

from sprintkit.cli.arguments import add_from, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.close.close import CloseData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    add_from(parser, "the closing")


def run(options: Namespace, today: date, output: Output) -> Result[CloseData] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    context = open_context(options.folder_given, today)
    if options.source is None:
        context.workspace.require_sprint(options.sprint)
        if not output.is_interactive:
            raise InputError(
                "the closing form needs a terminal",
                code="no_terminal",
                hint="Without one, give the record with --from FILE (- is stdin).",
            )
        from sprintkit.cli.open_app import open_app

        return open_app(options, today, "close", options.sprint)
    from sprintkit.actions.close.close import close_sprint
    from sprintkit.cli.source_file import read_source, source_name

    source = read_source(options.source, context.root)
    return close_sprint(context, options.sprint, source, source_name(options.source))


def text_lines(result: Result[CloseData], style: Style) -> Iterator[str]:
    """What was written, the verdict, and the one that the records suggest."""
    from sprintkit.text.dates import format_date
    from sprintkit.text.escaping import one_line

    data = result.data
    if data is None:
        return
    closing = data["closing"]
    suggested = closing["suggested"] or "neither yet"
    if "verdict" not in data:
        yield f"  suggested: {suggested}"
        return
    yield f"{style('recorded', 'good')}: {one_line(data['path'])}"
    against = ", against a suggested stop" if data["overruled"] else ""
    yield f"  {data['verdict']} from {format_date(data['on'])} on{against}"
    if not against and suggested != data["verdict"]:
        yield f"  suggested: {suggested}"


COMMAND = Command(
    "close",
    group="Follow",
    position=7,
    summary="operate, or stop",
    examples=("close lead --from closing.toml",),
    add_arguments=add_arguments,
    people_only="choose the verdict or say that acceptance is met: the sponsor decides",
    run=run,
    text_lines=text_lines,
)
