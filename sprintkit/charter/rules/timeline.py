"""TIM: a real end date, and milestones that are either done or not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.choices import choice_label
from sprintkit.charter.findings import ERROR, WARNING, Severity
from sprintkit.charter.going_live import LIVE
from sprintkit.charter.model import Milestone
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, add_days, is_bare_verdict
from sprintkit.charter.rules.rule import Violation, Violations, rule
from sprintkit.text.dates import WEEKDAY_NAMES

_MILESTONES: Final = "plan.milestones"
_STALLING_CATEGORIES: Final = ("data", "process", "ownership", "metric", "last_mile")
"""Kinds of work that stall sprints, so each needs a milestone in the first half."""


@rule(
    "TIM-001",
    ERROR,
    condition="The sprint takes fewer than 2 or more than 12 weeks, the deadline is not in its last week, or the target "
    "is due before the start or more than 120 days after the deadline.",
    message="Start {s} plus {w} weeks ends between {a} and {b}; deadline says {d}. Correct the one that is wrong.",
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
def find_conflicting_dates(context: RuleContext) -> Violations:
    timeline, settings = context.charter.timeline, context.settings
    if timeline.weeks is not None and not settings.weeks_least <= timeline.weeks <= settings.weeks_most:
        values = {"w": timeline.weeks, "least": settings.weeks_least, "most": settings.weeks_most}
        yield Violation("timeline.weeks", values, _WRONG_LENGTH)
    if timeline.deadline is not None and context.last_week_span is not None:
        first, last = context.last_week_span
        if not first <= timeline.deadline <= last:
            dates = {"s": timeline.start, "w": timeline.weeks, "a": first, "b": last, "d": timeline.deadline}
            yield Violation("timeline.deadline", dates)
    yield from _conflicting_target_date(context)


def _conflicting_target_date(context: RuleContext) -> Violations:
    path, day = "success_metric.target_on", context.charter.success_metric.target_on
    start, days = context.charter.timeline.start, context.settings.target_days
    if day is None:
        return
    latest = add_days(context.deadline, days) if context.deadline else None
    if start is not None and day < start:
        yield Violation(path, {"day": day, "s": start}, _TARGET_BEFORE_START)
    elif latest is not None and day > latest:
        yield Violation(path, {"day": day, "n": days, "latest": latest}, _TARGET_TOO_LATE)


_WRONG_LENGTH: Final = (
    "A sprint takes {least} to {most} weeks, not {w}. Cut the scope, or plan a second sprint after this one."
)
_TARGET_BEFORE_START: Final = (
    "The target is due on {day}, before the start on {s}. Choose a day after the end."
)
_TARGET_TOO_LATE: Final = (
    "The target is due on {day}, more than {n} days after the deadline. Choose a day by {latest}, "
    "while people still remember why."
)


@rule(
    "TIM-002",
    ERROR,
    condition="A missed deadline is moved.",
    message="An end that moves is no end. Choose stop_and_decide.",
    rationale="A sprint that can be extended is extended. Only a fixed end makes scope give.",
    source=f"{references.FIXED_SCOPE}; {references.SHAPE_UP}",
    weak="extend",
    strong="stop_and_decide",
    reads=["timeline.on_deadline_missed"],
)
def find_movable_deadline(context: RuleContext) -> Violations:
    if context.charter.timeline.on_deadline_missed not in (None, "stop_and_decide"):
        yield Violation("timeline.on_deadline_missed")


@rule(
    "TIM-003",
    ERROR,
    condition="Weights do not sum to 100 or one is not above 0, ids repeat, there are more than 12 milestones, one is due "
    "outside the sprint, or one has no proof or no verifier.",
    message="Milestones: {what}.",
    rationale="Progress is counted in accepted points, so the points have to be right.",
    source=references.EARNED,
    weak="50% of the model",
    strong="live feeds pass their checks; four checks met on five working days running; Tunde Okonfield",
    reads=[_MILESTONES, "timeline.weeks", "charter.depth"],
)
def find_unsound_milestones(context: RuleContext) -> Violations:
    milestones = context.charter.plan.milestones
    if milestones:
        faults = [
            *_weight_faults(milestones, context),
            *_plan_faults(milestones, context),
            *_milestone_faults(milestones, context),
        ]
        if faults:
            yield Violation(_MILESTONES, {"what": "; ".join(faults)})


def _weight_faults(milestones: Sequence[Milestone], context: RuleContext) -> list[str]:
    if context.is_lean and all(milestone.weight is None for milestone in milestones):
        return []
    faults = []
    total = sum(milestone.weight or 0 for milestone in milestones)
    if abs(total - 100) > 1e-6:
        faults.append(f"weights sum to {total:g}, make them 100")
    weightless = [
        name for name, milestone in _named(milestones) if milestone.weight is None or milestone.weight <= 0
    ]
    if weightless:
        faults.append(f"give {_list_names(weightless)} a weight above 0")
    return faults


def _plan_faults(milestones: Sequence[Milestone], context: RuleContext) -> list[str]:
    faults = []
    counts = Counter(milestone.id for milestone in milestones if text_or_empty(milestone.id))
    repeated = [str(milestone_id) for milestone_id, count in counts.items() if count > 1]
    if repeated:
        faults.append(f"the id {_list_names(repeated)} is used more than once, ids must differ")
    most = context.settings.milestones_most
    if len(milestones) > most:
        faults.append(f"{len(milestones)} are too many, merge some until {most} are left")
    return faults


def _milestone_faults(milestones: Sequence[Milestone], context: RuleContext) -> list[str]:
    weeks = context.charter.timeline.weeks
    undue, unproven, unverified = [], [], []
    for name, milestone in _named(milestones):
        week = milestone.due_week
        if week is None or week < 1 or (weeks is not None and week > weeks):
            undue.append(name)
        if not text_or_empty(milestone.acceptance):
            unproven.append(name)
        if not text_or_empty(milestone.verifier) and not context.is_lean:
            unverified.append(name)
    faults = []
    if undue:
        range_text = "" if weeks is None else f" of 1 to {weeks}"
        faults.append(f"{_list_names(undue)}: due in which week{range_text}")
    if unproven:
        faults.append(f"{_list_names(unproven)}: shown by what")
    if unverified:
        faults.append(f"{_list_names(unverified)}: who says it is done")
    return faults


def _named(milestones: Sequence[Milestone]) -> list[tuple[str, Milestone]]:
    """Each milestone with its id, or with its number if it has none."""
    return [(milestone.id or f"number {number}", milestone) for number, milestone in enumerate(milestones, 1)]


def _list_names(names: list[str]) -> str:
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")


@rule(
    "TIM-004",
    ERROR,
    condition="No milestone of category live is due at least a week before the end; a warning in a lean charter.",
    message="Go live a week before the end at the latest (by week {week}), or nobody sees a live week.",
    rationale="The first live week shows what no test did, and somebody has to be there to fix it.",
    source=references.FIXED_SCOPE,
    weak="live on the last day",
    strong="live for all 20 users in week 5 of 6",
    reads=[
        "plan.milestones[].category",
        "plan.milestones[].due_week",
        "timeline.weeks",
        "charter.depth",
    ],
)
def find_late_go_live(context: RuleContext) -> Violations:
    milestones = context.charter.plan.milestones
    categories = {milestone.category for milestone in milestones} - {None}
    if context.weeks is None or not milestones or not (categories or context.is_lean):
        return
    latest = context.weeks - context.settings.live_weeks
    if not any(
        milestone.category == LIVE and milestone.due_week is not None and milestone.due_week <= latest
        for milestone in milestones
    ):
        message = _NOTHING_GOES_LIVE if context.is_lean and LIVE not in categories else ""
        severity: Severity | None = WARNING if context.is_lean else None
        yield Violation(_MILESTONES, {"week": latest}, message, severity=severity)


_NOTHING_GOES_LIVE: Final = (
    "Nothing goes live: no milestone is the one that is in use afterwards. Give one, due by week {week}, the category "
    "live, or nobody sees a live week."
)


@rule(
    "TIM-005",
    WARNING,
    condition="Data, process, ownership, metric or last mile has no milestone in the first half. "
    "A lean charter is asked only about categories that have a milestone.",
    message="{categories} would only come up late. Plan something that shows them in the first half (by week {early}).",
    rationale="These five stall sprints. Found in week 1 they cost a talk, in week 5 the deadline.",
    source=references.FIXED_SCOPE,
    weak="model first, data later",
    strong="each of the five by week 3 of 6",
    reads=["plan.milestones[].category", "plan.milestones[].due_week", "timeline.weeks", "charter.depth"],
)
def find_late_categories(context: RuleContext) -> Violations:
    half_end = context.first_half_end
    milestones = context.charter.plan.milestones
    planned = {milestone.category for milestone in milestones} - {None}
    if half_end is None or not planned:
        return
    early = {
        milestone.category
        for milestone in milestones
        if milestone.due_week is not None and milestone.due_week <= half_end
    }
    late = [
        category
        for category in _STALLING_CATEGORIES
        if category not in early and (category in planned or not context.is_lean)
    ]
    if late:
        categories = _capitalise(", ".join(map(choice_label, late)))
        yield Violation(_MILESTONES, {"categories": categories, "early": half_end})


@rule(
    "TIM-006",
    WARNING,
    condition="More than 50 points are due in the last quarter, or one milestone has more than 35.",
    message="{what}. Cut it into steps that can be shown earlier.",
    rationale="A plan whose points fall at the end shows nothing until it is too late.",
    source=references.EARNED,
    weak="done: 60 points in the last week",
    strong="20 points at most, from week 1 on",
    reads=["plan.milestones[].weight", "plan.milestones[].due_week", "timeline.weeks", "charter.depth"],
)
def find_late_points(context: RuleContext) -> Violations:
    settings, weeks = context.settings, context.weeks
    points_by_week = [
        (milestone.due_week, milestone.weight)
        for milestone in context.charter.plan.milestones
        if milestone.weight is not None
    ]
    weights = [weight for _, weight in points_by_week]
    if not weights or (context.is_lean and max(weights) - min(weights) <= 1):
        return
    faults = []
    if weeks is not None:
        last_quarter = settings.late_part * weeks
        late = math.fsum(
            weight for week, weight in points_by_week if week is not None and week > last_quarter
        )
        if late > settings.late_points:
            faults.append(f"{late:g}% of the work is due at the very end")
    if max(weights) > settings.milestone_points:
        faults.append(f"one milestone is {max(weights):g}% of the work")
    if faults:
        yield Violation(_MILESTONES, {"what": _capitalise(", and ".join(faults))})


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


@rule(
    "TIM-007",
    WARNING,
    condition="The sprint starts on a Saturday or Sunday.",
    message="{start} is a {day}. Weeks are counted from the start: choose the Monday, {monday}.",
    rationale="A first week that begins on a free day is a short one, and every week after it ends in the middle of another.",
    source=references.OWN,
    weak="Saturday 14 February",
    strong="Monday 16 February",
    reads=["timeline.start"],
)
def find_start_at_weekend(context: RuleContext) -> Violations:
    start = context.charter.timeline.start
    if start is not None and start.weekday() >= _SATURDAY:
        monday = add_days(start, 7 - start.weekday())
        values = {"start": start, "day": WEEKDAY_NAMES[start.weekday()], "monday": monday or "after it"}
        yield Violation("timeline.start", values)


_SATURDAY: Final = 5


@rule(
    "TIM-008",
    WARNING,
    condition="A milestone's proof judges and shows nothing: no number, no thing and no act, only works, finished, tested …",
    message="'{text}': a verdict, and nothing to look at. Write what is counted or seen, and where.",
    rationale="A milestone is accepted by looking at something. Otherwise it is believed.",
    source=references.EARNED,
    weak="it works",
    strong="300 live enquiries, same rep as the rules on 95%",
    reads=["plan.milestones[].acceptance"],
    lists=["VERDICT", "JUDGED"],
)
def find_bare_proofs(context: RuleContext) -> Violations:
    for index, milestone in enumerate(context.charter.plan.milestones):
        text = text_or_empty(milestone.acceptance)
        if text and is_bare_verdict(context, text):
            yield Violation(f"plan.milestones[{index}].acceptance", {"text": text})
