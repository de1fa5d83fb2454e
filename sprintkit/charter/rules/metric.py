"""MET: one business number with a baseline, a target and a line at which it is switched off."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import Text
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, add_days
from sprintkit.charter.rules.rule import Violation, Violations, rule
from sprintkit.text.dates import format_date

_NAME = "success_metric.name"
_AIM = (
    "success_metric.baseline",
    "success_metric.target",
    "success_metric.direction",
    "success_metric.unit",
    "charter.depth",
)


@rule(
    "MET-001",
    ERROR,
    condition="The metric measures the model: accuracy, F1 score, latency …",
    message="'{name}' measures the model. What changes in the business when it is right? "
    "Keep this under technical_measures.",
    rationale="A model can be right all year and change nothing.",
    source=f"{references.BLOCKERS}; {references.GUARDRAILS}",
    weak="Model accuracy",
    strong="Median working minutes from enquiry to first contact",
    reads=[_NAME],
    lists=["TECH_EXACT", "TECH_PHRASE"],
)
def find_technical_metric(context: RuleContext) -> Violations:
    name, lexicon = text_or_empty(context.charter.success_metric.name), context.lexicon
    if name:
        text = context.text(name)
        if text.folded.strip(" .:%()") in lexicon.tech_exact or lexicon.tech_phrase.first_match(text):
            yield Violation(_NAME, {"name": name})


@rule(
    "MET-002",
    WARNING,
    condition="The name contains accuracy, precision or recall outside a trade where they mean something else, "
    "or counts activity: logins, active users …",
    message="'{hit}' looks technical, or counts activity. Would the sponsor pay for this number alone? "
    "If not, name what changes when it is right.",
    rationale="Being busy is not being useful, and a measure that stands in for the aim ends up replacing it.",
    source=f"{references.BLOCKERS}; {references.SURROGATES}",
    weak="Active users per week",
    strong="Share of incomplete referrals answered on the day of arrival",
    reads=[_NAME],
    suppressed_by=["MET-001"],
    lists=["ACCURACY", "ACCURACY_EXEMPT", "ACTIVITY", "ACTIVITY_EXEMPT", "COUNTED", "MODEL_WORD", "BEING"],
)
def find_activity_metric(context: RuleContext) -> Violations:
    name, lexicon = text_or_empty(context.charter.success_metric.name), context.lexicon
    if name and (context.may_match(lexicon.accuracy) or context.may_match(lexicon.activity)):
        text = context.text(name)
        accuracy = lexicon.accuracy.first_match(text, exempt=lexicon.accuracy_exempt)
        activity = lexicon.activity.first_match(text, exempt=lexicon.activity_exempt)
        if accuracy and _is_counted(text, context):
            accuracy = None
        if activity and activity.startswith("ado") and not lexicon.being.terms.isdisjoint(text.words):
            activity = None
        if accuracy or activity:
            yield Violation(_NAME, {"hit": accuracy or activity})


def _is_counted(text: Text, context: RuleContext) -> bool:
    """Whether a name with accuracy or precision in it counts something in the business: "wrong lines per 1,000"."""
    lexicon = context.lexicon
    if not lexicon.model_word.terms.isdisjoint(text.words):
        return False
    return bool(_PER_NUMBER.search(text.folded)) or not lexicon.counted.terms.isdisjoint(text.words)


_PER_NUMBER: Final = re.compile(r"\b(?:per|in|of|je|pro|von|por|cada|de|par|sur) (?:\d|100|thousand|hundred)")


@rule(
    "MET-003",
    ERROR,
    condition="The target is not beyond the baseline in the stated direction, or a percentage is outside 0 to 100.",
    message="Baseline {b:g}, target {t:g}, direction {d} do not fit together. Correct the one that is wrong.",
    rationale="Three figures that contradict each other cannot be read at the end.",
    source=references.BLOCKERS,
    weak="much better",
    strong="baseline 95, target 50, decrease",
    reads=[*_AIM, "charter.depth"],
    lists=["PERCENT", "POINTS"],
    rests_on_words=False,
)
def find_target_short_of_baseline(context: RuleContext) -> Violations:
    metric = context.charter.success_metric
    baseline, target, direction = metric.baseline, metric.target, context.direction
    if baseline is None or target is None:
        return
    is_short = direction is not None and (
        target >= baseline if direction == "decrease" else target <= baseline
    )
    is_out_of_range = context.is_percent and not (0 <= baseline <= 100 and 0 <= target <= 100)
    if is_short or is_out_of_range:
        values = {"b": baseline, "t": target, "d": direction or "unknown"}
        yield Violation("success_metric.target", values, _LEAN_MISFIT if context.is_lean else "")


_LEAN_MISFIT: Final = "Baseline {b:g} and target {t:g} do not fit together. Correct the one that is wrong."
"""A lean charter is not asked for a direction: it follows from the two."""


@rule(
    "MET-004",
    ERROR,
    condition="The stop line is not between the baseline (allowed) and the target (not allowed), "
    "or is a percentage outside 0 to 100.",
    message="The stop line must lie between {b:g} and {t:g}: the value at which you switch off.",
    rationale="Nobody stops without a line, and a line before the baseline is no line.",
    source=references.FIXED_SCOPE,
    weak="we never would",
    strong="80 (baseline 95, target 50)",
    reads=[*_AIM, "success_metric.stop_line"],
    suppressed_by=["MET-003"],
    lists=["PERCENT", "POINTS"],
    rests_on_words=False,
)
def find_misplaced_stop_line(context: RuleContext) -> Violations:
    metric = context.charter.success_metric
    baseline, target, line = metric.baseline, metric.target, metric.stop_line
    if baseline is None or target is None or line is None or context.direction is None:
        return
    is_between = target < line <= baseline if context.direction == "decrease" else baseline <= line < target
    if not is_between or (context.is_percent and not 0 <= line <= 100):
        yield Violation("success_metric.stop_line", {"b": baseline, "t": target})


@rule(
    "MET-005",
    WARNING,
    condition="The baseline covers fewer than 28 days, ended more than 180 days before the start, or runs past week 1.",
    message="Baseline {what}. Measure a month, shortly before the start.",
    rationale="A single week may be good or bad, and last year's number is that of another business.",
    source=f"{references.RULES_OF_ML}; {references.PLAYBOOK}",
    weak="the week of 27 April",
    strong="3 November to 30 January, for a start on 16 February",
    reads=["success_metric.baseline_from", "success_metric.baseline_to", "timeline.start"],
)
def find_unfit_baseline(context: RuleContext) -> Violations:
    metric, settings = context.charter.success_metric, context.settings
    start, first, last = context.charter.timeline.start, metric.baseline_from, metric.baseline_to
    faults = []
    if first is not None and last is not None:
        days = (last - first).days + 1
        if days < settings.baseline_days:
            faults.append(f"covers {days} days" if days > 0 else "ends before it begins")
    if last is not None and start is not None:
        age = (start - last).days
        if age > settings.baseline_age_days:
            faults.append(f"ended {age} days before the start")
        first_week_end = add_days(start, 6)
        if first_week_end is not None and last > first_week_end:
            faults.append("runs past week 1")
    if faults:
        yield Violation("success_metric.baseline_from", {"what": " and ".join(faults)})


@rule(
    "MET-006",
    ERROR,
    condition="There is no guardrail.",
    message="Name one thing that must not get worse.",
    rationale="Any number can be improved by making another one worse.",
    source=references.GUARDRAILS,
    weak="none",
    strong="desk hours spent routing by hand, at most 6 a week",
    reads=["success_metric.guardrails", "charter.depth"],
)
def find_missing_guardrail(context: RuleContext) -> Violations:
    guardrails = context.charter.success_metric.guardrails
    if not context.is_lean and not any(map(has_content, guardrails)):
        yield Violation("success_metric.guardrails")


@rule(
    "MET-007",
    WARNING,
    condition="No guardrail watches whether the work moves to somebody else.",
    message="Where would the saved work pop up again? Watch that: a guardrail of kind displacement.",
    rationale="Work that is saved here often lands on the next desk.",
    source=references.BLOCKERS,
    weak="only re-assigned enquiries per 100",
    strong="minutes a clerk spends correcting a draft",
    reads=["success_metric.guardrails[].kind"],
)
def find_unwatched_displacement(context: RuleContext) -> Violations:
    kinds = {guardrail.kind for guardrail in context.charter.success_metric.guardrails} - {None}
    if kinds and "displacement" not in kinds:
        yield Violation("success_metric.guardrails")


@rule(
    "MET-008",
    WARNING,
    condition="The target is more than 50% away from the baseline; where the metric is a share or counted in points, "
    "more than 50 points. Of a baseline of 0, or of a negative value, no ratio is taken.",
    message="{x:.0f}% better {until}: what makes that plausible? Say so in attribution, or set a nearer target.",
    rationale="People promise benefits too high and too early, and mean it.",
    source=references.GREEN_BOOK,
    weak="from 95 to 40 minutes",
    strong="from 95 to 50 minutes",
    reads=[*_AIM, "success_metric.target_on", "charter.depth"],
    suppressed_by=["MET-003"],
    lists=["PERCENT", "POINTS"],
    rests_on_words=False,
)
def find_implausible_change(context: RuleContext) -> Violations:
    metric, settings = context.charter.success_metric, context.settings
    baseline, target = metric.baseline, metric.target
    if baseline is None or target is None:
        return
    difference = abs(target - baseline)
    until = "within one sprint" if metric.target_on is None else f"by {format_date(metric.target_on)}"
    if context.is_percent or context.is_points:
        if difference > settings.change_points * (1 + 1e-9):
            message = _LEAN_MANY_POINTS if context.is_lean else _MANY_POINTS
            yield Violation("success_metric.target", {"x": difference, "until": until}, message)
    elif baseline > 0 and target >= 0 and difference * 100 > settings.change_pct * baseline * (1 + 1e-9):
        values = {"x": difference / baseline * 100, "until": until}
        yield Violation("success_metric.target", values, _LEAN_MANY_PERCENT if context.is_lean else "")


_LEAN_MANY_PERCENT: Final = "{x:.0f}% better {until}: is that plausible? If not, set a nearer target."
_LEAN_MANY_POINTS: Final = "{x:.0f} points better {until}: is that plausible? If not, set a nearer target."
"""A lean charter is not asked what the change would be attributed to."""
_MANY_POINTS: Final = (
    "{x:.0f} points better {until}: what makes that plausible? Say so in attribution, or set a nearer target."
)
