"""`sprintkit review`: a month of operating, from a form or a file."""

from __future__ import annotations

from sprintkit.cli.arguments import add_from, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.actions.review.review import ReviewData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    add_from(parser, "the month's review")


def run(options: Namespace, today: date, output: Output) -> Result[ReviewData] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    context = open_context(options.folder_given, today)
    if options.source is None:
        context.workspace.require_sprint(options.sprint)
        if not output.is_interactive:
            raise InputError(
                "the review form needs a terminal",
                code="no_terminal",
                hint="Without one, give the record with --from FILE (- is stdin).",
            )
        from sprintkit.cli.open_app import open_app

        return open_app(options, today, COMMAND.name, options.sprint)
    from sprintkit.actions.review.review import record_review
    from sprintkit.cli.source_file import read_source, source_name

    source = read_source(options.source, context.root)
    return record_review(context, options.sprint, source, source_name(options.source))


def text_lines(result: Result[ReviewData], style: Style) -> Iterator[str]:
    """What was written, how the metric stands, and each flag with what would clear it."""
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.dates import format_date, format_month
    from sprintkit.text.escaping import one_line
    from sprintkit.text.labels import METRIC_STATE_PHRASES

    data = result.data
    if data is None or "flags" not in data:
        return
    yield f"{style('recorded', 'good')}: {one_line(data['path'])}"
    flags = ", ".join(data["flags"])
    flag_text = style(flags, "bad") if flags else style("no flag", "good")
    yield f"  {format_month(data['month'])}: {METRIC_STATE_PHRASES[data['metric_state']]}; {flag_text}"
    for reason, remedy in zip(data["reasons"], data["clears"], strict=True):
        yield from wrap_lines(f"{reason['message']} {remedy}", " " * 13, first=f"  {reason['code']:<11}")
    if data["is_confirmed"]:
        yield "  The target is reached: operating is confirmed."
    elif data["confirm_by"] and data["decision"] != "stop":
        yield f"  To be confirmed by {format_date(data['confirm_by'])}."


COMMAND = Command(
    "review",
    group="Follow",
    position=8,
    summary="a month of operating",
    examples=("review lead --from april.toml",),
    add_arguments=add_arguments,
    people_only="make up a reading, and never decide whether to continue or to stop",
    run=run,
    text_lines=text_lines,
)
