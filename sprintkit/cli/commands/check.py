"""`sprintkit check`: findings of the rules, or the explanation of one rule."""

from __future__ import annotations

from sprintkit.cli.arguments import SPRINT_OR_FILE
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.check.report import AnswerExplanation, CheckData, CheckedFile, RuleExplanation
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


FORMATS = ("text", "github")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "targets",
        metavar=SPRINT_OR_FILE,
        nargs="*",
        help="all sprints, if none is named; with --explain ANS-001, the path of an answer last",
    )
    parser.add_argument(
        "--explain", metavar="RULE", help="explain a rule, a reason for a health (H1, S1 …), or a flag"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default=FORMATS[0],
        help="github: as annotations on the lines of the files, for a workflow of GitHub Actions",
    )


def run(options: Namespace, today: date, output: Output) -> Result[CheckData | RuleExplanation] | int:
    from sprintkit.actions.check.check import check, check_files
    from sprintkit.actions.check.explain import explain_rule
    from sprintkit.actions.context import open_context
    from sprintkit.errors import InputError

    if options.format == "github" and (options.json or options.explain is not None):
        raise InputError("--format github goes neither with --json nor with --explain", code="usage")
    if options.explain is not None:
        explained = explain_rule(options.explain)
        if options.targets and explained.data is not None:
            return _explain_answers(explained.data, options, today)
        return explained
    import gc

    gc.disable()  # everything is needed to the end, and a collection costs as much as checking twenty charters
    try:
        context = open_context(options.folder_given, today)
    except InputError as error:
        if error.problems[0].code != "no_workspace" or not options.targets:
            raise
        context = None
    result = check_files(options.targets) if context is None else check(context, options.targets)
    if options.format == "github":
        return _annotate(result, None if context is None else context.root, output)
    return result


def _annotate(result: Result[CheckData], root: str | None, output: Output) -> int:
    """Print the result as annotations, and return its exit code.

    Nothing else quotes a file, so the content of a file can never act as a workflow command.
    """
    from sprintkit.actions.check.places import place_findings
    from sprintkit.cli.github import annotation_lines, notice_lines

    output.print_lines(annotation_lines(place_findings(result.data, result.errors, root)))
    output.print_lines(notice_lines(result.notes))
    if result.data is not None:
        output.print_lines([_totals_line(result.data, output.style)])
    return result.exit_code


def _explain_answers(
    explanation: RuleExplanation, options: Namespace, today: date
) -> Result[RuleExplanation]:
    """A rule's explanation with the judge's score of an answer; the last target is the path of the answer."""
    from sprintkit.actions.check.explain_answer import explain_answers
    from sprintkit.actions.context import open_context
    from sprintkit.actions.result import Result
    from sprintkit.errors import InputError

    try:
        context = open_context(options.folder_given, today)
    except InputError as error:
        if error.problems[0].code != "no_workspace" or len(options.targets) < 2:
            raise
        context = None
    return Result(explain_answers(explanation, options.targets, context))


def text_lines(result: Result[CheckData | RuleExplanation], style: Style) -> Iterator[str]:
    if result.data is None:
        return
    if "rule" in result.data:
        yield from _explanation_lines(result.data, style)
    else:
        yield from _findings_lines(result.data, style)


def _findings_lines(data: CheckData, style: Style) -> Iterator[str]:
    """The findings by file, then one line with the totals."""
    files = data["files"]
    for file in files:
        if file["findings"] or file["silent_rules"]:
            yield from _file_lines(file, style)
            yield ""
    yield _totals_line(data, style)
    if any(file["errors"] or file["warnings"] for file in files):
        yield "What a rule asks for, and why: sprintkit check --explain RULE"


def _totals_line(data: CheckData, style: Style) -> str:
    from sprintkit.text.numbers import format_count

    files = data["files"]
    errors, warnings = sum(file["errors"] for file in files), sum(file["warnings"] for file in files)
    charters = format_count(sum(file["depth"] is not None for file in files), "charter")
    totals = f"{format_count(errors, 'error')}, {format_count(warnings, 'warning')}"
    return f"{charters} checked: {style(totals, 'bad' if errors else 'warn' if warnings else 'good')}"


def _file_lines(file: CheckedFile, style: Style) -> Iterator[str]:
    from sprintkit.charter.language import silence_notice
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line
    from sprintkit.text.numbers import format_count

    totals = f"{format_count(file['errors'], 'error')}, {format_count(file['warnings'], 'warning')}"
    yield f"{style(one_line(file['path']), 'bold')}: {totals}"
    for finding in file["findings"]:
        severity = "waived" if finding["waived"] else finding["severity"]
        tone = {"error": "bad", "warning": "warn"}.get(severity, "dim")
        path = style(one_line(finding["path"]), "bold")
        yield f"  {style(f'{severity:<7}', tone)} {finding['rule']}  {path}"
        yield from wrap_lines(finding["message"], " " * 10)
    if file["silent_rules"]:
        yield from wrap_lines(silence_notice(file["language"], len(file["silent_rules"])), "  ")


def _explanation_lines(rule: RuleExplanation, style: Style) -> Iterator[str]:
    from sprintkit.cli.layout import wrap_lines

    yield f"{style(rule['rule'], 'bold')} ({rule['severity'].replace('_', ' ')})"
    lists = ", ".join(rule["lists"])
    for label, text in (
        ("When", rule["condition"]),
        ("Says", rule["message"]),
        ("Why", rule["reason"]),
        ("Weak", rule["weak"]),
        ("Strong", rule["strong"]),
        ("Source", rule["source"]),
        ("Reads", ", ".join(rule["reads"])),
        (
            "Lists",
            f"{lists}; [words.en] in sprintkit.toml adds to them, [words.it] and others beside them"
            if lists
            else "",
        ),
    ):
        if text:
            yield from wrap_lines(text, " " * 10, first=f"  {label:<8}")
    for answer in rule["answers"]:
        yield ""
        yield from _answer_lines(answer, style)


def _answer_lines(answer: AnswerExplanation, style: Style) -> Iterator[str]:
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line

    yield f"{style(one_line(answer['file']), 'bold')}  {style(one_line(answer['path']), 'bold')}"
    if answer["threshold"] is None:
        verdict = "the judge is switched off"
    else:
        verdict = f"reads weak: {answer['kind']}" if answer["kind"] else "left alone"
        verdict += f"; remarks begin at {answer['threshold']} ({answer['setting']})"
    heaviest = sorted(answer["words"], key=lambda word: -abs(word["weight"]))[:_MAX_WORDS]
    words = ", ".join(f"{one_line(word['word'])} {word['weight']:+.2f}" for word in heaviest)
    for label, text in (
        ("Answer", one_line(answer["text"])),
        ("Score", f"{answer['score']:+.2f}, {verdict}"),
        ("Words", f"{words} (+ weaker, - stronger)"),
    ):
        yield from wrap_lines(text, " " * 10, first=f"  {label:<8}")


_MAX_WORDS = 12


COMMAND = Command(
    "check",
    group="Follow",
    position=1,
    summary="what the rules find",
    examples=(
        "check",
        "check lead",
        "check --format github",
        "check --explain MET-005",
        "check --explain ANS-001 lead charter.title",
    ),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
