"""The limits of amendments. An amendment that breaks one never takes effect, whoever signed it.

`in_force.judge_amendments` applies them to signed amendments; `validation.amendment` reports them, with all other
faults, while an amendment is being written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.settings import DEFAULT_SETTINGS
from sprintkit.records.amendment import Amendment
from sprintkit.records.closing import Closing
from sprintkit.records.progress_log import milestones_by_id
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_figure

_WEIGHT_TOLERANCE: Final = 1e-6
"""How far the sum of weights may be from 100, for fractions that have no exact binary form."""
_OPEN_WHILE_OPERATING: Final = ("people", "owner", "data_requirements", "budget")
"""Sections that an amendment may still change once a sprint is closed and operated."""
MEASURE: Final = tuple(
    f"success_metric.{name}" for name in ("name", "unit", "formula", "baseline", "target", "stop_line")
)
"""Fields of the metric that only a new charter changes once there is a result."""


MAX_ADDITIONS: Final = 2
"""How many amendments may add something to one charter; more require a new charter."""


class Refusal(NamedTuple):
    """One reason why an amendment does not count."""

    field: str
    code: str
    message: str
    """Worded to follow the name of the field."""
    hint: str | None = None


def header_refusals(amendment: Amendment) -> list[Refusal]:
    """Refusals for an amendment's own header: what it gains and gives up, and the deadline."""
    refusals = []
    if amendment.gains and not amendment.gives_up:
        hint = "Say what is given up for it; time and money are fixed."
        message = "is empty, but something is gained."
        refusals.append(Refusal("gives_up", "gains_without_gives_up", message, hint))
    if amendment.deadline_change_days != 0:
        message = f"is {amendment.deadline_change_days}; the deadline does not move."
        hint = "A later deadline is a new charter."
        refusals.append(Refusal("deadline_change_days", "deadline", message, hint))
    return refusals


def addition_refusals(amendment: Amendment, earlier: Iterable[Amendment | None]) -> list[Refusal]:
    """Refusals because the amendments in force before it, `earlier`, have already added enough."""
    additions = sum(bool(other and other.gains) for other in earlier)
    if not amendment.gains or additions < MAX_ADDITIONS:
        return []
    message = f"would add something once more, and {MAX_ADDITIONS} amendments in force have added something already."
    hint = "More than that is a new charter that supersedes this one."
    return [Refusal("gains", "new_charter", message, hint)]


def plan_refusals(
    before: Charter,
    after: Charter,
    accepted: Collection[str],
    max_increase: float = DEFAULT_SETTINGS.accepted_points_up,
) -> list[Refusal]:
    """Refusals for changes of the id, the weights, the deadline and the milestones already `accepted`."""
    refusals = []
    if not is_blank(before.charter.id) and after.charter.id != before.charter.id:
        message = f"would move charter.id, and '{before.charter.id}' is the sprint's permanent identity."
        hint = "Leave it as it is; charter.title is what people read."
        refusals.append(Refusal("changes", "identity", message, hint))
    old, new = milestones_by_id(before), milestones_by_id(after)
    weights = [milestone.weight for milestone in after.plan.milestones if milestone.weight is not None]
    if old != new and weights and abs(sum(weights) - 100) > _WEIGHT_TOLERANCE:
        message = f"would leave weights that sum to {format_figure(sum(weights))}, not 100."
        refusals.append(Refusal("changes", "weights", message))
    for milestone_id in accepted:
        if milestone_id not in old:
            continue
        if milestone_id not in new:
            message = f"would drop milestone {milestone_id}, which is accepted."
            refusals.append(Refusal("changes", "accepted_dropped", message, "Leave it in the plan."))
            continue
        increase = (new[milestone_id].weight or 0) - (old[milestone_id].weight or 0)
        if increase > max_increase:
            message = (
                f"would raise milestone {milestone_id}, which is accepted, by {format_figure(increase)} points; "
                f"{format_figure(max_increase)} at the most."
            )
            refusals.append(Refusal("changes", "accepted_reweighted", message))
    old_deadline, new_deadline = before.timeline.deadline, after.timeline.deadline
    old_weeks, new_weeks = before.timeline.weeks, after.timeline.weeks
    is_later = old_deadline is not None and new_deadline is not None and new_deadline > old_deadline
    is_longer = old_weeks is not None and new_weeks is not None and new_weeks > old_weeks
    if is_later or is_longer:
        message = "would move the deadline, and the deadline does not move."
        hint = "A later deadline is a new charter that supersedes this one."
        refusals.append(Refusal("changes", "deadline", message, hint))
    return refusals


def metric_refusals(before: Charter, after: Charter) -> list[Refusal]:
    """Refusals once the metric has a result: what is measured, and how it is judged, must stay."""
    refusals = []
    for path in MEASURE:
        name = path.rpartition(".")[2]
        if getattr(before.success_metric, name) != getattr(after.success_metric, name):
            message = f"would move {path}, and the metric has been read since it went live."
            hint = "Another measure is a new charter that supersedes this one."
            refusals.append(Refusal("changes", "new_charter", message, hint))
    return refusals


def closing_refusals(amendment: Amendment, before: Mapping[str, Any], closing: Closing) -> list[Refusal]:
    """Refusals once the sprint is closed: an operating sprint may change only people, data and budget.

    `before` is the charter in force before it. A person may be replaced in any section.
    """
    day = format_date(closing.on)
    if closing.verdict == "stop":
        message = f"come after the sprint was stopped on {day}; nothing changes any more."
        return [Refusal("changes", "closed", message, "What is agreed from now on is a charter of its own.")]
    hint = "Anything else is a charter of its own."
    return [
        Refusal(
            f"changes[{index}].path",
            "closed",
            f"is {change.path}; the sprint is closed since {day}, and people, data and budget alone change.",
            hint,
        )
        for index, change in enumerate(amendment.changes)
        if not _is_open_while_operating(change.path, before)
    ]


def _is_open_while_operating(path: str, before: Mapping[str, Any]) -> bool:
    try:
        parts = paths.resolve(before, path, append=True)
    except paths.PathError:
        return True  # reported elsewhere: the charter has no such path
    question = questions_by_path().get(paths.path_pattern(parts))
    return parts[0] in _OPEN_WHILE_OPERATING or (question is not None and question.spec.kind == "person")
