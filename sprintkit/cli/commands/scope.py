"""`sprintkit scope`: the scoping session, or answers from files and options."""

from __future__ import annotations

from sprintkit.cli.arguments import SPRINT, add_from, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser, is_optional=True)
    parser.add_argument("--full", action="store_true", help="ask everything a sponsor will want to read")
    add_from(parser, "answers")
    parser.add_argument(
        "--set",
        dest="assignments",
        metavar="PATH=VALUE",
        action="append",
        default=[],
        help="one answer; may be repeated",
    )
    parser.add_argument(
        "--reopen", action="store_true", help="change a charter that some have approved; they are asked again"
    )
    parser.add_argument("--discard", action="store_true", help="drop the draft beside a charter")
    parser.add_argument("--like", metavar=SPRINT, help="copy people, sources and tools from another sprint")


def run(options: Namespace, today: date, output: Output) -> Result[Any] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    has_answers = options.source is not None or bool(options.assignments)
    if options.reopen or options.discard:
        option = "--reopen" if options.reopen else "--discard"
        if options.sprint is None or options.reopen == options.discard or (options.discard and has_answers):
            raise InputError(f"{option} goes with a sprint, and --discard with nothing else", code="usage")
        from sprintkit.actions.scope.signed_charter import discard_draft, reopen

        context = open_context(options.folder_given, today)
        if options.discard:
            return discard_draft(context, options.sprint)
        if not has_answers:
            reopened = reopen(context, options.sprint)
            if not output.is_interactive:
                return reopened
            for note in reopened.notes:
                output.narrate(note)
    opens_session = not has_answers and output.is_interactive
    if not has_answers and not opens_session and options.like is None:
        raise InputError(
            "the scoping session needs a terminal",
            code="no_terminal",
            hint="Without one, give answers with --from FILE or --set PATH=VALUE.",
        )
    context = open_context(options.folder_given, today)
    if opens_session:
        from sprintkit.actions.session.autosave import check_can_begin
        from sprintkit.cli.open_app import open_app

        check_can_begin(
            context, options.sprint, options.like
        )  # report problems before the app takes the screen
        screen_options = {"full": options.full, "like": options.like}
        return open_app(options, today, "session", options.sprint, screen_options)
    from sprintkit.actions.scope.apply_answers import apply_answers
    from sprintkit.actions.scope.assignments import split_assignment
    from sprintkit.cli.source_file import read_source, source_name

    has_source = options.source is not None
    return apply_answers(
        context,
        options.sprint,
        source=read_source(options.source, context.root) if has_source else None,
        source_path=source_name(options.source) if has_source else None,
        assignments=[split_assignment(text) for text in options.assignments],
        like=options.like,
        full=options.full,
        reopen=options.reopen,
    )


def text_lines(result: Result[Any], style: Style) -> Iterator[str]:
    """What was saved, how far it is, and what to do next."""
    from sprintkit.text.escaping import one_line
    from sprintkit.text.numbers import format_count

    data = result.data
    if data is None:
        return
    slug, path = one_line(data["slug"]), one_line(data["path"])
    if "discarded" in data:
        yield f"{style('dropped', 'good')}: {path}" if data["discarded"] else f"There is no draft of {slug}."
        return
    if "reopened" in data:
        yield f"{style('reopened' if data['reopened'] else 'open already', 'good')}: {path}"
        yield f"Next: sprintkit scope {slug}"
        return
    answered = f"{data['answered']} of {data['questions']} questions answered ({data['depth']})"
    if not data["complete"]:
        yield f"{style('draft saved', 'warn')}: {path}"
        yield f"  {answered}; no charter yet"
        return
    errors, warnings = format_count(data["errors"], "error"), format_count(data["warnings"], "warning")
    yield f"{style('charter saved', 'good')}: {path}"
    yield f"  {answered}; {errors}, {warnings}"
    if data["errors"] or data["warnings"]:
        yield f"Next: sprintkit check {slug}"
    else:
        yield f"Next: sprintkit render {slug}"


COMMAND = Command(
    "scope",
    group="Begin",
    position=4,
    summary="scope a sprint, new or resumed; a charter once it is complete",
    examples=(
        "scope",
        "scope lead --from answers.toml",
        "scope lead --set success_metric.baseline=95 --set 'owner.person=Odile Tamsworth'",
        "scope lead --reopen",
        "scope next --like lead",
    ),
    add_arguments=add_arguments,
    people_only="waive a finding or settle a case, not even with `--set`; never reopen a charter or discard a draft",
    run=run,
    text_lines=text_lines,
)
