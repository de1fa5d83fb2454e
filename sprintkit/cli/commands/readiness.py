"""`sprintkit readiness`: the score of 25 questions before scoping, from a form, a sprint or a file."""

from __future__ import annotations

from sprintkit.cli.arguments import SPRINT_OR_FILE, add_from
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.actions.readiness.readiness import ReadinessData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output

_BAR_WIDTH = 20


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "target",
        metavar=SPRINT_OR_FILE,
        nargs="?",
        help="whose answers to score; without one, the 25 questions",
    )
    add_from(parser, "answers to save in the sprint")


def run(options: Namespace, today: date, output: Output) -> Result[Any] | int:
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    name = options.target
    if options.source is not None:
        if name is None:
            raise InputError("--from goes with the sprint to save in", code="usage", hint="Name one.")
        from sprintkit.actions.readiness.readiness import record_readiness
        from sprintkit.cli.source_file import read_source, source_name

        context = open_context(options.folder_given, today)
        source = read_source(options.source, context.root)
        return record_readiness(context, name, source, source_name(options.source))
    if name is None:
        if not output.is_interactive:
            raise InputError(
                "the readiness questions need a terminal",
                code="no_terminal",
                hint="Without one, name a sprint or a file with the answers.",
            )
        open_context(options.folder_given, today)  # report problems before the app takes the screen
        return _open_questions(options, today)
    from sprintkit.actions.readiness.readiness import score_readiness
    from sprintkit.errors import RefusedError

    try:
        return score_readiness(_open_context_if_any(options, today), name)
    except RefusedError as error:
        if error.problems[0].code != "no_readiness" or not output.is_interactive:
            raise
        return _open_questions(options, today, name)


def _open_context_if_any(options: Namespace, today: date) -> WorkspaceContext | None:
    """The workspace; None where there is none, which a file does without."""
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    try:
        return open_context(options.folder_given, today)
    except InputError as error:
        if error.problems[0].code != "no_workspace":
            raise
        return None


def _open_questions(options: Namespace, today: date, slug: str | None = None) -> int:
    from sprintkit.cli.open_app import open_app

    return open_app(options, today, COMMAND.name, slug)


def text_lines(result: Result[ReadinessData], style: Style) -> Iterator[str]:
    """The band, the three numbers, the areas, what to fix first, and what nobody can see."""
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.records.readiness import answer_label, area_title, readiness_questions
    from sprintkit.text.dates import format_date
    from sprintkit.text.escaping import one_line
    from sprintkit.text.numbers import format_count, format_rounded

    data = result.data
    if data is None or "areas" not in data:
        return
    answered = [format_date(data["on"]) if data["on"] else "", data["by"] or ""]
    about = ", ".join(part for part in (data["slug"] or data["path"], *answered) if part)
    yield f"{style('readiness', 'bold')} of {one_line(about)}"
    yield f"  {style(data['band'], 'bold')}"
    if data["unanswered"]:
        yield f"  {format_count(data['unanswered'], 'question')} of 25 not answered: each counts as no"
    yield ""
    for label, score, meaning in (
        ("weighted", data["weighted"], "as stalled pilots name the areas"),
        ("equal", data["equal"], "every area alike"),
        ("weakest", data["weakest_score"], f"{area_title(data['weakest'])}; it decides the band"),
    ):
        yield f"  {label:<10}{format_rounded(score):>6}  {meaning}"
    if data["note"]:
        yield from wrap_lines(f"{data['note'][:1].upper()}{data['note'][1:]}.", "  ", first="  ")
    yield f"  On the scale of the ML Test Score: {data['scale']}"
    yield ""
    for key, score in data["areas"].items():
        bar = round(score * _BAR_WIDTH / 100)
        yield f"  {area_title(key):<10}{format_rounded(score):>6}  {'━' * bar}{'·' * (_BAR_WIDTH - bar)}"
    if data["fix_first"]:
        yield ""
        yield f"{style('Fix first', 'bold')}, and the question of scoping that settles it"
    for number, fix in enumerate(data["fix_first"], 1):
        answer = answer_label(fix["score"])
        yield from wrap_lines(
            f"{fix['question']} ({area_title(fix['area'])}: {answer})", "    ", first=f"  {number} "
        )
        charter_question = fix["leads_to"]
        yield from wrap_lines(
            f"{charter_question['label']}: {charter_question['question']}", "      ", first="    "
        )
    if data["unproven"]:
        questions = readiness_questions()
        labels = ", ".join(questions[question_id].label for question_id in data["unproven"])
        yield ""
        yield from wrap_lines(f"Shown, but not where it can be seen: {labels}.", "  ", first="")


COMMAND = Command(
    "readiness",
    group="Begin",
    position=3,
    summary="how ready a team is, before scoping",
    examples=("readiness", "readiness answers.toml", "readiness lead --from answers.toml"),
    add_arguments=add_arguments,
    people_only="answer a question yourself; shown means that a person told you where it can be seen",
    run=run,
    text_lines=text_lines,
)
