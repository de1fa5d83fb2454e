"""The progress of a sprint on a day: all figures, with amendments in force and corrections applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.progress.blockers import BlockerCounts, count_by_category, early_share
from sprintkit.progress.chart_data import ChartData, build_chart_data
from sprintkit.progress.charter_versions import CharterVersions
from sprintkit.progress.confidence import confidence_warning
from sprintkit.progress.forecast import Forecast, compute_forecast
from sprintkit.progress.health import Health, Reason, find_reasons, rate_health
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.milestone_states import MilestoneState, milestone_states
from sprintkit.progress.points import Plan
from sprintkit.progress.readings import GuardrailState, Reading, guardrail_states, metric_readings
from sprintkit.progress.votes import VoteSummary, summarise_votes
from sprintkit.progress.weeks import Weeks
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction, apply_corrections
from sprintkit.records.in_force import (
    DigestOf,
    JudgedAmendments,
    RefusedAmendment,
    Version,
    judge_amendments,
)
from sprintkit.records.progress_log import (
    Blocker,
    accepted_milestones,
    blockers_by_id,
    first_live_date,
    ordered_entries,
)
from sprintkit.records.signature import Signature


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
    """Points."""
    earned_schedule: float | None
    """Weeks."""
    forecast_kind: float | None
    """Weeks; positive is later."""
    forecast_pace: float | None
    """Weeks; positive is later."""
    health_before: Health | None
    """The health on the day of that check-in."""


def _nothing() -> None:
    """Builds what a sprint without a timeline has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A sprint on a day. A figure that is not known is None. Figures are not rounded; `as_dict` rounds them."""

    day: date
    week: int | None = None
    """The week of the day, 0 before the start; None without a timeline."""
    as_of_week: int | None = None
    """The week of the last check-in; 0 if there is none."""
    weeks: int | None = None
    charter: Charter
    """In force in `as_of_week`: what points, forecasts and health are computed from."""
    current_charter: Charter
    """In force in `week`: what everybody reads on the day, such as who owns it and what is due when."""
    planned: Fraction | None = None
    earned: Fraction | None = None
    total: Fraction | None = None
    """Points of the whole plan; 100 in a charter that was signed."""
    is_complete: bool = False
    forecast: Forecast | None = None
    health: Health | None = None
    reasons: tuple[Reason, ...] = ()
    milestones: tuple[MilestoneState, ...] = ()
    """Those of `current_charter`."""
    blockers: tuple[Blocker, ...] = ()
    """All blockers, in the order in which they were opened."""
    blockers_by_category: tuple[BlockerCounts, ...] = ()
    early_share: float | None = None
    """Share of blockers, 0 to 1, that were opened in the first half."""
    guardrails: tuple[GuardrailState, ...] = ()
    readings: tuple[Reading, ...] = ()
    live_since: date | None = None
    votes: VoteSummary | None = None
    confidence_warning: str | None = None
    """A sentence that the team is more confident than its records, with both numbers; None if it is not."""
    refused_amendments: tuple[RefusedAmendment, ...] = ()
    """Signed amendments that do not count."""
    last_checkin: date | None = None
    build_chart_data: Callable[[], ChartData | None] = field(default=_nothing, repr=False, compare=False)
    build_delta: Callable[[], Delta | None] = field(default=_nothing, repr=False, compare=False)
    """These two are called where they are shown: listings of a thousand sprints show neither."""

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
        """Whether the end has come and not everything is accepted, so that no forecast means anything any more."""
        return any(reason.code == "H2" for reason in self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """The figures as `status` gives them.

        They have two decimals, but points at the deadline one and the early share four.
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
        """To one decimal; unless they are all points, which are given as in the plan."""
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


