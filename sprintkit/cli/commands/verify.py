"""`sprintkit verify`: whether the charter is what everybody approved."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from sprintkit.actions.result import Result
    from sprintkit.actions.sign.verify import SignatureData, VerifyAllData, VerifyData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser, is_optional=True)
    parser.add_argument(
        "--require-ssh", action="store_true", help="refuse a signature without a verified SSH key"
    )


def run(options: Namespace, today: date, output: Output) -> Result[VerifyData] | Result[VerifyAllData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.sign.plain_proof import prove_simple_case

    context = open_context(options.folder_given, today)
    if options.sprint is not None:
        plain = prove_simple_case(context, options.sprint, require_ssh=options.require_ssh)
        if plain is not None:
            return plain
    from sprintkit.actions.sign.verify import verify, verify_all  # several times as slow to import

    if options.sprint is None:
        return verify_all(context, require_ssh=options.require_ssh)
    return verify(context, options.sprint, require_ssh=options.require_ssh)


def text_lines(result: Result[Any], style: Style) -> Iterator[str]:
    """One line per signature with its level, and whether everybody required has approved."""
    data = result.data
    if data is None:
        return
    if "sprints" in data:
        for sprint in data["sprints"]:
            yield from _sprint_lines(sprint, style)
        if not data["sprints"]:
            yield "No sprint has a charter yet."
    elif "signatures" in data:
        yield from _sprint_lines(data, style)


def _sprint_lines(data: VerifyData, style: Style) -> Iterator[str]:
    from sprintkit.actions.sign.outcome import describe_outcome
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line

    outcome = style(describe_outcome(data), "good" if data["proved"] else "warn")
    yield f"{one_line(data['slug'])} {data['digest'][:12]}: {outcome}"
    for entry in data["signatures"]:
        yield from wrap_lines(f"{entry['name']} ({entry['party']}): {_words(entry)}", "    ", first="  ")
    if data["waiting"]:
        from sprintkit.actions.sign.verify import not_rejecting

        waiting = not_rejecting(data)
        names = ", ".join(f"{entry['name']} ({entry['party']})" for entry in waiting)
        about = f"Waited for: {names}." if names else "Nobody else is waited for: this text was rejected."
        yield from wrap_lines(about, "    ", first="  ")


def _words(entry: SignatureData) -> str:
    """How a decision came, and why it does not count if it does not."""
    from datetime import date

    from sprintkit.actions.sign.outcome import describe_doubt
    from sprintkit.text.dates import format_short_date

    day = entry["on"] if isinstance(entry["on"], date) else date.fromisoformat(entry["on"])
    words = entry["words"] if entry["level"] == "mail" else f"{entry['words']}, {format_short_date(day)}"
    if entry["comment"]:
        words += f": {entry['comment']}"
    if entry["amendment"]:
        words += f"; amendment {entry['amendment']}"
    if entry["superseded"]:
        words += "; replaced by a later decision, or after everybody had approved"
    elif not entry["counted"] and not entry["valid"]:
        words += f"; {describe_doubt(entry)}"
    if entry["ssh_reason"]:
        words += f" ({entry['ssh_reason']})"
    return words


COMMAND = Command(
    "verify",
    group="Follow",
    position=5,
    summary="whether the charter is what everybody approved",
    examples=("verify lead", "verify --require-ssh"),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
