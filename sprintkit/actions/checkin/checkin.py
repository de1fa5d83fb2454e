"""The week's record: what a form starts with, what a record would change, and taking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sprintkit.actions import save_record
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.normalise import normalised_record
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_records import Sprint, load
from sprintkit.actions.sprint_view import progress_of
from sprintkit.charter.choices import PROMISES
from sprintkit.charter.model import Charter
from sprintkit.errors import ExitCode, InputError, Problem, RefusedError
from sprintkit.progress.progress import MilestoneState, Progress, progress
from sprintkit.progress.weeks import Weeks
from sprintkit.records import validation
from sprintkit.records.base import Filed, Record
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction
from sprintkit.records.parsing import read_record
from sprintkit.records.progress_log import Blocker

Entry = CheckIn | Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a check-in form shows before anything is typed."""

    slug: str
    week: int
    """Of the day; 0 before the start."""
    on: date
    due_on: date | None
    """The week's check-in day."""
    record: dict[str, Any]
    """What is known already: week, day, and who writes it down."""
    charter: Charter
    """In force in that week."""
    progress: Progress
    """As it stands before this entry."""
    milestones: tuple[MilestoneState, ...]
    """Not accepted yet, those due by this week first."""
    blockers: tuple[Blocker, ...]
    """Still open, in the order they surfaced."""
    promises: tuple[str, ...]
    """Production promises no entry says are kept."""
    next_blocker: str
    """An id that no blocker has had."""
    exists: CheckIn | None
    """The entry that the week has already: then only a correction is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a record would change, and everything it is refused for."""

    refusals: tuple[Problem, ...]
    entry: Entry | None
    """None where it cannot be read as a record."""
    before: Progress
    after: Progress | None
    """With the entry, on its day; `after.delta` says what changed since the check-in before."""


def prepare(desk: WorkspaceContext, slug: str, on: date | None = None) -> Prepared:
    """What the form for the week of `on` (today) starts with. Raises RefusedError without a charter, InputError."""
    sprint = _followed(desk, slug)
    day = on or desk.today
    found = progress_of(desk, sprint, day)
    charter = sprint.charter_in(sprint.week_of(day), day)
    weeks = Weeks.of(charter)
    week = sprint.week_of(day) or 0
    entries = sprint.entries()
    kept = {ready.item for entry in entries for ready in entry.ready}
    used = {opened.id for entry in entries for opened in entry.opened}
    open_ones = [one for one in found.milestones if one.accepted is None]
    record: dict[str, Any] = {"week": week, "on": day}
    if charter.timeline.checkin_by:
        record["by"] = charter.timeline.checkin_by
    return Prepared(
        slug=slug,
        week=week,
        on=day,
        due_on=weeks.checkin_on(week) if weeks and week else None,
        record=record,
        charter=charter,
        progress=found,
        milestones=tuple(sorted(open_ones, key=lambda one: (one.milestone.due_week or 0) > week)),
        blockers=tuple(one for one in found.blockers if one.is_open),
        promises=tuple(promise.item for promise in PROMISES if promise.item not in kept),
        next_blocker=next(name for n in range(1, 10_000) if (name := f"B{n}") not in used),
        exists=next((entry for entry in entries if entry.week == week), None),
    )


def preview(desk: WorkspaceContext, slug: str, record: Mapping[str, Any]) -> Preview:
    """What taking `record` would change, without writing anything. Raises RefusedError without a charter, InputError.

    What clears a reason is what could still be put into the record.
    """
    return _preview(desk, _followed(desk, slug), record, None, is_open=True)


