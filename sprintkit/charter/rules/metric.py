"""MET: one business number, with a baseline, a target and a line at which it is switched off."""

from __future__ import annotations

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, later
from sprintkit.charter.rules.rule import Match, Matches, rule

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
    condition="The metric is a measure of the model: accuracy, F1 score, latency …",
    message="'{name}' measures the model. What changes in the business when it is right? "
    "Keep this under technical_measures.",
    rationale="A model can be right all year and change nothing.",
    source=f"{references.BLOCKERS}; {references.GUARDRAILS}",
    weak="Model accuracy",
    strong="Median working minutes from enquiry to first contact",
    reads=[_NAME],
    lists="TECH_EXACT TECH_PHRASE",
)
def measures_the_business(view: RuleContext) -> Matches:
    name = text_or_empty(view.charter.success_metric.name)
    if name:
        text = view.text(name)
        if text.folded.strip(" .:%()") in view.words.tech_exact or view.words.tech_phrase.find(text):
            yield Match(_NAME, {"name": name})


@rule(
    "MET-002",
    WARNING,
    condition="The name has accuracy, precision or recall outside a trade that means something else by it, "
    "or counts activity: logins, active users …",
    message="'{hit}' looks technical, or counts activity. Would the sponsor pay for this number alone? "
    "Else name what changes when it is right.",
    rationale="Being busy is not being useful, and a measure that stands in for the aim replaces it.",
    source=f"{references.BLOCKERS}; {references.SURROGATES}",
    weak="Active users per week",
    strong="Share of incomplete referrals answered on the day of arrival",
    reads=[_NAME],
    suppressed_by=["MET-001"],
    lists="ACCURACY ACCURACY_EXEMPT ACTIVITY ACTIVITY_EXEMPT",
)
def counts_results(view: RuleContext) -> Matches:
    name, words = text_or_empty(view.charter.success_metric.name), view.words
    if name and (view.may_hit(words.accuracy) or view.may_hit(words.activity)):
        text = view.text(name)
        hit = words.accuracy.find(text, unless=words.accuracy_exempt) or words.activity.find(
            text, unless=words.activity_exempt
        )
        if hit:
            yield Match(_NAME, {"hit": hit})


@rule(
    "MET-003",
    ERROR,
    condition="The target does not lie beyond the baseline in the stated direction, or a percentage is outside 0 to 100.",
    message="Baseline {b:g}, target {t:g}, direction {d} do not fit together. Put right the one that is wrong.",
    rationale="Three figures that contradict each other cannot be read at the end.",
    source=references.BLOCKERS,
    weak="much better",
    strong="baseline 95, target 50, decrease",
    reads=_AIM,
    lists="PERCENT",
)
def target_beyond_baseline(view: RuleContext) -> Matches:
    metric = view.charter.success_metric
    baseline, target, direction = metric.baseline, metric.target, view.direction
    if baseline is None or target is None:
        return
    short = direction is not None and (target >= baseline if direction == "decrease" else target <= baseline)
    outside = view.in_percent and not (0 <= baseline <= 100 and 0 <= target <= 100)
    if short or outside:
        values = {"b": baseline, "t": target, "d": direction or "unknown"}
        yield Match("success_metric.target", values)


@rule(
    "MET-004",
    ERROR,
    condition="The stop line does not lie between the baseline (allowed) and the target (not allowed), "
    "or is a percentage outside 0 to 100.",
    message="The stop line must lie between {b:g} and {t:g}: the value at which you switch off.",
    rationale="Nobody stops what has no line, and a line beyond the start is no line.",
    source=references.FIXED_SCOPE,
    weak="we never would",
    strong="80 (baseline 95, target 50)",
    reads=[*_AIM, "success_metric.stop_line"],
    suppressed_by=["MET-003"],
    lists="PERCENT",
)
def stop_line_between(view: RuleContext) -> Matches:
    metric = view.charter.success_metric
    baseline, target, line = metric.baseline, metric.target, metric.stop_line
    if baseline is None or target is None or line is None or view.direction is None:
        return
    between = target < line <= baseline if view.direction == "decrease" else baseline <= line < target
    if not between or (view.in_percent and not 0 <= line <= 100):
        yield Match("success_metric.stop_line", {"b": baseline, "t": target})


@rule(
    "MET-005",
    WARNING,
    condition="The baseline covers fewer than 28 days, ended more than 180 days before the start, or runs past week 1.",
    message="Baseline {what}. Measure a month, shortly before the start.",
    rationale="A week may be a good or a bad one, and last year's number is another business.",
    source=f"{references.RULES_OF_ML}; {references.PLAYBOOK}",
    weak="the week of 27 April",
    strong="3 November to 30 January, for a start on 16 February",
    reads=["success_metric.baseline_from", "success_metric.baseline_to", "timeline.start"],
)
def baseline_is_recent(view: RuleContext) -> Matches:
    metric, settings = view.charter.success_metric, view.settings
    start, first, last = view.charter.timeline.start, metric.baseline_from, metric.baseline_to
    what = []
    if first is not None and last is not None:
        days = (last - first).days + 1
        if days < settings.baseline_days:
            what.append(f"covers {days} days" if days > 0 else "ends before it begins")
    if last is not None and start is not None:
        if (start - last).days > settings.baseline_age_days:
            what.append(f"ended {(start - last).days} days before the start")
        first_week_ends = later(start, 6)
        if first_week_ends is not None and last > first_week_ends:
            what.append("runs past week 1")
    if what:
        yield Match("success_metric.baseline_from", {"what": " and ".join(what)})


@rule(
    "MET-006",
    ERROR,
    condition="There is no guardrail.",
    message="Name one thing that must not get worse.",
    rationale="Any number can be bought by making another one worse.",
    source=references.GUARDRAILS,
    weak="none",
    strong="desk hours spent routing by hand, at most 6 a week",
    reads=["success_metric.guardrails", "charter.depth"],
)
def has_guardrail(view: RuleContext) -> Matches:
    guardrails = view.charter.success_metric.guardrails
    if not view.lean and not any(map(has_content, guardrails)):
        yield Match("success_metric.guardrails")


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
def watches_displacement(view: RuleContext) -> Matches:
    kinds = {guardrail.kind for guardrail in view.charter.success_metric.guardrails} - {None}
    if kinds and "displacement" not in kinds:
        yield Match("success_metric.guardrails")


@rule(
    "MET-008",
    WARNING,
    condition="The target is more than 50% away from the baseline.",
    message="{x:.0f}% better within one sprint: what makes that plausible? Say so in attribution, or set a nearer target.",
    rationale="Benefits are promised too high and too early, by people who mean it.",
    source=references.GREEN_BOOK,
    weak="from 95 to 40 minutes",
    strong="from 95 to 50 minutes",
    reads=_AIM,
    suppressed_by=["MET-003"],
)
def change_is_plausible(view: RuleContext) -> Matches:
    metric = view.charter.success_metric
    baseline, target = metric.baseline, metric.target
    if baseline and target is not None:
        change = abs(target - baseline)
        if change * 100 > view.settings.change_pct * abs(baseline) * (1 + 1e-9):
            yield Match("success_metric.target", {"x": change / abs(baseline) * 100})
