"""Previews and saves the week's record, or a correction of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.record_form import Preview
from sprintkit.actions.load_agreed_sprint import load_followed_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.normalise import normalise_record
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_view import BlockerCounts, MilestoneData, ReasonData, compute_progress
from sprintkit.errors import ExitCode, InputError
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.progress import Progress
from sprintkit.records import validation
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction
from sprintkit.records.kinds import CHECKIN, CORRECTION
from sprintkit.records.parsing import parse_record

WeekEntry = CheckIn | Correction


@final
class RecordedCheckin(TypedDict):
    """The `data` of `checkin`: what was written, and the figures of the sprint with it, as in `StatusRow`."""

    slug: str
    path: str
    week: int
    on: date
    health: str | None
    health_before: str | None
    """At the previous check-in."""
    reasons: list[ReasonData]
    as_of_week: int | None
    weeks: int | None
    planned: float | None
    earned: float | None
    earned_schedule: float | None
    forecast_kind: float | None
    forecast_pace: float | None
    missing_at_deadline: list[str]
    points_at_deadline: float | None
    blockers: dict[str, BlockerCounts]
    next: MilestoneData | None
    room: str | None
    """A warning if the team is more confident than its records justify."""
    accepted: list[str]
    """Ids of the milestones accepted since the previous check-in."""
    clears: list[str]
    """What would clear each of the reasons."""


@final
class RefusedCheckin(TypedDict):
    """The `data` of `checkin` for a record that was refused."""

    slug: str
    path: None
    week: Any
    """The value in the record."""


CheckinData = RecordedCheckin | RefusedCheckin


def preview_record(context: WorkspaceContext, slug: str, record: Mapping[str, Any]) -> Preview:
    """What saving `record` would change, without writing anything.

    The remedy of each reason names what can still be entered. Raises RefusedError if there is no charter,
    InputError.
    """
    return _preview(context, load_followed_sprint(context, slug), record, None, is_open=True)


def record_checkin(
    context: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> Result[CheckinData]:
    """Write a week's record, or a correction of one (it has the key `corrects`), to its own file.

    If the record is refused, all its problems are reported at once: exit code 1, or 2 if a value has the wrong type or a
    key is unknown. `source_path` is the file it comes from. Raises RefusedError if there is no charter,
    InputError, WriteError.
    """
    sprint = load_followed_sprint(context, slug)
    is_correction = "corrects" in record
    preview = _preview(context, sprint, record, source_path)
    entry = preview.entry
    if not isinstance(entry, CheckIn | Correction) or preview.after is None or preview.problems:
        is_usage_error = entry is None and any(
            problem.code in ("wrong_type", "unknown_key") for problem in preview.problems
        )
        if is_usage_error:
            return Result(None, preview.problems, ExitCode.USAGE)
        data = RefusedCheckin(slug=slug, path=None, week=record.get("week"))
        return Result(data, preview.problems, ExitCode.NO)
    kind = CORRECTION if is_correction else CHECKIN
    if is_correction:
        path = _free_correction_path(context, sprint, entry.week)
    else:
        path = context.workspace.record_path(slug, CHECKIN, week=entry.week)
    document = save_document.order_keys(type(entry), {"schema": 1, **normalise_record(type(entry), record)})
    saved = save_document.save_document(context, path, document, kind.name, expected=None)
    notes = []
    if entry.on > context.today:
        notes.append(
            f"It is dated {entry.on}, after today ({context.today}); until then no status counts it."
        )
    return Result(_checkin_data(slug, saved.path, entry, preview.after), notes=tuple(notes))


def _preview(
    context: WorkspaceContext,
    sprint: Sprint,
    record: Mapping[str, Any],
    source_path: str | None,
    *,
    is_open: bool = False,
) -> Preview:
    """Preview a record; `is_open` if it may still be completed."""
    charter_at = cache(lambda week: sprint.charter_in(week))
    day = record.get("on")
    before = compute_progress(context, sprint, day if type(day) is date else context.today)
    try:
        entry: WeekEntry = (
            parse_record(Correction, record, source_path)
            if "corrects" in record
            else parse_record(CheckIn, record, source_path)
        )
    except InputError as error:
        return Preview(problems=error.problems, entry=None, before=before, after=None)
    charter, entries = charter_at(entry.week), sprint.entries()
    if isinstance(entry, Correction):
        problems = validation.validate_correction(entry, charter, entries, charter_at=charter_at)
    else:
        closing = sprint.closings[0].record if sprint.closings else None
        problems = validation.validate_checkin(entry, charter, entries, closing, charter_at=charter_at)
    is_checkin = isinstance(entry, CheckIn)
    after = _progress_with(context, sprint, entry, is_open=is_open and is_checkin)
    return Preview(
        problems=tuple(problem._replace(path=source_path) for problem in problems),
        entry=entry,
        before=before,
        after=after,
        votes=after.votes if is_checkin else None,
    )


def _progress_with(context: WorkspaceContext, sprint: Sprint, entry: WeekEntry, *, is_open: bool) -> Progress:
    """The sprint's progress with an entry, on the entry's day."""
    checkins = [stored.record for stored in sprint.checkins]
    corrections = list(sprint.corrections)
    day = entry.on
    if isinstance(entry, Correction):
        corrections.append(StoredRecord("~", entry))  # sorts after every file name
        day = max([day, *(checkin.on for checkin in checkins if checkin.week == entry.week)])
    else:
        checkins.append(entry)
    return measure_progress(
        sprint.document or {},
        checkins,
        day,
        amendments=sprint.amendments,
        corrections=corrections,
        signatures=[stored.record for stored in sprint.signatures],
        settings=context.settings,
        is_open=is_open,
        digest_of=sprint.digest_of,
    )


def _free_correction_path(context: WorkspaceContext, sprint: Sprint, week: int) -> str:
    """The path of a week's next correction."""
    taken = {stored.path for stored in sprint.corrections}
    paths = (
        context.workspace.record_path(sprint.slug, CORRECTION, week=week, number=number)
        for number in range(1, 1000)
    )
    return next(path for path in paths if path not in taken)


def _checkin_data(slug: str, path: str, entry: WeekEntry, after: Progress) -> RecordedCheckin:
    figures, delta = after.as_dict(), after.delta
    accepted = delta.accepted if delta else [state.id for state in after.milestones if state.accepted]
    return {
        "slug": slug,
        "path": path,
        "week": entry.week,
        "on": entry.on,
        "health": figures["health"],
        "health_before": delta.health_before if delta else None,
        "reasons": figures["reasons"],
        "as_of_week": figures["as_of_week"],
        "weeks": figures["weeks"],
        "planned": figures["planned"],
        "earned": figures["earned"],
        "earned_schedule": figures["earned_schedule"],
        "forecast_kind": figures["forecast_kind"],
        "forecast_pace": figures["forecast_pace"],
        "missing_at_deadline": figures["missing_at_deadline"],
        "points_at_deadline": figures["points_at_deadline"],
        "blockers": figures["blockers"],
        "next": figures["next"],
        "room": after.confidence_warning,
        "accepted": list(accepted),
        "clears": [reason.remedy for reason in after.reasons],
    }
