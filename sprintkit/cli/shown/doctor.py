"""`doctor` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style, wrapped
from sprintkit.text.escaping import one_line


def lines(result: Result, style: Style) -> Iterator[str]:
    """What was looked at, and what to do about what is wrong."""
    checks = (result.data or {})["checks"]
    for look in checks:
        sign = style("ok  ", "good") if look["is_well"] else style("BAD ", "bad")
        yield f"{sign} {one_line(look['what'])}: {one_line(look['found'])}"
        if not look["is_well"] and look["hint"]:
            yield from wrapped(look["hint"], "       ")
    wrong = sum(not look["is_well"] for look in checks)
    yield (
        "All is well." if not wrong else f"{wrong} of {len(checks)} {'is' if wrong == 1 else 'are'} not well."
    )
