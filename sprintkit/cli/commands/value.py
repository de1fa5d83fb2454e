"""`sprintkit value`: what a month of the automated work is worth, in three columns."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.actions.result import Result
    from sprintkit.actions.value.realised import RealisedData
    from sprintkit.actions.value.table import TableRow
    from sprintkit.actions.value.value import ValueData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser, is_optional=True)
    parser.add_argument(
        "--set",
        dest="assignments",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="a figure to try, such as usage_share_pct=60; may be repeated, nothing is saved",
    )


def run(options: Namespace, today: date, output: Output) -> Result[ValueData] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.value.value import show_value

    if options.sprint is not None:
        return show_value(open_context(options.folder_given, today), options.sprint, options.assignments)
    if not options.assignments and output.is_interactive:
        from sprintkit.cli.open_app import open_app

        return open_app(options, today, COMMAND.name)
    return show_value(_context_here(options, today), None, options.assignments)


def _context_here(options: Namespace, today: date) -> WorkspaceContext | None:
    """The workspace for its thresholds; None where there is none. Raises InputError for a -C that is none."""
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    try:
        return open_context(options.folder_given, today)
    except InputError as error:
        if options.folder_given is not None or error.problems[0].code != "no_workspace":
            raise
        return None


def text_lines(result: Result[ValueData], style: Style) -> Iterator[str]:
    """The figures and what follows from them in three columns, the break-even, the formula, what months brought."""
    from sprintkit.actions.value.table import break_even_lines, formula_lines, input_rows, result_rows
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.cells import cell_width

    data = result.data
    if data is None:
        return
    inputs, results = input_rows(data), result_rows(data)
    width = max(cell_width(_row_label(row)) for row in (*inputs, *results))
    yield from _table_lines(inputs, "What goes in", width, style)
    if data["as_entered"] is None:
        return
    yield ""
    yield from _table_lines(results, "What follows", width, style)
    for heading, lines in (("Break-even", break_even_lines(data)), ("How", formula_lines(data))):
        yield ""
        yield style(heading, "bold")
        for label, text in lines:
            yield from wrap_lines(text, " " * _LABEL_WIDTH, first=f"  {label:<{_LABEL_WIDTH - 2}}")
    if data["realised"] is not None:
        yield ""
        yield from _realised_lines(data["realised"], style)


_LABEL_WIDTH = 15
_COLUMN_WIDTH = 12


def _row_label(row: TableRow) -> str:
    return f"  {row.label} ({row.unit})"


def _table_lines(rows: Sequence[TableRow], heading: str, width: int, style: Style) -> Iterator[str]:
    """A heading and the rows below it; `width` is that of the labels."""
    from sprintkit.actions.value.table import COLUMN_NAMES
    from sprintkit.text.cells import pad_cells

    names = "".join(f"{name:>{_COLUMN_WIDTH}}" for name in COLUMN_NAMES)
    yield style(f"{heading:<{width}}{names}", "bold")
    for row in rows:
        yield pad_cells(_row_label(row), width) + "".join(f"{cell:>{_COLUMN_WIDTH}}" for cell in row.cells)


def _realised_lines(realised: RealisedData, style: Style) -> Iterator[str]:
    """What each reviewed month brought, then all of them beside the promise."""
    from sprintkit.actions.value.table import month_rows, months_summary
    from sprintkit.cli.layout import wrap_lines

    yield style("What the months brought", "bold")
    for cells in month_rows(realised):
        yield f"  {' '.join(cells)}"
    yield from wrap_lines(months_summary(realised), "  ")


COMMAND = Command(
    "value",
    group="Show",
    position=6,
    summary="what a month of the automated work is worth",
    examples=(
        "value lead",
        "value lead --set usage_share_pct=60",
        "value --set volume_per_month=2400 --set minutes_per_case=9",
    ),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
