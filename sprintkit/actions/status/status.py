"""Where sprints stand: one row a sprint, in the shape of JSON; or one sprint whole.

Rows are worked out once and kept in the user's cache folder as long as no file of the sprint changes, so listing
loads neither a parser nor a model; what works them out is loaded where the index has nothing.
"""

from __future__ import annotations

from sprintkit import __version__
from sprintkit.store.cache.listing import WHOLE, Index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.actions.result import Result
    from sprintkit.actions.sprint_view import SprintView
    from sprintkit.errors import Problem

    Row = dict[str, Any]
    Keep = Callable[[list[Row]], dict[str, str]]

HEALTHS = ("on_track", "at_risk", "off_track")
CLOSED = ("operating", "stopped")
_SETTINGS = "sprintkit.toml"
_SHAPE = 2
"""Of what is kept; counted up when it changes."""


def status(
    desk: WorkspaceContext, slug: str | None = None, *, fail_on: str | None = None, keep: Keep | None = None
) -> Result:
    """The row of one sprint, or of all, those first that need a person now.

    Exit 2 with an entry for each broken file; 1 where a sprint that is not closed has the health `fail_on`
    ("at_risk", "off_track") or a worse one. `keep` gives the listing as it is printed, by name, to be kept beside
    it. Raises InputError for an unknown sprint.
    """
    from sprintkit.actions.result import Result
    from sprintkit.errors import ExitCode

    if slug is None:
        one = None
        found, problems = listing(desk, keep)
    else:
        from sprintkit.actions.sprint_view import view

        one = view(desk, slug)
        found, problems = [one.row], list(one.problems)
        if problems and one.file_count < 2:
            return Result("status", None, tuple(problems), ExitCode.USAGE)
    code = ExitCode.OK
    if fail_on is not None and any(_is_met(row, fail_on) for row in found):
        code = ExitCode.NO
    if problems:
        code = ExitCode.USAGE
    return Result("status", {"sprints": found}, tuple(problems), code, seen=one)


def listing(desk: WorkspaceContext, keep: Keep | None = None) -> tuple[list[Row], list[Problem]]:
    """The rows, those first that need a person now, and one problem for every file that cannot be read.

    Days in rows are ISO texts. Raises InputError.
    """
    from sprintkit.errors import Problem

    index = Index.open(desk.workspace)
    key = cache_key(index, desk.today.isoformat())
    whole = index.get(WHOLE, key)
    if whole is None:
        from sprintkit.actions.status.attention import urgency

        entries = [index.get(slug, key) or worked_out(desk, index, slug, key) for slug in index.slugs]
        entries.sort(key=lambda entry: urgency({**entry["row"], "checkin_due": entry["due"]}, desk.today))
        whole = {
            "rows": [entry["row"] for entry in entries],
            "problems": [problem for entry in entries for problem in entry["problems"]],
        }
        if not whole["problems"]:
            index.put(WHOLE, key, whole)
    if keep is not None and not whole["problems"]:
        for name, text in keep(whole["rows"]).items():
            index.put(WHOLE, f"{name} {key}", text)
    index.close()
    return whole["rows"], [Problem(*problem) for problem in whole["problems"]]


def view(desk: WorkspaceContext, slug: str) -> SprintView:
    """One sprint whole and typed, read from its files. Raises InputError for an unknown one."""
    from sprintkit.actions.sprint_view import view as made

    return made(desk, slug)


def cache_key(index: Index, today: str) -> str:
    """What a row follows from besides the sprint's own files: the day, the workspace's settings, this version."""
    return f"{today} {index.stamp(_SETTINGS)} {__version__} {_SHAPE}"


def worked_out(desk: WorkspaceContext, index: Index, slug: str, key: str) -> dict[str, Any]:
    """What is listed of a sprint, read from its files and kept in the index."""
    entry = entry_of(desk, slug)
    if not entry["problems"]:  # what a changed right to read mends leaves no trace in a file's time
        index.put(slug, key, entry)
    return entry


def _parked(one: SprintView) -> list[list[str]]:
    """Who holds what is parked, by name, and by when ("" for no day); the earliest first."""
    found = []
    for question in one.sprint.reading.charter.parked:
        if question.path:
            person = one.charter.people.get(question.holder or "")
            name = (person.name if person else None) or question.holder or ""
            found.append([name, question.due.isoformat() if question.due else ""])
    return sorted(found, key=lambda pair: pair[1] or "~")


def entry_of(desk: WorkspaceContext, slug: str) -> dict[str, Any]:
    """Row, problems, reasons in brief and the day of the check-in that is due, read from a sprint's files."""
    from sprintkit.actions.sprint_view import checkin_due
    from sprintkit.actions.sprint_view import view as made

    one = made(desk, slug)
    due = checkin_due(one)
    return {
        "row": one.row,
        "problems": [list(problem) for problem in one.problems],
        "briefs": [reason.brief for reason in one.progress.reasons] if one.row["reasons"] else [],
        "due": due and due.isoformat(),
        "parked": _parked(one),
    }


def _is_met(row: Row, fail_on: str) -> bool:
    health = row["health"]
    return (
        health is not None and row["state"] not in CLOSED and HEALTHS.index(health) >= HEALTHS.index(fail_on)
    )
