"""The progress of a sprint on a day: its figures, milestones, blockers and health."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sprintkit.charter.model import Charter
from sprintkit.progress.blockers import BlockerCounts
from sprintkit.progress.chart_data import ChartData
from sprintkit.progress.forecast import Forecast
from sprintkit.progress.health import Health, Reason
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.progress.readings import GuardrailState, Reading
from sprintkit.progress.votes import VoteSummary
from sprintkit.records.in_force import RefusedAmendment
from sprintkit.records.progress_log import Blocker


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What changed since the check-in before the last one."""

    since_week: int
    amended: tuple[str, ...]
    """Ids of the amendments that came into force."""
    accepted: tuple[str, ...]
    reopened: tuple[str, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    earned: float
    """In points."""
    earned_schedule: float | None
    """In weeks."""
    forecast_kind: float | None
    """In weeks; positive is later."""
    forecast_pace: float | None
    """In weeks; positive is later."""
    health_before: Health | None
    """The health on the day of that check-in."""


def _build_none() -> None:
    """The builder of a sprint without a timeline, which has neither chart data nor a delta."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A sprint on a day. Unknown figures are None. Figures are not rounded; `as_dict` rounds them."""

    day: date
    week: int | None = None
    """The week of the day, 0 before the start; None without a timeline."""
    as_of_week: int | None = None
    """The week of the last check-in; 0 if there is none."""
    weeks: int | None = None
    charter: Charter
    """In force in `as_of_week`: what points, forecasts and health are computed from."""
    current_charter: Charter
    """In force in `week`: what applies on the day, such as who owns the system and what is due when."""
    planned: Fraction | None = None
    earned: Fraction | None = None
    total: Fraction | None = None
    """Points of the whole plan; 100 in a signed charter."""
    is_complete: bool = False
    forecast: Forecast | None = None
    health: Health | None = None
    reasons: tuple[Reason, ...] = ()
    milestones: tuple[MilestoneState, ...] = ()
    """The milestones of `current_charter`."""
    blockers: tuple[Blocker, ...] = ()
    """All blockers, in the order they were opened."""
    blockers_by_category: tuple[BlockerCounts, ...] = ()
    early_share: float | None = None
    """Share of blockers, 0 to 1, that were opened in the first half."""
    guardrails: tuple[GuardrailState, ...] = ()
    readings: tuple[Reading, ...] = ()
    live_since: date | None = None
    votes: VoteSummary | None = None
    confidence_warning: str | None = None
    """Warns, with both numbers, that the team is more confident than its records justify; None if it is not."""
    refused_amendments: tuple[RefusedAmendment, ...] = ()
    """Signed amendments that do not count."""
    last_checkin: date | None = None
    build_chart_data: Callable[[], ChartData | None] = field(default=_build_none, repr=False, compare=False)
    build_delta: Callable[[], Delta | None] = field(default=_build_none, repr=False, compare=False)
    """Both are built on demand: a listing of a thousand sprints shows neither."""

    @property
    def chart_data(self) -> ChartData | None:
        """The data of the two charts; None without a timeline."""
        return self.build_chart_data()

    @property
    def delta(self) -> Delta | None:
        """What changed since the check-in before the last one; None before the second check-in."""
        return self.build_delta()

    @property
    def next_milestone(self) -> MilestoneState | None:
        """The first milestone that is not accepted, in the order of the charter."""
        return next((milestone for milestone in self.milestones if milestone.accepted is None), None)

    @property
    def has_fallen_short(self) -> bool:
        """Whether the deadline has passed and not everything is accepted, so that forecasts no longer mean anything."""
        return any(reason.code == "H2" for reason in self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """The figures in the JSON of `status`.

        They have two decimals, except points at the deadline (one) and the early share (four).
        """
        forecast = self.forecast
        next_milestone = self.next_milestone
        return {
            "week": self.week,
            "as_of_week": self.as_of_week,
            "weeks": self.weeks,
            "planned": _round_points(self.planned),
            "earned": _round_points(self.earned),
            "earned_schedule": _round(forecast.earned_schedule if forecast else None),
            "forecast_kind": _round(forecast.kind if forecast else None),
            "forecast_pace": _round(forecast.pace if forecast else None),
            "earned_schedule_at_deadline": _round(forecast.at_deadline if forecast else None),
            "points_at_deadline": self._points_at_deadline(),
            "missing_at_deadline": list(forecast.missing) if forecast else [],
            "health": self.health,
            "reasons": [
                {"code": reason.code, "about": reason.about, "message": str(reason.message)}
                for reason in self.reasons
            ],
            "blockers": {
                counts.category: {"opened": counts.opened, "closed": counts.closed, "open": counts.open}
                for counts in self.blockers_by_category
            },
            "early_share": None if self.early_share is None else round(self.early_share, 4),
            "next": None
            if next_milestone is None
            else {
                "id": next_milestone.id,
                "title": next_milestone.milestone.title,
                "due_week": next_milestone.milestone.due_week,
            },
            "last_checkin": self.last_checkin,
        }

    def _points_at_deadline(self) -> float | int | None:
        """To one decimal; the full total as it is in the plan."""
        if self.forecast is None:
            return None
        points = self.forecast.points_at_deadline
        return _round_points(points) if points == self.total else _round(points, 1)


def _round(value: Fraction | None, digits: int = 2) -> float | None:
    return None if value is None else round(float(value), digits)


def _round_points(value: Fraction | None) -> float | int | None:
    """Points to two decimals, as an int if they are whole."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), 2)
