"""`sprintkit init`: make a workspace."""

from __future__ import annotations

from sprintkit.cli.arguments import DIR
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.create_workspace import InitData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar=DIR, nargs="?", default=".", help="the folder (default: the current one)"
    )


def run(options: Namespace, today: date, output: Output) -> Result[InitData]:
    from pathlib import Path

    from sprintkit.actions.create_workspace import create_workspace

    return create_workspace(Path(options.folder_given or ".") / options.folder, today)


def text_lines(result: Result[InitData], style: Style) -> Iterator[str]:
    from sprintkit.text.escaping import one_line

    if result.data is None:
        return
    yield f"workspace {one_line(result.data['path'])}"
    for name in result.data["written"]:
        yield f"  wrote {name}"
    yield f"Next: {_change_folder(result.data['path'])}sprintkit scope"


def _change_folder(path: str) -> str:
    """The command that goes to the workspace, where that is not the current folder."""
    import os
    import shlex

    from sprintkit.text.escaping import one_line

    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = path
    return "" if relative == os.curdir else f"cd {one_line(shlex.quote(relative))} && "


COMMAND = Command(
    "init",
    group="Begin",
    position=2,
    summary="make a workspace",
    examples=("init our-sprints",),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
