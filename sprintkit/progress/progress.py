"""Where a sprint stands on a day: all figures, with amendments in force and corrections applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sprintkit.charter.model import Charter, Milestone
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.progress import blockers as blocking
from sprintkit.progress.chart_data import ChartData, build_chart_data
from sprintkit.progress.forecast import Forecast, compute_forecast
from sprintkit.progress.health import Health, Reason, find_reasons, rate_health
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.points import Plan
from sprintkit.progress.readings import GuardrailState, Reading, guardrail_states, metric_readings
from sprintkit.progress.votes import VoteSummary, summarise_votes
from sprintkit.progress.weeks import Weeks
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction, apply_corrections
from sprintkit.records.in_force import Version, versions
from sprintkit.records.progress_log import (
    Acceptance,
    Blocker,
    accepted_milestones,
    blockers_by_id,
    first_live_date,
    milestones_by_id,
    ordered_entries,
)
from sprintkit.records.signature import Signature
from sprintkit.text.numbers import format_rounded


class MilestoneState(NamedTuple):
    """A milestone of the charter in force, and whether it is done."""

    id: str
    milestone: Milestone
    accepted: Acceptance | None
    is_overdue: bool
    """Due in a week that is over, and not accepted."""
    is_missing: bool
    """Not accepted by the end, at the pace so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What changed from the check-in before the last one to now."""

    since_week: int
    amended: tuple[str, ...]
    """Amendments that are in force by now and were not then."""
    accepted: tuple[str, ...]
    reopened: tuple[str, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    earned: float
    """Points."""
    earned_schedule: float | None
    """Weeks."""
    forecast_kind: float | None
    """Weeks; more is later."""
    forecast_pace: float | None
    health_before: Health | None
    """As it was on the day of that check-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A sprint on a day. Figures are not rounded here; `as_dict` rounds them. None where there is nothing to say."""

    day: date
    week: int | None = None
    """Of the day, 0 before the start; None without a timeline."""
    as_of_week: int | None = None
    """Of the last check-in, 0 where there is none."""
    weeks: int | None = None
    charter: Charter
    """In force in `as_of_week`."""
    planned: Fraction | None = None
    earned: Fraction | None = None
    total: Fraction | None = None
    """Points of the whole plan; 100 in a charter that was signed."""
    is_complete: bool = False
    forecast: Forecast | None = None
    health: Health | None = None
    reasons: tuple[Reason, ...] = ()
    milestones: tuple[MilestoneState, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    """All of them, in the order they surfaced."""
    blockers_by_category: tuple[blocking.BlockerCounts, ...] = ()
    early_share: float | None = None
    guardrails: tuple[GuardrailState, ...] = ()
    readings: tuple[Reading, ...] = ()
    live_since: date | None = None
    votes: VoteSummary | None = None
    room: str | None = None
    """The statement that the room is more confident than its records, with both numbers; None where it is not."""
    delta: Delta | None = None
    """None before the second check-in."""
    series: ChartData | None = None
    last_checkin: date | None = None

    @property
    def next_milestone(self) -> MilestoneState | None:
        """The first milestone that is not accepted, in the order of the charter."""
        return next((one for one in self.milestones if one.accepted is None), None)

    @property
    def has_fallen_short(self) -> bool:
        """Whether the end has come and not everything is accepted: then no forecast says anything any more."""
        return any(reason.code == "H2" for reason in self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """The figures as `status` gives them: two decimals, points at the deadline one, early share four."""
        ahead = self.forecast
        following = self.next_milestone
        return {
            "week": self.week,
            "as_of_week": self.as_of_week,
            "weeks": self.weeks,
            "planned": _points(self.planned),
            "earned": _points(self.earned),
            "earned_schedule": _rounded(ahead.earned_schedule if ahead else None),
            "forecast_kind": _rounded(ahead.kind if ahead else None),
            "forecast_pace": _rounded(ahead.pace if ahead else None),
            "earned_schedule_at_deadline": _rounded(ahead.at_deadline if ahead else None),
            "points_at_deadline": None if ahead is None else self._points_at_deadline(ahead),
            "missing_at_deadline": list(ahead.missing) if ahead else [],
            "health": self.health,
            "reasons": [
                {"code": reason.code, "about": reason.about, "message": reason.message}
                for reason in self.reasons
            ],
            "blockers": {
                one.category: {"opened": one.opened, "closed": one.closed, "open": one.open}
                for one in self.blockers_by_category
            },
            "early_share": None if self.early_share is None else round(self.early_share, 4),
            "next": None
            if following is None
            else {
                "id": following.id,
                "title": following.milestone.title,
                "due_week": following.milestone.due_week,
            },
            "last_checkin": self.last_checkin,
        }

    def _points_at_deadline(self, ahead: Forecast) -> float | int | None:
        """To one decimal; all of them as the plan has them."""
        at_deadline = ahead.points_at_deadline
        return _points(at_deadline) if at_deadline == self.total else _rounded(at_deadline, 1)


def _rounded(value: Fraction | None, digits: int = 2) -> float | None:
    return None if value is None else round(float(value), digits)


def _points(value: Fraction | None) -> float | int | None:
    """Points, as a whole number where they are whole."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), 2)


