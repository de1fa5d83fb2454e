"""The outlook of a sprint in sentences, which each front end lays out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sprintkit.progress.forecast import Forecast
from sprintkit.progress.health_words import describe_health
from sprintkit.progress.landing import describe_landing, describe_shift, expected_landing, landing_at
from sprintkit.progress.progress import Progress
from sprintkit.progress.readings import describe_incomparable, is_worse_than
from sprintkit.progress.votes import VoteSummary
from sprintkit.text.labels import health_label
from sprintkit.text.numbers import format_figure, format_rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass


class Sentence(NamedTuple):
    """One sentence and its label."""

    label: str
    text: str
    weight: Literal["plain", "strong", "warning"] = "plain"


def outlook_sentences(progress: Progress, *, is_brief: bool = False) -> Iterator[Sentence]:
    """What will be missing, when it lands, what changed, and whether the team is more confident than its records.

    `is_brief` names milestones by their ids alone.
    """
    yield from forecast_sentences(progress, is_brief=is_brief)
    yield from metric_sentences(progress)
    if changes := describe_changes(progress):
        yield Sentence("Changed", changes)
    if progress.confidence_warning:
        yield Sentence("Votes", progress.confidence_warning, "warning")
    yield from refusal_sentences(progress)


def health_meaning(progress: Progress) -> str:
    """What the health of a sprint means on the day of its progress."""
    first_open = progress.next_milestone
    return describe_health(
        progress.health,
        as_of_week=progress.as_of_week,
        planned=progress.planned,
        earned=progress.earned,
        next_due=None if first_open is None else (first_open.id, first_open.milestone.due_week),
    )


def metric_sentences(progress: Progress) -> Iterator[Sentence]:
    """Warns if the last reading is not comparable with the baseline, or worse, unless a health reason covers it."""
    if note := describe_incomparable(progress.readings):
        yield Sentence("Metric", f"{note[0].lower()}{note[1:]}", "warning")
    metric, reading = (
        progress.current_charter.success_metric,
        progress.readings[-1] if progress.readings else None,
    )
    if reading is None or metric.baseline is None or any(reason.code == "S8" for reason in progress.reasons):
        return
    if is_worse_than(metric, reading.value, metric.baseline):
        figure, baseline = format_figure(reading.value, metric.unit), format_figure(metric.baseline)
        when = f"in week {reading.week}{'' if reading.is_result else ', before it was live'}"
        text = f"{figure} {when}: worse than the baseline of {baseline}"
        yield Sentence("Metric", text, "warning" if reading.is_result else "plain")


def refusal_sentences(progress: Progress) -> Iterator[Sentence]:
    """Which signed amendments do not count, and why."""
    for refused in progress.refused_amendments:
        amendment_id = refused.amendment.id or refused.path
        text = f"amendment {amendment_id} is approved by all and does not count: {' '.join(refused.reasons)}"
        yield Sentence("Refused", text, "warning")


def forecast_sentences(progress: Progress, *, is_brief: bool = False) -> Iterator[Sentence]:
    """What will be missing at the deadline, and when it lands unless a reason says so; after it, what is missing."""
    forecast, weeks = progress.forecast, progress.weeks
    if weeks is None:
        return
    total = f"{format_rounded(progress.total or 0)} points"
    if progress.has_fallen_short:
        missing_ids = [milestone.id for milestone in progress.milestones if milestone.accepted is None]
        names = _join_milestones(progress, missing_ids, is_brief)
        text = f"at the end, with {format_rounded(progress.earned or 0)} of {total} accepted: {names}"
        yield Sentence("Missing", text, "strong")
    elif forecast is None:
        return
    elif progress.is_complete:
        yield Sentence(
            "Landed", f"{describe_landing(landing_at(forecast.kind, weeks))}: everything is accepted"
        )
    else:
        if forecast.missing:
            points = format_rounded(round(forecast.points_at_deadline, 1))
            names = _join_milestones(progress, forecast.missing, is_brief)
            text = f"at the deadline at this pace, with {points} of {total}: {names}"
            yield Sentence("Missing", text, "strong")
        if landing := _describe_landing(progress, forecast, weeks):
            yield Sentence("Lands", landing)


def _describe_landing(progress: Progress, forecast: Forecast, weeks: int) -> str:
    """When it lands at the pace so far, and if nothing slips further: what no reason says already."""
    best = landing_at(forecast.kind, weeks)
    expected = expected_landing(forecast.kind, forecast.pace, progress.as_of_week, weeks) or best
    codes = {reason.code for reason in progress.reasons}
    is_best_told = "H1" in codes
    is_expected_told = "S1" in codes or (is_best_told and best == expected)
    parts: list[str] = []
    if progress.as_of_week == 1:
        if not is_expected_told:
            parts.append(f"{describe_landing(expected)} if nothing slips")
    else:
        if not is_expected_told:
            parts.append(f"{describe_landing(expected)} at the pace so far")
        if best != expected and not is_best_told:
            parts.append(f"{describe_landing(best)} if nothing slips further")
    if (
        parts
        and progress.week is not None
        and progress.as_of_week
        and progress.as_of_week < progress.week - 1
    ):
        parts.append(f"as of week {progress.as_of_week}, the last that is known")
    return "; ".join(parts)


def describe_changes(progress: Progress) -> str:
    """What changed since the check-in before the last one; empty if there is none."""
    delta = progress.delta
    if delta is None:
        return ""
    parts = [f"amendment {amendment_id} in force" for amendment_id in delta.amended]
    parts.append(f"{format_signed_points(delta.earned)} points")
    for verb, ids in (("accepted", delta.accepted), ("reopened", delta.reopened)):
        if ids:
            parts.append(f"{verb} {', '.join(ids)}")
    for verb, ids in (("opened", delta.opened), ("closed", delta.closed)):
        if ids:
            parts.append(f"{verb} {'blocker' if len(ids) == 1 else 'blockers'} {', '.join(ids)}")
    if delta.forecast_kind and not progress.has_fallen_short:
        direction = "later" if delta.forecast_kind > 0 else "earlier"
        parts.append(f"lands {describe_shift(delta.forecast_kind)} {direction}")
    if delta.health_before is not None:
        parts.append(f"was {health_label(delta.health_before)}")
    return f"since week {delta.since_week}: {'; '.join(parts)}"


def format_signed_points(points: float) -> str:
    """Points with their sign: `+5`, `-2.5`."""
    return f"{'+' if points >= 0 else '-'}{format_rounded(abs(points))}"


def describe_votes(votes: VoteSummary | None) -> str:
    """How the team voted, to be shown next to the computed health; empty if it did not vote."""
    if votes is None:
        return ""
    before = f", was {votes.previous_low_median}" if votes.previous_low_median is not None else ""
    return f"the room votes {votes.low_median} of 5{before} ({', '.join(map(str, votes.votes))})"


def _join_milestones(progress: Progress, ids: Sequence[str], is_brief: bool) -> str:
    if is_brief:
        return ", ".join(ids)
    titles = {milestone.id: milestone.milestone.title or "" for milestone in progress.milestones}
    return " · ".join(f"{milestone_id} {titles.get(milestone_id, '')}".strip() for milestone_id in ids)
