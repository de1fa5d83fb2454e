"""`sprintkit sign`: a signature, one's own or one that was received."""

from __future__ import annotations

from sprintkit.cli.arguments import FILE, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.result import Result
    from sprintkit.actions.sign.sign import SignPayload
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output

RECEIVED = ("email", "paper", "meeting")
PERSON = "PERSON"
GIVEN_WITHOUT_SCREEN = ("digest", "name", "reject", "comment", "received", "proof", "recorded_by", "ssh_key")
"""Options that say what is decided, so that no screen has to ask."""


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument("--as", dest="person", metavar=PERSON, help="who decides: name or key")
    parser.add_argument(
        "--party", metavar="PARTY", help="sign for this party only; otherwise for all of theirs"
    )
    parser.add_argument("--amendment", metavar="ID", help="sign this amendment: its id or its file")
    parser.add_argument("--digest", metavar="DIGEST", help="at least 12 digits of the text that was read")
    parser.add_argument("--name", metavar="'FULL NAME'", help="the full name, typed by whoever signs")
    parser.add_argument("--reject", action="store_true", help="reject it; needs --comment")
    parser.add_argument("--comment", metavar="TEXT", help="why it is rejected")
    parser.add_argument("--received", choices=RECEIVED, help="record a decision that came this way")
    parser.add_argument(
        "--proof", metavar="FILE or TEXT", help="the mail as .eml, or where paper or minutes are kept"
    )
    parser.add_argument("--recorded-by", metavar=PERSON, help="who records it: name or key")
    parser.add_argument("--ssh-key", metavar=FILE, help="sign with this SSH key too")


def run(options: Namespace, today: date, output: Output) -> Result[SignPayload] | int:
    from datetime import datetime

    from sprintkit.actions.context import open_context
    from sprintkit.actions.sign.mail_file import read_mail
    from sprintkit.actions.sign.moment import moment_on
    from sprintkit.actions.sign.sign import SignRequest, sign

    if output.is_interactive and options.person is not None and _opens_screen(options):
        return _open_screen(options, today)
    _check_options(options)
    is_mail = options.received == "email" and not options.reject
    request = SignRequest(
        person=options.person,
        at=moment_on(today, datetime.now().astimezone()),
        decision="reject" if options.reject else "approve",
        party=options.party,
        amendment=options.amendment,
        digest=options.digest,
        name=options.name,
        comment=options.comment,
        received=options.received or "own",
        proof=options.proof,
        mail=read_mail(options.proof) if is_mail else None,
        recorded_by=options.recorded_by,
        ssh_key=options.ssh_key,
        may_prompt=output.is_interactive,
    )
    return sign(open_context(options.folder_given, today), options.sprint, request)


def _opens_screen(options: Namespace) -> bool:
    return all(getattr(options, name) in (None, False) for name in GIVEN_WITHOUT_SCREEN)


def _open_screen(options: Namespace, today: date) -> int:
    """Open the sign screen with the cursor on the person. Raises as `sign` does if they have nothing to sign."""
    from sprintkit.actions.context import open_context
    from sprintkit.actions.sign.roster import find_signatory, list_signatories
    from sprintkit.cli.open_app import open_app

    context = open_context(options.folder_given, today)
    roster = list_signatories(context, options.sprint, options.amendment)
    person = find_signatory(roster, options.person)
    screen_options = {"person": person, "party": options.party, "amendment": roster.amendment}
    return open_app(options, today, "sign", roster.slug, screen_options)


def _check_options(options: Namespace) -> None:
    """Raises InputError with every option that is missing or does not go with the others."""
    from sprintkit.errors import InputError, Problem

    problems = []

    def add(message: str, hint: str) -> None:
        problems.append(Problem("usage", message, None, hint))

    if options.person is None:
        add("--as is missing", "Say who decides, by name or key.")
    if options.received is None:
        missing = [option for option in ("digest", "name") if getattr(options, option) is None]
        if missing:
            names = " and ".join(f"--{option}" for option in missing)
            add(f"{names} missing", "Give the digest of the text you have read, and your full name.")
        for option in ("proof", "recorded_by"):
            if getattr(options, option) is not None:
                name = option.replace("_", "-")
                add(
                    f"--{name} goes with --received only",
                    "Say how it came: --received email, paper or meeting.",
                )
    else:
        for option, hint in (
            ("proof", "Name the mail's file, or say where the paper or the minutes are."),
            ("recorded_by", "Say who records it."),
        ):
            if getattr(options, option) is None:
                add(f"--{option.replace('_', '-')} is missing", hint)
        if options.digest is None and (options.received != "email" or options.reject):
            add("--digest is missing", "Give the digest of the text that they decided about.")
        if options.ssh_key is not None:
            add("--ssh-key goes with one's own signature only", "Leave it out.")
    if options.reject and not (options.comment or "").strip():
        add("--comment is missing", "A rejection says why.")
    if problems:
        raise InputError.from_problems(problems)


def text_lines(result: Result[SignPayload], style: Style) -> Iterator[str]:
    """What was recorded, in honest words, and who is waited for."""
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line

    data = result.data
    if data is None or "words" not in data:
        return
    for path in data["paths"]:
        yield f"{style('there already' if data['repeated'] else 'recorded', 'good')}: {one_line(path)}"
    parties = ", ".join(data["parties"])
    yield from wrap_lines(f"{data['name']} for {parties}: {data['words']} ({data['digest'][:12]})", "  ")
    if data["waiting"]:
        names = ", ".join(f"{entry['name']} ({entry['party']})" for entry in data["waiting"])
        yield from wrap_lines(f"Waited for: {names}.", "  ")


COMMAND = Command(
    "sign",
    group="Follow",
    position=4,
    summary="a signature, one's own or one that was received",
    examples=(
        "sign lead --as odile --digest 0123456789ab --name 'Odile Tamsworth'",
        "sign lead --as bram --received email --proof reply.eml --recorded-by odile",
        "sign lead --as suvi --reject --comment 'the fallback is missing' --digest 0123456789ab --name 'Suvi Rautakerr'",
    ),
    add_arguments=add_arguments,
    people_only="sign, approve or reject, and never record an approval: whoever received it does that",
    run=run,
    text_lines=text_lines,
)
