"""`sprintkit board`: the portfolio as static pages."""

from __future__ import annotations

from sprintkit.cli.arguments import DIR
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.board.board import BoardData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "workspaces",
        metavar=DIR,
        nargs="*",
        help="the workspace that contains DIR; several for one board of all (default: this one)",
    )
    parser.add_argument(
        "-o", "--output", metavar=DIR, help="the folder for index.html and the pages (default: board)"
    )
    parser.add_argument("--force", action="store_true", help="replace the board that is there")


def run(options: Namespace, today: date, output: Output) -> Result[BoardData]:
    from sprintkit.actions.board.board import write_board
    from sprintkit.actions.context import open_context

    folders = [folder for folder in (options.folder_given, *options.workspaces) if folder is not None]
    contexts = [open_context(folder, today) for folder in folders or [None]]
    by_root = {context.root: context for context in contexts}
    return write_board(list(by_root.values()), options.output, force=options.force)


def text_lines(result: Result[BoardData], style: Style) -> Iterator[str]:
    from sprintkit.text.escaping import one_line

    if result.data is not None:
        yield one_line(result.data["shown"])


COMMAND = Command(
    "board",
    group="Show",
    position=3,
    summary="all sprints on one page, and one page per sprint, as static HTML",
    examples=("board", "board team-a team-b -o portfolio"),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
