"""Everything that the overview of one sprint shows."""

from __future__ import annotations

from typing import NamedTuple

from sprintkit.actions.close.assessment import ClosingAssessment, find_closing_assessment
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.readiness.readiness import describe_readiness
from sprintkit.actions.review.basis import sprint_operation
from sprintkit.actions.sign.signing_status import SigningStatus, signing_status
from sprintkit.actions.sprint_view import SprintView, load_view
from sprintkit.actions.status.attention import CLOSED_STATES
from sprintkit.actions.status.needs import NeededPeople, people_needed
from sprintkit.actions.status.rests_on import list_unsettled
from sprintkit.progress.operation import Operation
from sprintkit.progress.unsettled import UnsettledItem


class SprintOverview(NamedTuple):
    """One sprint on one day: its files and figures, its end, its signing, and the people it needs."""

    view: SprintView
    needed: NeededPeople | None
    signing: SigningStatus
    assessment: ClosingAssessment | None
    """The assessment of its end."""
    operation: Operation | None
    """None unless the sprint is or was operated."""
    readiness: str
    """Its readiness score in a sentence; empty without all 25 answers."""
    unsettled: tuple[UnsettledItem, ...]
    """Its assumptions that nobody has settled yet; empty once it is closed."""


def load_sprint_overview(context: WorkspaceContext, slug: str) -> SprintOverview:
    """Load the overview of a sprint today. Raises InputError if there is no such sprint."""
    view = load_view(context, slug)
    return SprintOverview(
        view=view,
        needed=people_needed(context, view),
        signing=signing_status(view.sprint, context.today),
        assessment=find_closing_assessment(context, view.sprint, context.today),
        operation=sprint_operation(view.sprint, context.today, context.settings),
        readiness=describe_readiness(view.sprint, context.settings),
        unsettled=() if view.state in CLOSED_STATES else tuple(list_unsettled(view, context.today)),
    )
