"""The milestones of the charter in force: which are accepted, late or missing, and which are expected later than due."""

from __future__ import annotations

from typing import NamedTuple

from sprintkit.charter.model import Charter, Milestone
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.records.checkin import MilestoneSlip
from sprintkit.records.progress_log import Acceptance, latest_slips, milestones_by_id


class MilestoneState(NamedTuple):
    """A milestone of the charter in force, and whether it is accepted."""

    id: str
    milestone: Milestone
    accepted: Acceptance | None
    is_overdue: bool
    """Due in a week that is over, and not accepted."""
    is_missing: bool
    """Not accepted by the deadline, at the pace so far."""
    slip: MilestoneSlip | None = None
    """While it is open and expected later than due; no figure is computed from it."""


def milestone_states(inputs: HealthInputs, charter: Charter) -> tuple[MilestoneState, ...]:
    """The state of each milestone of a charter, in its order."""
    missing = inputs.forecast.missing if inputs.forecast else ()
    slips = latest_slips(inputs.entries)
    states = []
    for milestone_id, milestone in milestones_by_id(charter).items():
        acceptance = inputs.accepted.get(milestone_id)
        _, slip = slips.get(milestone_id, (0, None))
        if acceptance is not None or (slip is not None and slip.expected_week <= (milestone.due_week or 0)):
            slip = None
        is_past_due = milestone.due_week is not None and milestone.due_week < inputs.week
        states.append(
            MilestoneState(
                milestone_id,
                milestone,
                acceptance,
                is_overdue=acceptance is None and is_past_due,
                is_missing=milestone_id in missing,
                slip=slip,
            )
        )
    return tuple(states)
