"""`sprintkit render`: documents as PDF, HTML, Markdown or text."""

from __future__ import annotations

from sprintkit.cli.arguments import PATH, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sprintkit.actions.render.render import RenderedFile, RenderedFiles
    from sprintkit.actions.render.templates import DocumentList, EjectedTemplates
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output

    RenderData = RenderedFile | RenderedFiles | DocumentList | EjectedTemplates


def add_arguments(parser: ArgumentParser) -> None:
    from sprintkit.documents import catalogue

    add_sprint(parser, is_optional=True)
    parser.add_argument(
        "document",
        metavar="DOCUMENT",
        nargs="?",
        help=_alternatives(_document_names(), catalogue.default_document().name),
    )
    parser.add_argument(
        "--format",
        choices=catalogue.FORMS,
        metavar="FORMAT",
        help=_alternatives(catalogue.FORMS, catalogue.DEFAULT_FORM),
    )
    parser.add_argument(
        "-o", "--output", metavar=PATH, help="the file to write, or - for stdout; with --all, a folder"
    )
    parser.add_argument(
        "--for", dest="person", metavar="PERSON", help="only what concerns this person, by name or key"
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that exist")
    parser.add_argument(
        "--paper",
        choices=catalogue.PAPERS,
        metavar="PAPER",
        help=f"{_alternatives(catalogue.PAPERS)}, for PDF",
    )
    parser.add_argument("--all", action="store_true", help="all documents; of all sprints, if none is named")
    parser.add_argument("--list", action="store_true", help="list the documents and templates")
    parser.add_argument(
        "--eject",
        action="store_true",
        help="copy the built-in templates into templates/, to change them there; SPRINT then names a document",
    )


def _document_names() -> tuple[str, ...]:
    from sprintkit.documents import catalogue

    return tuple(document.name for document in catalogue.DOCUMENTS)


def _alternatives(values: Sequence[str], default: str = "") -> str:
    """`md, html or pdf (default)`."""
    *others, last = (f"{value} (default)" if value == default else value for value in values)
    return f"{', '.join(others)} or {last}" if others else last


def run(options: Namespace, today: date, output: Output) -> Result[RenderData] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.render import render, templates
    from sprintkit.errors import ExitCode, InputError

    context = open_context(options.folder_given, today)
    if options.list:
        return templates.list_documents(context)
    if options.eject:
        return templates.eject_templates(context, options.sprint, force=options.force)
    if options.output == "-" and (output.is_json or options.all):
        other = "--json" if output.is_json else "--all"
        raise InputError(
            f"-o - and {other} do not go together", code="usage", hint="Name a file or a folder."
        )
    if options.all and options.person is not None:
        raise InputError("--for and --all do not go together", code="usage", hint="Name one document.")
    if options.all:
        return render.render_all(
            context,
            options.sprint,
            options.format,
            options.output,
            force=options.force,
            paper=options.paper,
            report_progress=output.narrate,
        )
    if options.sprint is None:
        raise InputError("render needs a SPRINT", code="usage", hint="Or --all, --list, --eject.")
    if options.output == "-":
        rendering = render.render_bytes(
            context,
            options.sprint,
            options.document,
            options.format,
            options.paper,
            person=options.person,
        )
        output.write_bytes(rendering.body)
        for note in rendering.notes:
            output.narrate(note)
        return ExitCode.OK
    return render.render_one(
        context,
        options.sprint,
        options.document,
        options.format,
        options.output,
        force=options.force,
        paper=options.paper,
        person=options.person,
    )


def text_lines(result: Result[RenderData], style: Style) -> Iterator[str]:
    """The path of each file that was written, or what there is to render."""
    from sprintkit.cli.layout import table_lines
    from sprintkit.text.escaping import one_line

    data = result.data
    if data is None:
        return
    if "templates" in data:
        yield from table_lines(
            [
                (one_line(document["name"]), ", ".join(document["formats"]), document["purpose"])
                for document in data["catalogue"]
            ]
        )
        yield ""
        yield from table_lines(
            [
                (one_line(template["name"]), "this workspace's" if template["own"] else "built in")
                for template in data["templates"]
            ]
        )
    elif "ejected" in data:
        yield from map(one_line, data["ejected"])
    elif "written" in data:
        yield from (one_line(document["shown"]) for document in data["written"])
    else:
        yield one_line(data["shown"])


COMMAND = Command(
    "render",
    group="Show",
    position=1,
    summary="a document as PDF, HTML, Markdown or text",
    examples=(
        "render lead",
        "render lead status --format html -o status.html",
        "render lead weekly --for 'Odile Tamsworth'",
        "render --all -o documents",
    ),
    add_arguments=add_arguments,
    completions={"document": _document_names},
    run=run,
    text_lines=text_lines,
)