def measure_progress(
    document: Mapping[str, Any],
    checkins: Iterable[CheckIn],
    today: date,
    *,
    amendments: Iterable[StoredRecord[Amendment]] = (),
    corrections: Iterable[StoredRecord[Correction]] = (),
    signatures: Iterable[Signature] = (),
    settings: Settings = DEFAULT_SETTINGS,
    closed_on: date | None = None,
    is_open: bool = False,
    digest_of: DigestOf | None = None,
    proposed: Version | None = None,
    charter: Charter | None = None,
    judge: JudgeOnDay | None = None,
) -> Progress:
    """The progress on `today` of the sprint whose charter is `document`.

    Records dated after `today` do not count; their order does not matter. From the closing, `closed_on`, no check-in is
    due. `is_open` says that the last check-in is still being written: remedies then name what could be added to it.
    With `digest_of` the digests that amendments name are compared. `proposed` is a version that is not in force yet, and
    taken as if it were, from its week and its day on. `charter` is the document with its values filled in, and
    `judge` judges the amendments as known on a day, for a caller who keeps both.
    """
    inputs = _ProgressInputs(
        document,
        charter or parse_lenient(fill_in(document)).charter,
        list(checkins),
        list(amendments),
        list(corrections),
        list(signatures),
        settings,
        closed_on,
        digest_of,
        proposed,
        judge,
    )
    refused = tuple(inputs.judged_amendments(today)[1])
    progress = replace(_progress_on(inputs, today, is_open=is_open), refused_amendments=refused)
    return replace(progress, build_delta=cache(partial(_delta, inputs, progress, today)))


JudgeOnDay = Callable[[date], JudgedAmendments]
"""The amendments in force and the refused ones, as known on a day."""


class _ProgressInputs(NamedTuple):
    document: Mapping[str, Any]
    charter: Charter
    """The document, parsed once for all days."""
    checkins: list[CheckIn]
    amendments: list[StoredRecord[Amendment]]
    corrections: list[StoredRecord[Correction]]
    signatures: list[Signature]
    settings: Settings
    closed_on: date | None
    digest_of: DigestOf | None
    proposed: Version | None
    judge: JudgeOnDay | None

    def entries(self, day: date) -> list[CheckIn]:
        """The check-ins up to a day, by week, with the corrections up to it."""
        dated = [entry for entry in self.checkins if entry.on <= day]
        corrected = apply_corrections(dated, self.corrections, day)
        return [entry for entry in ordered_entries(corrected) if entry.on <= day]

    def judged_amendments(self, day: date) -> tuple[list[Version], list[RefusedAmendment]]:
        """The versions in force, and the signed amendments that are refused, as known on a day."""
        if self.judge is not None:
            versions, refused = self.judge(day)
        else:
            versions, refused = judge_amendments(
                self.document,
                self.amendments,
                signatures=self.signatures,
                checkins=self.entries(day),
                on=day,
                digest_of=self.digest_of,
            )
        if self.proposed is not None and (self.proposed.signed_on or day) <= day:
            versions = [*versions, self.proposed]
        return versions, refused


def _progress_on(inputs: _ProgressInputs, day: date, *, is_open: bool = False) -> Progress:
    """The progress on a day, without the delta."""
    charters = CharterVersions(inputs.judged_amendments(day)[0], inputs.charter)
    entries = inputs.entries(day)
    as_of_week = entries[-1].week if entries else 0
    charter = charters.in_week(as_of_week)
    weeks = Weeks.from_charter(charter)
    if weeks is None:
        last_day = entries[-1].on if entries else None
        return Progress(day=day, charter=charter, current_charter=charter, last_checkin=last_day)
    current_charter = charters.in_week(max(as_of_week, weeks.week_of(day)))
    current_weeks = Weeks.from_charter(current_charter)
    plan = Plan.from_charter(charter)
    acceptances = accepted_milestones(entries, charters.in_week)
    accepted_weeks = {milestone_id: acceptance.week for milestone_id, acceptance in acceptances.items()}
    live_since = first_live_date(acceptances.values())
    has_forecast = bool(entries) and plan.total > 0
    health_inputs = HealthInputs(
        day=day,
        week=weeks.week_of(day),
        as_of_week=as_of_week,
        charter=charter,
        weeks=replace(weeks, checkin_day=current_weeks.checkin_day) if current_weeks else weeks,
        plan=plan,
        entries=tuple(entries),
        accepted=acceptances,
        earned=plan.earned(accepted_weeks),
        forecast=compute_forecast(plan, accepted_weeks, as_of_week, weeks.count) if has_forecast else None,
        blockers=blockers_by_id(entries),
        guardrails=guardrail_states(charter, entries),
        readings=metric_readings(entries, live_since, charter.success_metric.recipe_digest),
        votes=summarise_votes(entries),
        settings=inputs.settings,
        closed_on=inputs.closed_on,
        is_open=is_open,
    )
    return _progress_of(health_inputs, current_charter, charters, live_since)


