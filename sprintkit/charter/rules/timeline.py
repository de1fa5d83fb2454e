"""TIM: a real date, and steps that are either done or not."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.choices import in_words
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, later
from sprintkit.charter.rules.rule import Match, Matches, rule

_MILESTONES: Final = "plan.milestones"
_EARLY: Final = ("data", "process", "ownership", "metric", "last_mile")
"""What stalls a sprint, and so has to show in its first half."""


@rule(
    "TIM-001",
    ERROR,
    condition="The sprint takes fewer than 2 or more than 12 weeks, the deadline is not in its last week, or the day of "
    "the target is before the start or more than 120 days after the deadline.",
    message="Start {s} plus {w} weeks ends between {a} and {b}; deadline says {d}. Put right the one that is wrong.",
    rationale="A date that can be read in two ways is missed in both.",
    source=references.FIXED_SCOPE,
    weak="Q2",
    strong="16 February, 6 weeks, 27 March",
    reads=[
        "timeline.start",
        "timeline.weeks",
        "timeline.deadline",
        "success_metric.target_on",
        "charter.depth",
    ],
)
def dates_fit(view: RuleContext) -> Matches:
    timeline, settings = view.charter.timeline, view.settings
    if timeline.weeks is not None and not settings.weeks_least <= timeline.weeks <= settings.weeks_most:
        counts = {"w": timeline.weeks, "least": settings.weeks_least, "most": settings.weeks_most}
        yield Match("timeline.weeks", counts, message=_WEEKS)
    if timeline.deadline is not None and view.last_week is not None:
        first, last = view.last_week
        if not first <= timeline.deadline <= last:
            span = {"s": timeline.start, "w": timeline.weeks, "a": first, "b": last, "d": timeline.deadline}
            yield Match("timeline.deadline", span)
    day = view.charter.success_metric.target_on
    if day is None:
        return
    latest = later(view.deadline, settings.target_days) if view.deadline else None
    early = timeline.start is not None and day < timeline.start
    late = latest is not None and day > latest
    if early or late:
        values = {
            "day": day,
            "s": timeline.start,
            "latest": latest or "the deadline",
            "n": settings.target_days,
        }
        yield Match("success_metric.target_on", values, message=_BEFORE_START if early else _TOO_LATE)


_WEEKS: Final = (
    "A sprint takes {least} to {most} weeks, not {w}. Cut the scope, or plan a second sprint after this one."
)
_BEFORE_START: Final = "The target is due on {day}, before the start on {s}. Choose a day after the end."
_TOO_LATE: Final = (
    "The target is due on {day}, more than {n} days after the deadline. Choose a day by {latest}, "
    "while people still remember why."
)


@rule(
    "TIM-002",
    ERROR,
    condition="When the deadline is missed, it is moved.",
    message="An end that moves is no end. Choose stop_and_decide.",
    rationale="A sprint that can be extended is extended; only a fixed end makes scope give.",
    source=f"{references.FIXED_SCOPE}; {references.SHAPE_UP}",
    weak="extend",
    strong="stop_and_decide",
    reads=["timeline.on_deadline_missed"],
)
def end_is_an_end(view: RuleContext) -> Matches:
    if view.charter.timeline.on_deadline_missed not in (None, "stop_and_decide"):
        yield Match("timeline.on_deadline_missed")


@rule(
    "TIM-003",
    ERROR,
    condition="Weights do not sum to 100 or one is not above 0, ids repeat, there are more than 12 milestones, one is due "
    "outside the sprint, or one has no proof or nobody who verifies it.",
    message="Milestones: {what}.",
    rationale="Progress is counted in accepted points, so the points have to be right.",
    source=references.EARNED,
    weak="50% of the model",
    strong="live feeds pass their checks; four checks met on five working days running; Tunde Okonfield",
    reads=[_MILESTONES, "timeline.weeks", "charter.depth"],
)
def milestones_are_sound(view: RuleContext) -> Matches:
    milestones = view.charter.plan.milestones
    if not milestones:
        return
    weeks = view.charter.timeline.weeks
    weighed = not view.lean or any(milestone.weight is not None for milestone in milestones)
    light, undue, unproved, unverified = [], [], [], []
    total = 0.0
    for at, milestone in enumerate(milestones, 1):
        name, week = milestone.id or f"number {at}", milestone.due_week
        total += milestone.weight or 0
        if weighed and (milestone.weight is None or milestone.weight <= 0):
            light.append(name)
        if week is None or week < 1 or (weeks is not None and week > weeks):
            undue.append(name)
        if not text_or_empty(milestone.acceptance):
            unproved.append(name)
        if not text_or_empty(milestone.verifier) and not view.lean:
            unverified.append(name)
    what = []
    if weighed and abs(total - 100) > 1e-6:
        what.append(f"weights sum to {total:g}, make them 100")
    if light:
        what.append(f"give {_few(light)} a weight above 0")
    ids = [text_or_empty(milestone.id) for milestone in milestones if text_or_empty(milestone.id)]
    if len(set(ids)) < len(ids):
        what.append(
            f"{_few([name for name, n in Counter(ids).items() if n > 1])} stands twice, ids must differ"
        )
    if len(milestones) > view.settings.milestones_most:
        what.append(
            f"{len(milestones)} are too many, join some until {view.settings.milestones_most} are left"
        )
    if undue:
        what.append(f"{_few(undue)}: due in which week" + (f" of 1 to {weeks}" if weeks is not None else ""))
    if unproved:
        what.append(f"{_few(unproved)}: shown by what")
    if unverified:
        what.append(f"{_few(unverified)}: who says it is done")
    if what:
        yield Match(_MILESTONES, {"what": "; ".join(what)})


def _few(names: list[str]) -> str:
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")


@rule(
    "TIM-004",
    ERROR,
    condition="No milestone of category live is due a week before the end or earlier.",
    message="Go live a week before the end at the latest (by week {week}), or nobody sees a live week.",
    rationale="The first live week shows what no test did, and somebody has to be there to mend it.",
    source=references.FIXED_SCOPE,
    weak="live on the last day",
    strong="live for all 20 users in week 5 of 6",
    reads=["plan.milestones[].category", "plan.milestones[].due_week", "timeline.weeks"],
)
def live_before_the_end(view: RuleContext) -> Matches:
    milestones = view.charter.plan.milestones
    if view.weeks is None or not any(milestone.category for milestone in milestones):
        return
    week = view.weeks - view.settings.live_weeks
    if not any(
        milestone.category == "live" and milestone.due_week is not None and milestone.due_week <= week
        for milestone in milestones
    ):
        yield Match(_MILESTONES, {"week": week})


@rule(
    "TIM-005",
    WARNING,
    condition="Data, process, ownership, metric or last mile has no milestone in the first half; "
    "in a lean charter only those count that have a milestone.",
    message="{categories} would only come up late. Plan something that shows them in the first half (by week {early}).",
    rationale="These five stall sprints; found in week 1 they cost a talk, in week 5 the deadline.",
    source=references.FIXED_SCOPE,
    weak="model first, data later",
    strong="each of the five by week 3 of 6",
    reads=["plan.milestones[].category", "plan.milestones[].due_week", "timeline.weeks", "charter.depth"],
)
def trouble_shows_early(view: RuleContext) -> Matches:
    early = view.early_week
    milestones = view.charter.plan.milestones
    planned = {milestone.category for milestone in milestones} - {None}
    if early is None or not planned:
        return
    shown = {
        milestone.category
        for milestone in milestones
        if milestone.due_week is not None and milestone.due_week <= early
    }
    late = [name for name in _EARLY if name not in shown and (name in planned or not view.lean)]
    if late:
        categories = ", ".join(in_words(name) for name in late)
        yield Match(_MILESTONES, {"categories": categories[:1].upper() + categories[1:], "early": early})


@rule(
    "TIM-006",
    WARNING,
    condition="More than 50 points are due in the last quarter, or one milestone has more than 35.",
    message="{what}. Cut it into steps that can be shown earlier.",
    rationale="A plan whose points fall at the end tells nothing until it is too late.",
    source=references.EARNED,
    weak="done: 60 points in the last week",
    strong="20 points at most, from week 1 on",
    reads=["plan.milestones[].weight", "plan.milestones[].due_week", "timeline.weeks", "charter.depth"],
)
def work_is_spread(view: RuleContext) -> Matches:
    settings = view.settings
    weighed = [milestone for milestone in view.charter.plan.milestones if milestone.weight is not None]
    weights = [milestone.weight for milestone in weighed if milestone.weight is not None]
    if not weights or (view.lean and max(weights) - min(weights) <= 1):
        return
    what = []
    if view.weeks is not None:
        after = settings.late_part * view.weeks
        late = math.fsum(
            milestone.weight
            for milestone in weighed
            if milestone.weight is not None and milestone.due_week is not None and milestone.due_week > after
        )
        if late > settings.late_points:
            what.append(f"{late:g}% of the work is due at the very end")
    if max(weights) > settings.milestone_points:
        what.append(f"one milestone is {max(weights):g}% of the work")
    if what:
        text = ", and ".join(what)
        yield Match(_MILESTONES, {"what": text[:1].upper() + text[1:]})
