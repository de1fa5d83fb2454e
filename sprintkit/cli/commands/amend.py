"""`sprintkit amend`: a change of the charter, proposed for signing."""

from __future__ import annotations

from sprintkit.cli.arguments import add_from, add_sprint
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
    add_sprint(parser)
    add_from(parser, "the amendment")
    parser.add_argument(
        "--propose-cut",
        action="store_true",
        help="print the amendment that a health reason asks for, for --from; writes nothing",
    )
    parser.add_argument(
        "--withdraw",
        metavar="AMENDMENT",
        help="take back a proposed amendment, by its id or file; it stays on file",
    )
    parser.add_argument(
        "--as", dest="person", metavar="PERSON", help="who withdraws it: whoever proposed it (the default)"
    )


def run(options: Namespace, today: date, output: Output) -> Result[Any] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    context = open_context(options.folder_given, today)
    ways = {
        "--withdraw": options.withdraw is not None,
        "--propose-cut": options.propose_cut,
        "--from": options.source is not None,
    }
    chosen = [way for way, is_chosen in ways.items() if is_chosen]
    if len(chosen) > 1:
        message = f"{chosen[0]} and {chosen[1]} exclude each other"
        raise InputError(message, code="usage", hint="Use one of them.")
    if options.withdraw is not None:
        from sprintkit.actions.amend.withdraw import withdraw_amendment

        return withdraw_amendment(context, options.sprint, options.withdraw, options.person)
    if options.person is not None:
        raise InputError("--as goes with --withdraw", code="usage", hint="--from names requested_by itself.")
    if options.propose_cut:
        from sprintkit.actions.amend.cut import propose_cut_record

        return propose_cut_record(context, options.sprint)
    if options.source is None:
        context.workspace.require_sprint(options.sprint)
        if not output.is_interactive:
            raise InputError(
                "the amendment form needs a terminal",
                code="no_terminal",
                hint="Without one, give the amendment with --from FILE (- is stdin).",
            )
        from sprintkit.cli.open_app import open_app

        return open_app(options, today, "amend", options.sprint)
    from datetime import datetime

    from sprintkit.actions.amend.amend import record_amendment
    from sprintkit.actions.sign.moment import moment_on
    from sprintkit.cli.source_file import read_source, source_name

    source = read_source(options.source, context.root)
    at = moment_on(today, datetime.now().astimezone())
    return record_amendment(context, options.sprint, source, at, source_name(options.source))


def text_lines(result: Result[Any], style: Style) -> Iterator[str]:
    """What was written, who signs it, what changes, and where the sprint would stand; a proposal as a file."""
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line
    from sprintkit.text.labels import HEALTH_STYLES, health_label

    data = result.data
    if data is None:
        return
    if "withdrawn_by" in data:
        yield f"{style('withdrawn', 'good')}: {one_line(data['path'])}"
        return
    if "record" in data:
        from sprintkit.store.toml.codec import dump

        yield from dump(data["record"]).rstrip("\n").split("\n")
        return
    if "health" not in data:
        return
    yield f"{style('proposed', 'good')}: {one_line(data['path'])}"
    for line in data["lines"]:
        yield from wrap_lines(line, "    ", first="  ")
    signer_names = ", ".join(
        f"{result.names.get(signer['person'], signer['person'])} ({signer['party']})"
        for signer in data["signers"]
    )
    yield from wrap_lines(f"To be signed by {signer_names or 'nobody'}: {data['digest_after'][:12]}", "  ")
    yield f"  sprintkit sign {data['slug']} --amendment {one_line(data['id'])} --as PERSON"
    for finding in data["findings"]["findings"]:
        yield from wrap_lines(
            f"{finding['path']}: {finding['message']}", " " * 12, first=f"  {finding['rule']:<10}"
        )
    if data["weeks"] is None or data["health"] is None:
        return
    label = style(health_label(data["health"]), HEALTH_STYLES[data["health"]].tone)
    has_changed = data["health_before"] != data["health"]
    before = f", now {health_label(data['health_before'])}" if has_changed and data["health_before"] else ""
    yield f"  with it, from week {data['from_week']}: {label}{before}"
    for reason in data["reasons"]:
        yield from wrap_lines(reason["message"], " " * 8, first=f"    {reason['code']:<4}")


COMMAND = Command(
    "amend",
    group="Follow",
    position=6,
    summary="a change of the charter, proposed for signing",
    examples=(
        "amend lead --from cut.toml",
        "amend lead --propose-cut > cut.toml",
        "amend lead --withdraw A1",
    ),
    add_arguments=add_arguments,
    people_only="propose a change that nobody asked for, and never withdraw one",
    run=run,
    text_lines=text_lines,
)
