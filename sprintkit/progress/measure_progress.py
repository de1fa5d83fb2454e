"""Measures the progress of a sprint on a day, with amendments in force and corrections applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.progress.blockers import count_by_category, early_share
from sprintkit.progress.chart_data import build_chart_data
from sprintkit.progress.charter_versions import CharterVersions
from sprintkit.progress.confidence import confidence_warning
from sprintkit.progress.forecast import compute_forecast
from sprintkit.progress.health import find_reasons, rate_health
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.milestone_states import milestone_states
from sprintkit.progress.points import Plan
from sprintkit.progress.progress import Delta, Progress
from sprintkit.progress.readings import guardrail_states, metric_readings
from sprintkit.progress.votes import summarise_votes
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
    accepted_milestones,
    blockers_by_id,
    first_live_date,
    ordered_entries,
)
from sprintkit.records.signature import Signature

JudgeOnDay = Callable[[date], JudgedAmendments]
"""Returns the amendments in force and the refused ones, as known on a day."""


class _ProgressInputs(NamedTuple):
    """The charter and the records of a sprint, of all days."""

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
        """The check-ins up to a day, in order of week, with the corrections up to that day applied."""
        dated = [entry for entry in self.checkins if entry.on <= day]
        corrected = apply_corrections(dated, self.corrections, day)
        return [entry for entry in ordered_entries(corrected) if entry.on <= day]

    def judged_amendments(self, day: date) -> tuple[list[Version], list[RefusedAmendment]]:
        """The versions in force and the signed amendments that are refused, as known on a day."""
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

    Records dated after `today` do not count; their order does not matter. From `closed_on`, the day of the closing, no
    check-in is due. `is_open` means that the last check-in is still being written: remedies then name what to add to it.
    With `digest_of`, the digests that amendments name are verified. `proposed` is a version that is not yet in force but
    is treated as if it were, from its week and signing day on. Callers that already have them pass `charter`, the parsed
    document with its defaults filled in, and `judge`, which judges the amendments.
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
    return replace(progress, build_delta=cache(partial(_compute_delta, inputs, progress, today)))


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
    return _rate_progress(health_inputs, current_charter, charters, live_since)


def _rate_progress(
    inputs: HealthInputs, current_charter: Charter, charters: CharterVersions, live_since: date | None
) -> Progress:
    """The progress that follows from the health inputs: health with its reasons, milestones and blockers."""
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


def _compute_delta(inputs: _ProgressInputs, now: Progress, today: date) -> Delta | None:
    """What changed since the day of the check-in before the last one; None before the second check-in."""
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