def checkin(
    desk: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> Result:
    """Take a week's record, or a correction of one (it holds `corrects`), and write it as a file of its own.

    Everything it is refused for is told at once: exit 1, and 2 where something is of a wrong type or unknown.
    `source_path` is the file it comes from. Raises RefusedError without a charter, InputError, WriteError.
    """
    sprint = _followed(desk, slug)
    is_correction = "corrects" in record
    found = _preview(desk, sprint, record, source_path)
    if found.entry is None or found.after is None or found.refusals:
        usage = any(problem.code in ("wrong_type", "unknown_key") for problem in found.refusals)
        usage = usage and found.entry is None
        data = None if usage else {"slug": slug, "path": None, "week": record.get("week")}
        return Result("checkin", data, found.refusals, ExitCode.USAGE if usage else ExitCode.NO)
    entry = found.entry
    week = entry.week
    path = _correction_path(desk, sprint, week) if is_correction else desk.workspace.checkin(slug, week)
    kind = "correction" if is_correction else "checkin"
    document = ordered(type(entry), {"schema": 1, **normalised_record(type(entry), record)})
    saved = save_record.save_document(desk, path, document, kind, expected=None)
    notes = []
    if entry.on > desk.today:
        notes.append(f"It is dated {entry.on}, after today ({desk.today}); until then no status counts it.")
    return Result("checkin", {"slug": slug, "path": saved.path, **_told(entry, found)}, notes=tuple(notes))


def ordered(model: type[Record], document: Mapping[str, Any]) -> dict[str, Any]:
    """A record's document with its keys in the model's order."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return {name: document[name] for name in names if name in document}


def _followed(desk: WorkspaceContext, slug: str) -> Sprint:
    """A sprint with a charter, all of whose files that following needs can be read."""
    sprint = load(desk, slug)
    folder = desk.workspace.sprint(slug)
    needed = ("charter.toml", "amendments", "checkins", "closing.toml", "signatures")
    broken = [
        problem
        for problem in sprint.problems
        if problem.path and problem.path.removeprefix(f"{folder}/").split("/")[0] in needed
    ]
    if broken:
        raise InputError.of(broken)
    if sprint.document is None:
        raise RefusedError(
            f"{slug} has no charter yet, so there is nothing to follow",
            code="no_charter",
            path=desk.workspace.charter(slug),
            hint=f"Use: sprintkit scope {slug}",
        )
    return sprint


def _preview(
    desk: WorkspaceContext,
    sprint: Sprint,
    record: Mapping[str, Any],
    where: str | None,
    *,
    is_open: bool = False,
) -> Preview:
    at = cache(lambda week: sprint.charter_in(week))
    day = record.get("on")
    before = progress_of(desk, sprint, day if type(day) is date else desk.today)
    try:
        entry: Entry = (
            read_record(Correction, record, where)
            if "corrects" in record
            else read_record(CheckIn, record, where)
        )
    except InputError as error:
        return Preview(refusals=error.problems, entry=None, before=before, after=None)
    entries = sprint.entries()
    if isinstance(entry, Correction):
        problems = validation.validate_correction(entry, at(entry.week), entries, charter_at=at)
    else:
        closing = None if sprint.closing is None else sprint.closing.record
        problems = validation.validate_checkin(entry, at(entry.week), entries, closing, charter_at=at)
    told = tuple(problem._replace(path=where) for problem in problems)
    after = _after(desk, sprint, entry, is_open=is_open and isinstance(entry, CheckIn))
    return Preview(refusals=told, entry=entry, before=before, after=after)


def _after(desk: WorkspaceContext, sprint: Sprint, entry: Entry, *, is_open: bool) -> Progress:
    """The sprint with an entry, on the entry's day."""
    checkins = [filed.record for filed in sprint.checkins]
    corrections = list(sprint.corrections)
    day = entry.on
    if isinstance(entry, Correction):
        corrections.append(Filed("~", entry))
        day = max([day, *(one.on for one in checkins if one.week == entry.week)])
    else:
        checkins.append(entry)
    return progress(
        sprint.document or {},
        checkins,
        day,
        amendments=sprint.amendments,
        corrections=corrections,
        signatures=[filed.record for filed in sprint.signatures],
        settings=desk.settings,
        is_open=is_open,
    )


def _correction_path(desk: WorkspaceContext, sprint: Sprint, week: int) -> str:
    taken = {filed.path for filed in sprint.corrections}
    paths = (desk.workspace.correction(sprint.slug, week, number) for number in range(1, 1000))
    return next(path for path in paths if path not in taken)


def _told(entry: Entry, found: Preview) -> dict[str, Any]:
    after = found.after
    if after is None:
        return {}
    figures = after.as_dict()
    delta = after.delta
    return {
        "week": entry.week,
        "on": entry.on,
        "health": figures["health"],
        "health_before": delta.health_before if delta else None,
        "reasons": figures["reasons"],
        **{
            key: figures[key]
            for key in (
                "as_of_week",
                "weeks",
                "planned",
                "earned",
                "earned_schedule",
                "forecast_kind",
                "forecast_pace",
                "missing_at_deadline",
                "points_at_deadline",
                "blockers",
                "next",
            )
        },
        "room": after.room,
        "accepted": list(delta.accepted) if delta else [one.id for one in after.milestones if one.accepted],
        "clears": [reason.remedy for reason in after.reasons],
    }
