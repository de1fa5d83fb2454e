"""The status of sprints: a row for each sprint, or one sprint in full.

Rows are cached in the user's cache folder until a file of the sprint changes (see `entries`). Listing cached rows loads
neither a parser nor a model, because whatever computes a row is imported inside functions. That keeps a cached `status`
within the limit of `make bench`.
"""

from __future__ import annotations

from sprintkit.actions.status.entries import cache_entries, cache_key, cached_entry, row_with_needs
from sprintkit.store.cache.listing import ALL_SPRINTS, SprintIndex, recover_from_odd_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from sprintkit.actions.close.assessment import ClosingAssessment
    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.actions.result import Result
    from sprintkit.actions.sprint_view import SprintView, StatusRow
    from sprintkit.actions.status.payload import SprintStatusRow, StatusData
    from sprintkit.errors import Problem

    RenderListing = Callable[[list[StatusRow]], dict[str, str]]

HEALTHS_BY_SEVERITY = ("on_track", "at_risk", "off_track")


def show_status(
    context: WorkspaceContext,
    slug: str | None = None,
    *,
    fail_on: str | None = None,
    render_listing: RenderListing | None = None,
) -> Result[StatusData]:
    """The row of one sprint, or the rows of all, those that need attention first.

    Exit 2 with one error for each broken file; exit 1 if a sprint that is not closed has the health `fail_on`
    ("at_risk", "off_track") or a worse one. `render_listing` returns the printed listing by the name of its form, which
    is cached with the rows. Raises InputError for an unknown sprint.
    """
    from sprintkit.actions.result import Result
    from sprintkit.errors import ExitCode

    view: SprintView | None = None
    assessment: ClosingAssessment | None = None
    rows: list[StatusRow] | list[SprintStatusRow]
    if slug is None:
        rows, problems = list_sprints(context, render_listing)
    else:
        from sprintkit.actions.amendment_states import list_amendments, list_refused_amendments
        from sprintkit.actions.close.assessment import find_closing_assessment
        from sprintkit.actions.review.basis import list_months, sprint_operation
        from sprintkit.actions.sprint_view import load_view
        from sprintkit.actions.status.rests_on import list_unsettled, unsettled_data

        view = load_view(context, slug)
        assessment = (
            None if view.state == "broken" else find_closing_assessment(context, view.sprint, context.today)
        )
        unsettled = list_unsettled(view, context.today)
        row: SprintStatusRow = {
            **view.row,
            "closing": None if assessment is None else assessment.as_data(),
            "amendments": list_amendments(view.sprint, context.today),
            "refused_amendments": list_refused_amendments(view.sprint, context.today),
            "reviews": list_months(sprint_operation(view.sprint, context.today, context.settings)),
            "rests_on": unsettled_data(unsettled),
        }
        rows, problems = [row], list(view.problems)
        if problems and view.file_count < 2:
            return Result(None, tuple(problems), ExitCode.USAGE)
    exit_code = ExitCode.OK
    if problems:
        exit_code = ExitCode.USAGE
    elif fail_on is not None and any(_has_health_or_worse(row, fail_on) for row in rows):
        exit_code = ExitCode.NO
    return Result({"sprints": rows}, tuple(problems), exit_code, view=view, ending=assessment)


def list_sprints(
    context: WorkspaceContext, render_listing: RenderListing | None = None
) -> tuple[list[StatusRow], list[Problem]]:
    """The rows, those that need attention first, and one problem for each file that cannot be read.

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

        entries = [
            cached_entry(index, slug, context.today) or cache_entries(context, index, slug)
            for slug in index.slugs
        ]
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


def _has_health_or_worse(row: StatusRow, limit: str) -> bool:
    from sprintkit.actions.status.attention import CLOSED_STATES

    health = row["health"]
    if health is None or row["state"] in CLOSED_STATES:
        return False
    return HEALTHS_BY_SEVERITY.index(health) >= HEALTHS_BY_SEVERITY.index(limit)
