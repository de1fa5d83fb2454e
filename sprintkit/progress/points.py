"""Planned and earned points, and earned schedule.

A milestone's points count fully or not at all (the 0/100 rule of earned value), so that work which is nearly done makes
no week look better. Earned schedule is the week in which the plan had the points that are earned now (W. Lipke,
"Schedule is Different", 2003). It is in weeks, and unlike a ratio of points it stays meaningful until the end. Figures
are fractions, so that a sum never misses 100 by a rounding error.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sprintkit.charter.model import Charter
from sprintkit.records.progress_log import milestones_by_id


class PlannedMilestone(NamedTuple):
    """The points of a milestone, and when they are due."""

    id: str
    due_week: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned points of a charter over its weeks."""

    milestones: tuple[PlannedMilestone, ...]
    """In the order of the charter."""

    @classmethod
    def from_charter(cls, charter: Charter) -> Plan:
        """The plan of a charter. A milestone without a week is due at the end; one without a weight has no points."""
        last_week = charter.timeline.weeks or 1
        return cls(
            tuple(
                PlannedMilestone(
                    milestone_id,
                    due_week=max(1, milestone.due_week if milestone.due_week is not None else last_week),
                    weight=max(Fraction(0), Fraction(str(milestone.weight or 0))),
                )
                for milestone_id, milestone in milestones_by_id(charter).items()
            )
        )

    @property
    def total(self) -> Fraction:
        """All points; 100 in a signed charter."""
        return sum((milestone.weight for milestone in self.milestones), Fraction(0))

    @property
    def last_due_week(self) -> int:
        """D: the last week in which something is due; 0 if nothing is planned."""
        return max((milestone.due_week for milestone in self.milestones), default=0)

    def planned(self, week: int) -> Fraction:
        """P(t): the points due up to a week."""
        return sum(
            (milestone.weight for milestone in self.milestones if milestone.due_week <= week), Fraction(0)
        )

    def planned_at(self, time: Fraction) -> Fraction:
        """P at any time in weeks, interpolated linearly between weeks."""
        week = math.floor(time)
        points = self.planned(week)
        return points + (time - week) * (self.planned(week + 1) - points)

    def earned(self, accepted: Collection[str]) -> Fraction:
        """E: the points of the milestones with these ids."""
        return sum(
            (milestone.weight for milestone in self.milestones if milestone.id in accepted), Fraction(0)
        )

    def is_complete(self, earned: Fraction) -> bool:
        """Whether all points are earned."""
        return 0 < self.total <= earned

    def earned_schedule(self, earned: Fraction, week: int) -> Fraction:
        """ES: the time in weeks at which the plan had the points that are earned up to `week`.

        It is interpolated linearly between weeks. In weeks without due points, a sprint that has earned exactly what was
        planned is neither ahead nor behind.
        """
        due_weeks = sorted({milestone.due_week for milestone in self.milestones if milestone.weight > 0})
        next_due = next((due_week for due_week in due_weeks if self.planned(due_week) > earned), None)
        if next_due is None:
            return Fraction(self.last_due_week)
        last_reached = max((due_week for due_week in due_weeks if due_week < next_due), default=0)
        week_before = next_due - 1
        if self.planned(last_reached) == earned:
            return Fraction(max(last_reached, min(week, week_before)))
        remainder = earned - self.planned(week_before)
        step = self.planned(next_due) - self.planned(week_before)
        return week_before + remainder / step
