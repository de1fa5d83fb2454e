"""Planned and earned points, and earned schedule.

A milestone's points count fully or not at all (the 0/100 rule of earned value), so no week can be flattered by
work that is nearly done. Earned schedule says where the plan was when it planned what is earned now (W. Lipke,
"Schedule is Different", 2003), in weeks, so that it does not go blind at the end as a ratio of points does.
Figures are fractions, so that a sum never misses 100 by a rounding.
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
    """A milestone as far as points are concerned."""

    id: str
    due_week: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned points of a charter, over weeks."""

    milestones: tuple[PlannedMilestone, ...]
    """In the order of the charter."""

    @classmethod
    def of(cls, charter: Charter) -> Plan:
        """The plan of a charter. A milestone without a week is due at the end, one without points has none."""
        last = charter.timeline.weeks or 1
        return cls(
            tuple(
                PlannedMilestone(
                    name,
                    max(1, one.due_week if one.due_week is not None else last),
                    max(Fraction(0), Fraction(str(one.weight or 0))),
                )
                for name, one in milestones_by_id(charter).items()
            )
        )

    @property
    def total(self) -> Fraction:
        """All points; 100 in a charter that was signed."""
        return sum((one.weight for one in self.milestones), Fraction(0))

    @property
    def latest(self) -> int:
        """D: the latest week in which something is due; 0 where nothing is planned."""
        return max((one.due_week for one in self.milestones), default=0)

    def planned(self, week: int) -> Fraction:
        """P(t): points due up to a week."""
        return sum((one.weight for one in self.milestones if one.due_week <= week), Fraction(0))

    def planned_at(self, week: Fraction) -> Fraction:
        """P at any point of time, on the straight line between two weeks."""
        whole = math.floor(week)
        below = self.planned(whole)
        return below + (week - whole) * (self.planned(whole + 1) - below)

    def earned(self, accepted: Collection[str]) -> Fraction:
        """E: points of the milestones that are accepted."""
        return sum((one.weight for one in self.milestones if one.id in accepted), Fraction(0))

    def is_complete(self, earned: Fraction) -> bool:
        """Whether all points are earned."""
        return 0 < self.total <= earned

    def earned_schedule(self, earned: Fraction, week: int) -> Fraction:
        """ES: "we are where the plan was at week …", for points earned up to `week`.

        Between two weeks on the straight line. Where the plan stands still, whoever stands exactly on it is
        neither ahead nor behind.
        """
        due = sorted({one.due_week for one in self.milestones if one.weight > 0})
        above = next((at for at in due if self.planned(at) > earned), None)
        if above is None:
            return Fraction(self.latest)
        reached = max((at for at in due if at < above), default=0)
        below = above - 1
        if self.planned(reached) == earned:
            return Fraction(max(reached, min(week, below)))
        rest, step = earned - self.planned(below), self.planned(above) - self.planned(below)
        return below + rest / step
