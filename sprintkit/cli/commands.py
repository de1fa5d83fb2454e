"""From what was typed to a use case. Each command loads what it needs and no more."""

from __future__ import annotations

import sys

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.result import Result
from sprintkit.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from sprintkit.cli.output import Output

    Command = Callable[[Namespace, date, Output], Result | int]


def run(options: Namespace, today: date, output: Output) -> Result | int:
    """Carry out what was typed. Raises SprintkitError."""
    name = options.command
    if name is None:
        if _has_terminal(output):
            return _app(options, today)
        options.sprint = options.fail_on = None
        name = "status"
    return _COMMANDS[name](options, today, output)


def _desk(options: Namespace, today: date) -> WorkspaceContext:
    return open_context(options.folder_given, today)


def _has_terminal(output: Output) -> bool:
    return not output.json and sys.stdin.isatty() and sys.stdout.isatty()


STDIN = "stdin"
"""What the file is called that is read from there."""


def _told(path: str) -> str:
    """How a `--from` file is named in messages."""
    return STDIN if path == "-" else path


def _document(path: str) -> dict[str, Any]:
    """The document of a `--from` file; - is stdin. Raises InputError."""
    from sprintkit.store import files

    if path != "-":
        return files.read(None, path).document
    if sys.stdin.isatty():
        raise InputError(
            "--from - reads stdin, and nothing is piped into it", code="usage", hint="Name a file."
        )
    from sprintkit.store.toml import codec

    data = sys.stdin.buffer.read(codec.MAX_BYTES + 1)
    if len(data) > codec.MAX_BYTES:
        raise InputError(f"more than the {codec.MAX_BYTES:,} bytes allowed", code="too_large", path=STDIN)
    return codec.parse(data, STDIN)


def _app(
    options: Namespace,
    today: date,
    screen: str | None = None,
    slug: str | None = None,
    asked: dict[str, Any] | None = None,
    *,
    start: str | None = None,
    notice: str = "",
) -> int:
    """Open the terminal app, on a screen where one is asked for; `asked` is what that screen takes beside it."""
    if options.no_color:
        import os

        os.environ["NO_COLOR"] = "1"  # read once, when the app is imported
    import gc
    from datetime import date as calendar

    # What is loaded now stays; looking for garbage in it takes a sixth of the time to the first picture.
    gc.disable()

    from sprintkit.tui.app import Opening
    from sprintkit.tui.app import run as run_app

    is_frozen = options.today is not None or today != calendar.today()
    return run_app(
        start or options.folder_given,
        today,
        Opening(screen, slug, asked or {}) if screen else None,
        clock=None if is_frozen else calendar.today,
        notice=notice,
    )


def _init(options: Namespace, today: date, output: Output) -> Result:
    from pathlib import Path

    from sprintkit.actions.init import init

    return init(Path(options.folder_given or ".") / options.folder, today)


def _scope(options: Namespace, today: date, output: Output) -> Result | int:
    without_screen = options.source is not None or options.sets
    if not without_screen and not _has_terminal(output) and options.like is None:
        raise InputError(
            "the scoping session needs a terminal",
            code="no_terminal",
            hint="Without one, give answers by --from FILE or --set PATH=VALUE.",
        )
    desk = _desk(options, today)
    if without_screen or not _has_terminal(output):
        from sprintkit.actions.scope.assignments import split
        from sprintkit.actions.scope.scope import scope

        return scope(
            desk,
            options.sprint,
            source=None if options.source is None else _document(options.source),
            source_path=None if options.source is None else _told(options.source),
            sets=[split(text) for text in options.sets],
            like=options.like,
            full=options.full,
        )
    from sprintkit.actions.session.autosave import check_can_begin

    check_can_begin(desk, options.sprint, options.like)  # told here, before the screen is taken
    asked = {"full": options.full, "like": options.like}
    return _app(options, today, "session", options.sprint, asked)


def _check(options: Namespace, today: date, output: Output) -> Result:
    from sprintkit.actions.check import check

    if options.explain is not None:
        return check.explain(options.explain)
    import gc

    gc.disable()  # what is loaded stays to the end; looking for garbage in it takes as long as twenty charters
    try:
        desk = _desk(options, today)
    except InputError as error:
        if error.problems[0].code != "no_workspace" or not options.targets:
            raise
        return check.check_files(options.targets)
    return check.check(desk, options.targets)


