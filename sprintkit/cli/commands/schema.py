"""`sprintkit schema`: the JSON Schema of a kind of file."""

from __future__ import annotations

from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sprintkit.actions.json_schema import JsonSchema
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file_kind", metavar="KIND", nargs="?", default="charter", help="charter (default), checkin, …"
    )


def _file_kinds() -> Iterable[str]:
    from sprintkit.records.kinds import KINDS

    return ("charter", "draft", *(kind.name for kind in KINDS))


def run(options: Namespace, today: date, output: Output) -> Result[JsonSchema]:
    from sprintkit.actions.json_schema import export_schema

    return export_schema(options.file_kind)


def text_lines(result: Result[JsonSchema], style: Style) -> Iterator[str]:
    import json

    yield from json.dumps(result.data, indent=1, ensure_ascii=False).split("\n")


COMMAND = Command(
    "schema",
    group="Tools",
    position=1,
    summary="the JSON Schema of a kind of file, for editors",
    add_arguments=add_arguments,
    completions={"file_kind": _file_kinds},
    run=run,
    text_lines=text_lines,
)
