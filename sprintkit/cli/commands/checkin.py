"""`sprintkit checkin`: the week's record, from a form or a file."""

from __future__ import annotations

from sprintkit.cli.arguments import add_from, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.checkin.checkin import CheckinData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    add_from(parser, "the week's record")


def run(options: Namespace, today: date, output: Output) -> Result[CheckinData] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    context = open_context(options.folder_given, today)
    if options.source is None:
        context.workspace.require_sprint(options.sprint)
        if not output.is_interactive:
            raise InputError(
                "the check-in form needs a terminal",
                code="no_terminal",
                hint="Without one, give the record with --from FILE (- is stdin).",
            )
        from sprintkit.cli.open_app import open_app

        return open_app(options, today, "checkin", options.sprint)
    from sprintkit.actions.checkin.checkin import record_checkin
    from sprintkit.cli.source_file import read_source, source_name

    source = read_source(options.source, context.root)
    return record_checkin(context, options.sprint, source, source_name(options.source))


def text_lines(result: Result[CheckinData], style: Style) -> Iterator[str]:
    """What was written, where the sprint stands now, and why."""
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line
    from sprintkit.text.labels import HEALTH_STYLES, health_label
    from sprintkit.text.numbers import format_rounded

    data = result.data
    if data is None or "health" not in data:
        return
    yield f"{style('recorded', 'good')}: {one_line(data['path'])}"
    if data["weeks"] is None:
        return
    health, health_before = data["health"], data["health_before"]
    label = style(health_label(health), HEALTH_STYLES[health].tone)
    has_changed = health_before is not None and health_before != health
    before = f", was {health_label(health_before)}" if has_changed else ""
    yield (
        f"  week {data['as_of_week']} of {data['weeks']}: {label}{before}; "
        f"{format_rounded(data['earned'])} of {format_rounded(data['planned'])} planned points"
    )
    for reason, remedy in zip(data["reasons"], data["clears"], strict=True):
        yield from wrap_lines(f"{reason['message']} {remedy}", " " * 6, first=f"  {reason['code']:<4}")
    if data["room"]:
        yield from wrap_lines(data["room"], "  ")
    if data["missing_at_deadline"]:
        milestones = ", ".join(map(one_line, data["missing_at_deadline"]))
        yield from wrap_lines(f"Missing at the deadline at this pace: {milestones}.", "  ")
    if data["next"]:
        milestone = data["next"]
        yield from wrap_lines(
            f"Next: {milestone['id']} {milestone['title']} (week {milestone['due_week']}).", "  "
        )


COMMAND = Command(
    "checkin",
    group="Follow",
    position=3,
    summary="the week's record",
    examples=("checkin lead --from friday.toml",),
    add_arguments=add_arguments,
    people_only="accept a milestone, vote, or close a blocker: leave `accepted`, `votes` and `closed` to people",
    run=run,
    text_lines=text_lines,
)
