"""One sprint whole on a day: what its files say, what follows from it, and its row in listings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sprintkit.actions.check.check import one_a_file
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.signature_status import SignatureCounts, signature_counts
from sprintkit.actions.sprint_records import Sprint, load
from sprintkit.charter.blank import is_blank
from sprintkit.charter.completeness import counts
from sprintkit.charter.model import Charter
from sprintkit.charter.prefill import deadline
from sprintkit.errors import Problem
from sprintkit.progress.progress import Progress, progress
from sprintkit.progress.state import Facts, State, state
from sprintkit.progress.weeks import Weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintView:
    """A sprint as its page shows it."""

    sprint: Sprint
    progress: Progress
    """Computed from the draft while there is no charter; its health says nothing then."""
    state: State
    standing: SignatureCounts
    row: dict[str, Any]
    """In the shape of the JSON of `status`; days are ISO texts."""

    @property
    def charter(self) -> Charter:
        """In force after the last check-in; the draft's while there is no charter."""
        return self.progress.charter

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One for every file that cannot be read."""
        return one_a_file(self.sprint.problems)

    @property
    def file_count(self) -> int:
        """How many files the sprint has."""
        return self.sprint.file_count


def view(desk: WorkspaceContext, slug: str, *, listed: bool = False) -> SprintView:
    """The sprint `slug` on the desk's day. Raises InputError for an unknown one.

    With `listed` the slug comes from the workspace's own list.
    """
    return view_of(desk, load(desk, slug, listed=listed))


def view_of(desk: WorkspaceContext, sprint: Sprint) -> SprintView:
    """As `view`, of a sprint that is loaded already."""
    found = progress_of(desk, sprint, desk.today)
    standing = signature_counts(sprint, desk.today)
    word = state_of(sprint, found, standing, desk.today)
    return SprintView(
        sprint=sprint,
        progress=found,
        state=word,
        standing=standing,
        row=_row(sprint, found, word, standing),
    )


def progress_of(desk: WorkspaceContext, sprint: Sprint, today: date) -> Progress:
    """Where a sprint stands on a day; of a draft, without any record."""
    if sprint.document is None:
        return progress(sprint.reading.document, (), today, settings=desk.settings)
    return progress(
        sprint.document,
        [filed.record for filed in sprint.checkins],
        today,
        amendments=sprint.amendments,
        corrections=sprint.corrections,
        signatures=[filed.record for filed in sprint.signatures],
        settings=desk.settings,
    )


def state_of(sprint: Sprint, found: Progress, standing: SignatureCounts, today: date) -> State:
    """What a sprint is in on a day."""
    timeline = found.charter.timeline
    closing = sprint.closing.record if sprint.closing and sprint.closing.record.on <= today else None
    last = timeline.deadline or deadline(timeline.start, timeline.weeks)
    return state(
        Facts(
            is_broken=bool(sprint.problems),
            has_charter=sprint.document is not None,
            verdict=None if closing is None else closing.verdict,
            is_over=last is not None and today > last,
            has_started=timeline.start is not None and today >= timeline.start,
            has_checkin=bool(sprint.checkins),
            signed=standing.given,
            required=standing.required,
        )
    )


def checkin_due(one: SprintView) -> date | None:
    """The check-in day of the first of last week and this one that has no entry; None while nothing is followed."""
    weeks, week = Weeks.of(one.charter), one.progress.week
    if one.state != "running" or weeks is None or not week:
        return None
    there = {entry.week for entry in one.sprint.entries(one.progress.day)}
    open_weeks = [at for at in (week - 1, week) if 1 <= at <= weeks.count and at not in there]
    if not open_weeks or max(there, default=0) > week:
        return None
    return weeks.checkin_on(open_weeks[0])


def _row(sprint: Sprint, found: Progress, word: State, standing: SignatureCounts) -> dict[str, Any]:
    charter, figures = found.charter, found.as_dict()
    timeline, owner = charter.timeline, charter.people.get(charter.owner.person or "")
    last = timeline.deadline or deadline(timeline.start, timeline.weeks)
    answered, questions = counts(sprint.reading)
    row: dict[str, Any] = {
        "slug": sprint.slug,
        "id": charter.charter.id,
        "title": charter.charter.title,
        "state": word,
        "draft_pending": sprint.draft_pending,
        "start": timeline.start,
        "deadline": last,
        "week": figures["week"],
        "as_of_week": figures["as_of_week"],
        "weeks": timeline.weeks,
        "planned": figures["planned"],
        "earned": figures["earned"],
        "earned_schedule": figures["earned_schedule"],
        "forecast_kind": figures["forecast_kind"],
        "forecast_pace": figures["forecast_pace"],
        "health": figures["health"],
        "reasons": figures["reasons"],
        "missing_at_deadline": figures["missing_at_deadline"],
        "points_at_deadline": figures["points_at_deadline"],
        "earned_schedule_at_deadline": figures["earned_schedule_at_deadline"],
        "blockers": figures["blockers"],
        "early_share": figures["early_share"],
        "answered": answered,
        "questions": questions,
        "parked": sum(not is_blank(one.path) for one in sprint.reading.charter.parked),
        "signatures": {"required": standing.required, "given": standing.given, "stale": standing.stale},
        "owner": (owner.name if owner else None) or charter.owner.person,
        "next": figures["next"],
        "last_checkin": figures["last_checkin"],
    }
    if word == "broken":
        return {key: value if key in ("slug", "state") else None for key, value in row.items()}
    if word == "scoping":  # nothing is agreed yet, so nothing can be off track
        row["health"], row["reasons"] = None, []
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
