"""Where sprints stand: one row a sprint, or one sprint whole.

Rows are cached in the user's cache folder until a file of the sprint changes. Listing cached rows loads neither a
parser nor a model: what computes a row is imported inside functions, which keeps a warm `status` within the limit of
`make bench`.
"""

from __future__ import annotations

from sprintkit.store.cache.listing import ALL_SPRINTS, SprintIndex, recover_from_odd_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sprintkit.actions.close.standing import ClosingStanding
    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.actions.result import Result
    from sprintkit.actions.review.basis import OperatingData
    from sprintkit.actions.sprint_view import SprintView, StatusRow
    from sprintkit.actions.status.payload import SprintStatusRow, StatusData
    from sprintkit.errors import Problem

    RenderListing = Callable[[list[StatusRow]], dict[str, str]]

HEALTHS_BY_SEVERITY = ("on_track", "at_risk", "off_track")
CLOSED_STATES = ("operating", "stopped")
SETTINGS_FILE = "sprintkit.toml"


def show_status(
    context: WorkspaceContext,
    slug: str | None = None,
    *,
    fail_on: str | None = None,
    render_listing: RenderListing | None = None,
) -> Result[StatusData]:
    """The row of one sprint, or of all, those that need a person now first.

    Exit 2 with one error for each broken file; exit 1 if a sprint that is not closed has the health `fail_on`
    ("at_risk", "off_track") or a worse one. `render_listing` gives the printed listing by the name of its form, to be
    cached with the rows. Raises InputError for an unknown sprint.
    """
    from sprintkit.actions.result import Result
    from sprintkit.errors import ExitCode

    view: SprintView | None = None
    standing: ClosingStanding | None = None
    rows: list[StatusRow] | list[SprintStatusRow]
    if slug is None:
        rows, problems = list_sprints(context, render_listing)
    else:
        from sprintkit.actions.amendment_states import list_amendments, list_refused_amendments
        from sprintkit.actions.close.standing import closing_standing
        from sprintkit.actions.review.basis import list_months, sprint_operation
        from sprintkit.actions.sprint_view import load_view
        from sprintkit.actions.status.rests_on import list_unsettled

        view = load_view(context, slug)
        standing = None if view.state == "broken" else closing_standing(context, view.sprint, context.today)
        row: SprintStatusRow = {
            **view.row,
            "closing": None if standing is None else standing.as_data(),
            "amendments": list_amendments(view.sprint, context.today),
            "refused_amendments": list_refused_amendments(view.sprint, context.today),
            "reviews": list_months(sprint_operation(view.sprint, context.today, context.settings)),
            "rests_on": list_unsettled(view, context.today),
        }
        rows, problems = [row], list(view.problems)
        if problems and view.file_count < 2:
            return Result(None, tuple(problems), ExitCode.USAGE)
    exit_code = ExitCode.OK
    if problems:
        exit_code = ExitCode.USAGE
    elif fail_on is not None and any(_has_health_or_worse(row, fail_on) for row in rows):
        exit_code = ExitCode.NO
    return Result({"sprints": rows}, tuple(problems), exit_code, view=view, ending=standing)


def list_sprints(
    context: WorkspaceContext, render_listing: RenderListing | None = None
) -> tuple[list[StatusRow], list[Problem]]:
    """The rows, those that need a person now first, and one problem for each file that cannot be read.

    Raises InputError.
    """
    return recover_from_odd_values(
        SprintIndex.open(context.workspace), lambda index: _list_from_index(context, index, render_listing)
    )


def _list_from_index(
    context: WorkspaceContext, index: SprintIndex, render_listing: RenderListing | None
) -> tuple[list[StatusRow], list[Problem]]:
    from sprintkit.errors import Problem

    key = cache_key(index, context.today.isoformat())
    listing = index.get(ALL_SPRINTS, key)
    if listing is None:
        from sprintkit.actions.status.attention import urgency

        entries = [index.get(slug, key) or compute_entry(context, index, slug, key) for slug in index.slugs]
        entries.sort(key=lambda entry: urgency(row_with_needs(entry), context.today))
        listing = {
            "rows": [entry["row"] for entry in entries],
            "problems": [problem for entry in entries for problem in entry["problems"]],
        }
        if not listing["problems"]:
            index.put(ALL_SPRINTS, key, listing)
    if render_listing is not None and not listing["problems"]:
        for form, text in render_listing(listing["rows"]).items():
            index.put(ALL_SPRINTS, f"{form} {key}", text)
    index.close()
    return listing["rows"], [Problem(*problem) for problem in listing["problems"]]


