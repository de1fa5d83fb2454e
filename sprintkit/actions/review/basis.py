"""What a review starts from: the text in force, the months before, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sprintkit.actions.checkin.basis import load_followed_sprint
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.charter.model import Charter
from sprintkit.charter.settings import Settings
from sprintkit.errors import RefusedError
from sprintkit.progress.operation import Operation, operation_on
from sprintkit.records.closing import Closing
from sprintkit.records.kinds import REVIEW
from sprintkit.records.review import Review


class ReviewBasis(NamedTuple):
    """What a review's form shows before anything is typed."""

    sprint: Sprint
    charter: Charter
    """In force today."""
    operation: Operation


def load_basis(context: WorkspaceContext, slug: str) -> ReviewBasis:
    """The basis of the next review.

    Raises RefusedError if the sprint is not operated, InputError.
    """
    sprint = load_followed_sprint(context, slug, (REVIEW,))
    operation = sprint_operation(sprint, context.today, context.settings)
    if operation is None or operation.is_over:
        verdict = "was stopped" if operation is not None else "is not closed with the verdict operate"
        raise RefusedError(
            f"{slug} {verdict}, so there is no month to review",
            code="not_operating",
            path=context.workspace.sprint_folder(slug),
            hint="Reviews begin once a sprint is closed with the verdict operate.",
        )
    return ReviewBasis(sprint, charter_of_day(sprint, context.today), operation)


def charter_of_day(sprint: Sprint, day: date) -> Charter:
    """The text in force in the week of a day, as known on that day."""
    return sprint.charter_in(sprint.week_of(day), day)


def sprint_operation(
    sprint: Sprint, day: date, settings: Settings, more: Iterable[Review] = ()
) -> Operation | None:
    """What is known on a day about a sprint that is, or was, operated; None if it never was.

    `more` are reviews that are still being written; each takes the place of one that its month may have.
    """
    closings = [stored.record for stored in sprint.records_of(Closing)]
    if not closings or sprint.document is None:
        return None
    reviews = [*more, *(stored.record for stored in sprint.records_of(Review))]
    return operation_on(charter_of_day(sprint, day), closings, reviews, day, settings)
