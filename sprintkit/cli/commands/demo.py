"""`sprintkit demo`: the sample sprints in a temporary workspace."""

from __future__ import annotations

from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.demo_workspace import DemoData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def run(options: Namespace, today: date, output: Output) -> Result[DemoData] | int:
    from sprintkit.actions.demo_workspace import create_demo_workspace

    result = create_demo_workspace(today)
    if result.data is None or not output.is_interactive:
        return result
    from sprintkit.cli.open_app import open_app

    return open_app(options, today, workspace=result.data["path"], notice=" ".join(result.notes))


def text_lines(result: Result[DemoData], style: Style) -> Iterator[str]:
    from sprintkit.text.escaping import one_line

    if result.data is not None:
        path = one_line(result.data["path"])
        yield path
        yield f"Look at it: sprintkit -C {path}"
        yield f"Measure a source of it: sprintkit -C {path} probe lead-routing 'Web enquiry form'"
        yield f"Read its metric: sprintkit -C {path} read lead-routing"


COMMAND = Command(
    "demo",
    group="Begin",
    position=1,
    summary="six sample sprints in a temporary workspace, as if they ran today",
    run=run,
    text_lines=text_lines,
)