def _status(options: Namespace, today: date, output: Output) -> Result:
    from sprintkit.actions.status.status import status

    fail_on = None if options.fail_on is None else options.fail_on.replace("-", "_")
    output.shown_as = None if options.sprint is None else "sprint"
    keep = output.forms if fail_on is None else None
    return status(_desk(options, today), options.sprint, fail_on=fail_on, keep=keep)


def _checkin(options: Namespace, today: date, output: Output) -> Result | int:
    desk = _desk(options, today)
    if options.source is None:
        desk.workspace.known(options.sprint)
        if not _has_terminal(output):
            raise InputError(
                "the check-in form needs a terminal",
                code="no_terminal",
                hint="Without one, give the record by --from FILE (- is stdin).",
            )
        return _app(options, today, "checkin", options.sprint)
    from sprintkit.actions.checkin.checkin import checkin

    return checkin(desk, options.sprint, _document(options.source), _told(options.source))


def _render(options: Namespace, today: date, output: Output) -> Result | int:
    from sprintkit.actions.render import render

    desk = _desk(options, today)
    if options.list:
        return render.listed(desk)
    if options.eject:
        return render.eject(desk, options.sprint, force=options.force)
    if options.output == "-" and (output.json or options.all):
        other = "--json" if output.json else "--all"
        raise InputError(
            f"-o - and {other} do not go together", code="usage", hint="Name a file or a folder."
        )
    wanted = {"form": options.format, "force": options.force, "paper": options.paper}
    if options.all:
        return render.render_all(desk, options.sprint, out=options.output, tell=output.narrate, **wanted)
    if options.sprint is None:
        raise InputError("render needs a SPRINT", code="usage", hint="Or --all, --list, --eject.")
    if options.output == "-" and not output.json:
        body = render.rendered(
            desk, options.sprint, options.document or "charter", options.format or "pdf", options.paper
        )
        output.raw(body)
        return 0
    return render.render(desk, options.sprint, options.document, out=options.output, **wanted)


def _ask(options: Namespace, today: date, output: Output) -> Result:
    from sprintkit.actions.ask import ask

    return ask(_desk(options, today), options.sprint, parked=options.parked, person=options.person)


def _answer(options: Namespace, today: date, output: Output) -> Result:
    if options.source is None:
        raise InputError(
            "whose sheet?", code="no_terminal", hint="Give the sheet, filled in, by --from FILE (- is stdin)."
        )
    from sprintkit.actions.ask import answer

    sheet = _document(options.source)
    return answer(_desk(options, today), options.sprint, options.person, sheet, _told(options.source))


def _schema(options: Namespace, today: date, output: Output) -> Result:
    from sprintkit.actions.schema import schema

    return schema(options.file_kind)


def _doctor(options: Namespace, today: date, output: Output) -> Result:
    from sprintkit.actions.doctor import doctor

    return doctor(options.folder_given, today, _of_the_app)


def _of_the_app(settings: Mapping[str, Any]) -> Sequence[str]:
    """What of theme and keys the app has no use for; it is loaded where either is set."""
    if not settings.keys() & {"theme", "keys"}:
        return ()
    from sprintkit.tui.settings import chosen

    return chosen(settings)[1]


def _completion(options: Namespace, today: date, output: Output) -> Result:
    from sprintkit.cli.completion import script

    return Result("completion", {"shell": options.shell, "script": script(options.shell)})


def _demo(options: Namespace, today: date, output: Output) -> Result | int:
    from sprintkit.actions.demo import demo

    result = demo(today)
    if not _has_terminal(output) or result.data is None:
        return result
    return _app(options, today, start=result.data["path"], notice=" ".join(result.notes))


_COMMANDS: dict[str, Command] = {
    "answer": _answer,
    "ask": _ask,
    "check": _check,
    "checkin": _checkin,
    "completion": _completion,
    "demo": _demo,
    "doctor": _doctor,
    "init": _init,
    "render": _render,
    "schema": _schema,
    "scope": _scope,
    "status": _status,
}
