"""The `data` of `status`, in a separate module because the cached listing must not import `typing`."""

from __future__ import annotations

from typing import TypedDict

from sprintkit.actions.amendment_states import AmendmentData, RefusedAmendmentData
from sprintkit.actions.close.assessment import ClosingData
from sprintkit.actions.review.basis import MonthData
from sprintkit.actions.sprint_view import StatusRow
from sprintkit.actions.status.rests_on import UnsettledData


class SprintStatusRow(StatusRow):
    """The row of `status` for one sprint, which has more keys than a row of the listing."""

    closing: ClosingData | None
    """None without a check-in and a closing."""
    amendments: list[AmendmentData]
    refused_amendments: list[RefusedAmendmentData]
    """Signed amendments that do not count."""
    reviews: list[MonthData]
    """The months of operating that have a review, or should have one by now."""
    rests_on: list[UnsettledData]
    """Assumptions that nobody has settled yet."""


class StatusData(TypedDict):
    """The `data` of `status`."""

    sprints: list[StatusRow] | list[SprintStatusRow]
    """Those that need a person now come first."""