def _progress_of(
    inputs: HealthInputs, current_charter: Charter, charters: CharterVersions, live_since: date | None
) -> Progress:
    """The health inputs with the health, the blockers by category and the chart data."""
    reasons, forecast = find_reasons(inputs), inputs.forecast
    health = rate_health(inputs, reasons)
    blockers = tuple(inputs.blockers.values())
    return Progress(
        day=inputs.day,
        week=inputs.week,
        as_of_week=inputs.as_of_week,
        weeks=inputs.weeks.count,
        charter=inputs.charter,
        current_charter=current_charter,
        planned=inputs.plan.planned(inputs.as_of_week),
        earned=inputs.earned,
        total=inputs.plan.total,
        is_complete=inputs.is_complete,
        forecast=forecast,
        health=health,
        reasons=reasons,
        milestones=milestone_states(inputs, current_charter),
        blockers=blockers,
        blockers_by_category=count_by_category(blockers, inputs.week),
        early_share=early_share(blockers, inputs.half_week),
        guardrails=inputs.guardrails,
        readings=inputs.readings,
        live_since=live_since,
        votes=inputs.votes,
        confidence_warning=confidence_warning(inputs, reasons, health),
        last_checkin=inputs.entries[-1].on if inputs.entries else None,
        build_chart_data=cache(
            partial(
                build_chart_data,
                inputs.charter,
                inputs.weeks,
                inputs.entries,
                charters.in_week,
                inputs.readings,
                float(forecast.points_at_deadline) if forecast else None,
                is_over=inputs.weeks.is_over(inputs.day),
            )
        ),
    )


def _delta(inputs: _ProgressInputs, now: Progress, today: date) -> Delta | None:
    """What changed since the check-in before the last one and the day on which it was made."""
    entries = inputs.entries(today)
    if now.week is None or len(entries) < 2:
        return None
    last, previous = entries[-1], entries[-2]
    before = _progress_on(inputs, previous.on)
    accepted_now = {milestone.id for milestone in now.milestones if milestone.accepted is not None}
    accepted_before = {milestone.id for milestone in before.milestones if milestone.accepted is not None}

    def difference(field: str) -> float | None:
        new = getattr(now.forecast, field) if now.forecast else None
        old = getattr(before.forecast, field) if before.forecast else None
        return None if new is None or old is None else float(new - old)

    return Delta(
        since_week=previous.week,
        amended=tuple(
            version.amendment.id
            for version in inputs.judged_amendments(today)[0]
            if version.amendment and previous.week < version.from_week <= last.week
        ),
        accepted=tuple(
            milestone.id for milestone in now.milestones if milestone.id in accepted_now - accepted_before
        ),
        reopened=tuple(
            milestone.id for milestone in now.milestones if milestone.id in accepted_before - accepted_now
        ),
        opened=tuple(blocker.id for blocker in now.blockers if blocker.opened_week == last.week),
        closed=tuple(blocker.id for blocker in now.blockers if blocker.closed_week == last.week),
        earned=float((now.earned or 0) - (before.earned or 0)),
        earned_schedule=difference("earned_schedule"),
        forecast_kind=difference("kind"),
        forecast_pace=difference("pace"),
        health_before=before.health,
    )