class CharterVersions:
    """The charter in force in any week, each version read once."""

    def __init__(self, taken: Sequence[Version], charter: Charter) -> None:
        """`charter` is the first of `taken`, read already."""
        amended = [(step, parse_lenient(fill_in(step.document)).charter) for step in taken[1:]]
        self._versions = [(taken[0], charter), *amended]

    def at(self, week: int) -> Charter:
        """The charter in force in a week."""
        return [
            charter for step, charter in self._versions if step.amendment is None or step.from_week <= week
        ][-1]


def measure_progress(
    document: Mapping[str, Any],
    checkins: Iterable[CheckIn],
    today: date,
    *,
    amendments: Iterable[StoredRecord[Amendment]] = (),
    corrections: Iterable[StoredRecord[Correction]] = (),
    signatures: Iterable[Signature] = (),
    settings: Settings = DEFAULT_SETTINGS,
    is_open: bool = False,
) -> Progress:
    """Where the sprint of the charter `document` stands on `today`.

    Records dated after `today` do not count, and the order in which records are given says nothing. With `is_open`
    the last check-in is still being written: what clears a reason is what could be put into it.
    """
    charter = parse_lenient(fill_in(document)).charter
    files = _ProgressInputs(
        document, charter, list(checkins), list(amendments), list(corrections), list(signatures), settings
    )
    found = _progress(files, today, is_open=is_open)
    return replace(found, delta=_delta(files, found, today)) if found.week is not None else found


class _ProgressInputs(NamedTuple):
    document: Mapping[str, Any]
    charter: Charter
    """The document, read once for all days."""
    checkins: list[CheckIn]
    amendments: list[StoredRecord[Amendment]]
    corrections: list[StoredRecord[Correction]]
    signatures: list[Signature]
    settings: Settings

    def entries(self, day: date) -> list[CheckIn]:
        """The check-ins of a day, by week, with the corrections of that day."""
        dated = [entry for entry in self.checkins if entry.on <= day]
        return [
            entry
            for entry in ordered_entries(apply_corrections(dated, self.corrections, day))
            if entry.on <= day
        ]


def _progress(files: _ProgressInputs, today: date, *, is_open: bool = False) -> Progress:
    """The figures of a day, without what changed since the check-in before."""
    taken = versions(files.document, files.amendments, signatures=files.signatures, on=today)
    in_force = CharterVersions(taken, files.charter)
    entries = files.entries(today)
    as_of = entries[-1].week if entries else 0
    charter = in_force.at(as_of)
    weeks = Weeks.of(in_force.at(as_of))
    last = entries[-1].on if entries else None
    if weeks is None:
        return Progress(day=today, charter=charter, last_checkin=last)
    rhythm = Weeks.of(in_force.at(weeks.week_of(today)))
    plan, stand = Plan.of(charter), accepted_milestones(entries, in_force.at)
    done = {name: one.week for name, one in stand.items()}
    since = first_live_date(stand.values())
    situation = HealthInputs(
        day=today,
        week=weeks.week_of(today),
        as_of_week=as_of,
        charter=charter,
        weeks=replace(weeks, checkin_day=rhythm.checkin_day) if rhythm else weeks,
        plan=plan,
        entries=tuple(entries),
        accepted=stand,
        earned=plan.earned(done),
        forecast=compute_forecast(plan, done, as_of, weeks.count) if entries and plan.total else None,
        blockers=blockers_by_id(entries),
        guardrails=guardrail_states(charter, entries),
        readings=metric_readings(entries, since),
        votes=summarise_votes(entries),
        settings=files.settings,
        is_open=is_open,
    )
    return _told(situation, in_force, since)