def row_with_needs(entry: dict[str, Any]) -> dict[str, Any]:
    """The row of an entry with what its place in a list follows from."""
    needs = {"checkin_due": entry["due"], "waiting": entry["waiting"], "operating": entry["operating"]}
    return {**entry["row"], **needs}


def cache_key(index: SprintIndex, today: str) -> str:
    """What a cached row depends on besides the sprint's own files and the program: the date and the settings."""
    return f"{today} {index.file_stamp(SETTINGS_FILE)}"


def compute_entry(context: WorkspaceContext, index: SprintIndex, slug: str, key: str) -> dict[str, Any]:
    """As `read_entry`, and put into the index.

    An entry with problems is not cached: restoring the permission to read a file does not change its time.
    """
    entry = read_entry(context, slug)
    if not entry["problems"]:
        index.put(slug, key, entry)
    return entry


def read_entry(context: WorkspaceContext, slug: str) -> dict[str, Any]:
    """What listings need of a sprint, computed from its files, in values that the index can hold.

    `row` (a StatusRow), `problems`, `briefs` (a short message for each reason), `due` (the date of the check-in that
    is due, or None), `parked` (see `_parked_holders`), `waiting` (see `_waiting_people`), `ending` (see `_ending`) and
    `operating` (an OperatingData, or None).
    """
    from sprintkit.actions.sprint_view import load_view, next_checkin_due

    view = load_view(context, slug)
    due = next_checkin_due(view)
    return {
        "row": view.row,
        "problems": [list(problem) for problem in view.problems],
        "briefs": [str(reason.short_message) for reason in view.progress.reasons]
        if view.row["reasons"]
        else [],
        "due": due and due.isoformat(),
        "parked": _parked_holders(view),
        "waiting": _waiting_people(context, view),
        "ending": _ending(context, view),
        "operating": _operating_needs(context, view),
    }


def _ending(context: WorkspaceContext, view: SprintView) -> dict[str, Any] | None:
    """`sentence`, what was decided at the end; None while the sprint is open."""
    if view.state not in CLOSED_STATES:
        return None
    from sprintkit.actions.close.standing import ending_of

    standing = ending_of(context, view)
    return None if standing is None else {"sentence": str(standing.sentence)}


def _parked_holders(view: SprintView) -> list[list[str]]:
    """Name of the holder and due date ("" if there is none) of each parked question, the earliest first."""
    holders = []
    for question in view.sprint.reading.charter.parked:
        if question.path:
            person = view.charter.people.get(question.holder or "")
            name = (person.name if person else None) or question.holder or ""
            holders.append([name, question.due.isoformat() if question.due else ""])
    return sorted(holders, key=lambda holder: holder[1] or "~")


def _waiting_people(context: WorkspaceContext, view: SprintView) -> list[list[Any]]:
    """Name, date and whether it is a rejection, of everybody whose decision others wait for, the longest first."""
    if not (view.sprint.signatures or view.sprint.amendments):
        return []
    from sprintkit.actions.sign.signing_status import list_waiting

    return [
        [entry.name, entry.since.isoformat(), entry.is_rejection]
        for entry in list_waiting(view.sprint, context.today)
    ]


def _operating_needs(context: WorkspaceContext, view: SprintView) -> OperatingData | None:
    if view.state != "operating":
        return None
    from sprintkit.actions.review.basis import operating_needs, sprint_operation

    return operating_needs(sprint_operation(view.sprint, context.today, context.settings))


def _has_health_or_worse(row: StatusRow, limit: str) -> bool:
    health = row["health"]
    if health is None or row["state"] in CLOSED_STATES:
        return False
    return HEALTHS_BY_SEVERITY.index(health) >= HEALTHS_BY_SEVERITY.index(limit)
