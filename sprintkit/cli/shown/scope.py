"""`scope` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style
from sprintkit.text.escaping import one_line
from sprintkit.text.numbers import format_count


def lines(result: Result, style: Style) -> Iterator[str]:
    """What was saved, how far it is, and what to do next."""
    data = result.data or {}
    if "path" not in data:
        return
    slug, path = one_line(data["slug"]), one_line(data["path"])
    answered = f"{data['answered']} of {data['questions']} questions answered ({data['depth']})"
    if data["complete"]:
        yield f"{style('charter saved', 'good')}: {path}"
        yield f"  {answered}; {format_count(data['errors'], 'error')}, {format_count(data['warnings'], 'warning')}"
        if data["errors"] or data["warnings"]:
            yield f"Next: sprintkit check {slug}"
        else:
            yield f"Next: sprintkit render {slug}"
        return
    yield f"{style('draft saved', 'warn')}: {path}"
    yield f"  {answered}; no charter yet"