def _told(situation: HealthInputs, in_force: CharterVersions, since: date | None) -> Progress:
    """A situation with its health, its blockers counted and its pictures."""
    found, ahead = find_reasons(situation), situation.forecast
    word = rate_health(situation, found)
    every = tuple(situation.blockers.values())
    return Progress(
        day=situation.day,
        week=situation.week,
        as_of_week=situation.as_of_week,
        weeks=situation.weeks.count,
        charter=situation.charter,
        planned=situation.plan.planned(situation.as_of_week),
        earned=situation.earned,
        total=situation.plan.total,
        is_complete=situation.is_complete,
        forecast=ahead,
        health=word,
        reasons=found,
        milestones=tuple(
            MilestoneState(
                name,
                one,
                situation.accepted.get(name),
                name not in situation.accepted and one.due_week is not None and one.due_week < situation.week,
                ahead is not None and name in ahead.missing,
            )
            for name, one in milestones_by_id(situation.charter).items()
        ),
        blockers=every,
        blockers_by_category=blocking.count_by_category(every, situation.week),
        early_share=blocking.early_share(every, situation.half),
        guardrails=situation.guardrails,
        readings=situation.readings,
        live_since=since,
        votes=situation.votes,
        room=_room(situation, found, word),
        series=build_chart_data(
            situation.charter,
            situation.weeks,
            situation.entries,
            in_force.at,
            situation.readings,
            float(ahead.points_at_deadline) if ahead else None,
            is_over=situation.weeks.is_over(situation.day),
        ),
        last_checkin=situation.entries[-1].on if situation.entries else None,
    )


def _room(situation: HealthInputs, found: tuple[Reason, ...], word: Health | None) -> str | None:
    """What to say aloud when the room votes that it lands and its records say that it does not."""
    given, ahead = situation.votes, situation.forecast
    if given is None or ahead is None or given.low_median < situation.settings.vote_confident:
        return None
    late = any(reason.code in ("H1", "S1") for reason in found)
    if not late and word != "off_track":
        return None
    lands = ahead.pace if ahead.pace is not None else ahead.kind if situation.as_of_week == 1 else None
    says = "never at this pace" if lands is None else f"week {format_rounded(lands)}"
    grave = [reason for reason in found if reason.code.startswith("H")]
    if any(reason.code == "H2" for reason in grave):
        says = (
            f"{format_rounded(situation.earned)} of {format_rounded(situation.plan.total)} points at the end"
        )
    elif not late:
        codes = ", ".join(f"{one.code} {one.about}" if one.about else one.code for one in grave)
        says += f", and off track for {codes}"
    return (
        f"The room is more confident than its records: its votes have a median of {given.low_median} of 5 that "
        f"it is live by week {situation.weeks.count}, its records say {says}."
    )


def _delta(files: _ProgressInputs, now: Progress, today: date) -> Delta | None:
    """What changed since the check-in before the last one, and since the day on which it stood so."""
    entries = files.entries(today)
    if len(entries) < 2:
        return None
    last, prior = entries[-1], entries[-2]
    taken = versions(files.document, files.amendments, signatures=files.signatures, on=today)
    before = _progress(files, prior.on)
    accepted = {one.id for one in now.milestones if one.accepted is not None}
    was = {one.id for one in before.milestones if one.accepted is not None}

    def difference(of: str) -> float | None:
        new = getattr(now.forecast, of) if now.forecast else None
        old = getattr(before.forecast, of) if before.forecast else None
        return None if new is None or old is None else float(new - old)

    return Delta(
        since_week=prior.week,
        amended=tuple(
            one.amendment.id for one in taken if one.amendment and prior.week < one.from_week <= last.week
        ),
        accepted=tuple(one.id for one in now.milestones if one.id in accepted - was),
        reopened=tuple(one.id for one in now.milestones if one.id in was - accepted),
        opened=tuple(one.id for one in now.blockers if one.opened_week == last.week),
        closed=tuple(one.id for one in now.blockers if one.closed_week == last.week),
        earned=float((now.earned or 0) - (before.earned or 0)),
        earned_schedule=difference("earned_schedule"),
        forecast_kind=difference("kind"),
        forecast_pace=difference("pace"),
        health_before=before.health,
    )
