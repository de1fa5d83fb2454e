"""What the templates of the weekly status are given, of one sprint on one day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.signature_status import unsigned
from sprintkit.actions.sprint_records import Sprint
from sprintkit.actions.sprint_view import view_of
from sprintkit.documents.context.status import status_context
from sprintkit.documents.wording import Wording
from sprintkit.errors import RefusedError
from sprintkit.progress.progress import Progress
from sprintkit.signoff.canonical import digest


def context_of(desk: WorkspaceContext, sprint: Sprint, words: Wording) -> dict[str, Any]:
    """The context of the status document. Raises RefusedError while there is no charter."""
    if sprint.document is None:
        raise RefusedError(
            f"{sprint.slug} has no charter yet, so there is no status",
            code="no_charter",
            hint=f"Use: sprintkit scope {sprint.slug}",
        )
    seen = view_of(desk, sprint)
    found = seen.progress
    document = sprint.document_in(found.as_of_week, on=desk.today)
    entries = sprint.entries(desk.today)
    names = {key: person.name for key, person in found.charter.people.items()}
    return status_context(
        document,
        seen.row,
        on=desk.today,
        digest=digest(document),
        accepted={one.id: one.accepted.week for one in found.milestones if one.accepted},
        planned_by_week=[points for _week, points in found.series.planned] if found.series else (),
        earned_by_week=_by_week(found),
        readings=[{"week": one.week, "value": one.value, "counts": one.is_result} for one in found.readings],
        guardrails=[
            {"id": one.id, "value": one.readings[-1].value, "outside": one.is_outside}
            for one in found.guardrails
            if one.readings
        ],
        blockers=[
            {
                "id": one.id,
                "category": one.category,
                "title": one.title,
                "holder": one.holder,
                "opened": one.opened_week,
                "due_week": one.due_week,
                "closed": one.closed_week,
                "how": one.how,
            }
            for one in found.blockers
        ],
        checkin=_last(entries),
        room=found.room,
        unsigned=[names.get(key) or key for key in unsigned(sprint, desk.today)],
        words=words,
    )


def _by_week(found: Progress) -> list[float]:
    """Earned points of every week from 0 to the last check-in; a week without one keeps what was earned."""
    if found.series is None:
        return []
    known = dict(found.series.earned)
    points: list[float] = []
    for week in range(max(known) + 1):
        points.append(known.get(week, points[-1] if points else 0.0))
    return points


def _last(entries: list[Any]) -> Mapping[str, Any] | None:
    document: dict[str, Any] | None = (
        entries[-1].model_dump(by_alias=True, exclude_none=True) if entries else None
    )
    return document
