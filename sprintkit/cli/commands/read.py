"""`sprintkit read`: the success metric, measured by its recipe."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.probe.read import ReadData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument(
        "--since",
        type=_parse_day,
        metavar="DATE",
        help="the first day; by default the day after the last reading",
    )
    parser.add_argument("--until", type=_parse_day, metavar="DATE", help="the last day; by default today")
    parser.add_argument("--baseline", action="store_true", help="measure the baseline, over its own weeks")
    parser.add_argument(
        "--accept", action="store_true", help="write the baseline into the draft; needs --baseline"
    )


def _parse_day(text: str) -> date:
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        if len(text) == len("2026-02-16"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(f"'{text}' is not a valid date; write it like 2026-02-16")


def run(options: Namespace, today: date, output: Output) -> Result[ReadData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.probe.read import ReadOptions, read_success_metric
    from sprintkit.errors import InputError

    if options.accept and not options.baseline:
        raise InputError(
            "--accept goes with --baseline",
            code="usage",
            hint="A reading enters a check-in: sprintkit checkin.",
        )
    return read_success_metric(
        open_context(options.folder_given, today),
        options.sprint,
        ReadOptions(
            since=options.since,
            until=options.until,
            is_baseline=options.baseline,
            accepts_baseline=options.accept,
        ),
        on_progress=output.progress,
    )


def text_lines(result: Result[ReadData], style: Style) -> Iterator[str]:
    """The value with its window, then what it was read from and how."""
    from datetime import date

    from sprintkit.text.dates import format_date
    from sprintkit.text.escaping import one_line
    from sprintkit.text.numbers import format_figure

    data = result.data
    if data is None or result.reading is None:
        return
    value = format_figure(result.reading.value, one_line(data["unit"] or "") or None)
    first, last = (format_date(date.fromisoformat(day)) for day in (data["from"], data["to"]))
    yield f"{style(value, 'bold')}: {first} to {last}, from {data['rows']:,} rows"
    yield f"  extract {data['file_digest'][:12]}, recipe {data['recipe_digest'][:12]}"


COMMAND = Command(
    "read",
    group="Follow",
    position=10,
    summary="measure the success metric by its recipe",
    examples=(
        "read lead",
        "read lead --baseline --accept",
        "read lead --since 2026-03-02 --until 2026-03-27 --json",
    ),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
