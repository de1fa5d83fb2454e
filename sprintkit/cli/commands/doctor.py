"""`sprintkit doctor`: what is wrong with this installation or workspace."""

from __future__ import annotations

from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from sprintkit.actions.doctor import DoctorData
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output


def run(options: Namespace, today: date, output: Output) -> Result[DoctorData]:
    from sprintkit.actions.doctor import diagnose

    return diagnose(options.folder_given, today, _app_setting_complaints)


def _app_setting_complaints(settings: Mapping[str, Any]) -> Sequence[str]:
    """What is wrong with theme and keys. The app's module is loaded only if either is set."""
    if not settings.keys() & {"theme", "keys"}:
        return ()
    from sprintkit.tui.settings import parse_settings

    return parse_settings(settings)[1]


def text_lines(result: Result[DoctorData], style: Style) -> Iterator[str]:
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line

    if result.data is None:
        return
    checks = result.data["checks"]
    for check in checks:
        sign = style("ok  ", "good") if check["is_well"] else style("BAD ", "bad")
        yield f"{sign} {one_line(check['what'])}: {one_line(check['found'])}"
        if not check["is_well"] and check["hint"]:
            yield from wrap_lines(check["hint"], " " * 7)
    failed = sum(not check["is_well"] for check in checks)
    yield "All is well." if not failed else f"{failed} of {len(checks)} checks failed."


COMMAND = Command(
    "doctor",
    group="Tools",
    position=2,
    summary="what is wrong with this installation or workspace",
    run=run,
    text_lines=text_lines,
)
