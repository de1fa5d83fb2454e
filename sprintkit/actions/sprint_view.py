"""One sprint on a day: its records, the progress and state that follow, and its row in listings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, cast

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.signature_status import SignatureCounts, count_signatures
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.prefill import default_deadline
from sprintkit.errors import Problem, merge_by_file
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.progress import Progress
from sprintkit.progress.state import State, StateFacts, derive_state
from sprintkit.progress.weeks import Weeks


class ReasonData(TypedDict):
    """Why a sprint has its health."""

    code: str
    about: str | None
    """The id of the milestone, blocker or guardrail it is about."""
    message: str


class MilestoneData(TypedDict):
    """A milestone in a status row."""

    id: str | None
    title: str | None
    due_week: int | None


class BlockerCounts(TypedDict):
    """Blockers of one category, counted."""

    opened: int
    closed: int
    open: int


class SignatureCountsData(TypedDict):
    """`SignatureCounts` as JSON."""

    required: int
    given: int
    stale: int


class StatusRow(TypedDict):
    """A sprint in `status`; dates are ISO texts. For a broken sprint all values but slug and state are None.

    Weeks count from 1, and week 0 is before the start. The weekly figures are None without a timeline.
    """

    slug: str
    id: str | None
    title: str | None
    state: State
    draft_pending: bool
    start: str | None
    deadline: str | None
    week: int | None
    as_of_week: int | None
    weeks: int | None
    planned: float | None
    earned: float | None
    earned_schedule: float | None
    forecast_kind: float | None
    forecast_pace: float | None
    health: str | None
    reasons: list[ReasonData]
    missing_at_deadline: list[str]
    points_at_deadline: float | None
    earned_schedule_at_deadline: float | None
    blockers: dict[str, BlockerCounts]
    early_share: float | None
    answered: int
    questions: int
    parked: int
    signatures: SignatureCountsData
    owner: str | None
    next: MilestoneData | None
    last_checkin: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintView:
    """Everything that the page of a sprint shows."""

    sprint: Sprint
    progress: Progress
    """Without a charter it follows from the draft, and its health is meaningless."""
    state: State
    signature_counts: SignatureCounts
    row: StatusRow

    @property
    def charter(self) -> Charter:
        """The charter in force on the day; without a charter, the draft."""
        return self.progress.current_charter

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One problem for every file that cannot be read."""
        return merge_by_file(self.sprint.problems)

    @property
    def file_count(self) -> int:
        """How many files the sprint has."""
        return self.sprint.files.file_count


def load_view(context: WorkspaceContext, slug: str, *, is_known: bool = False) -> SprintView:
    """The sprint `slug` today. Raises InputError for an unknown one.

    `is_known` skips that check, for a slug that comes from the workspace.
    """
    return build_view(context, load_records(context, slug, is_known=is_known))


def build_view(context: WorkspaceContext, sprint: Sprint) -> SprintView:
    """As `load_view`, for a sprint that is already loaded."""
    progress = compute_progress(context, sprint, context.today)
    counts = count_signatures(sprint, context.today)
    state = compute_state(sprint, progress, counts, context.today)
    return SprintView(
        sprint=sprint,
        progress=progress,
        state=state,
        signature_counts=counts,
        row=_status_row(sprint, progress, state, counts),
    )


def compute_progress(context: WorkspaceContext, sprint: Sprint, today: date) -> Progress:
    """The progress of a sprint on a day; without a charter, the progress of its draft without records."""
    if sprint.document is None:
        return measure_progress(
            sprint.reading.document, (), today, settings=context.settings, charter=sprint.filled_charter
        )
    return measure_progress(
        sprint.document,
        [stored.record for stored in sprint.checkins],
        today,
        corrections=sprint.corrections,
        settings=context.settings,
        closed_on=sprint.closings[0].record.on if sprint.closings else None,
        charter=sprint.filled_charter,
        judge=sprint.judged_amendments,
    )


def compute_state(sprint: Sprint, progress: Progress, counts: SignatureCounts, today: date) -> State:
    """The state of a sprint on a day."""
    charter = progress.current_charter
    start, deadline = charter.timeline.start, _deadline(charter)
    closing = sprint.closing_on(today)
    return derive_state(
        StateFacts(
            is_broken=bool(sprint.problems),
            has_charter=sprint.document is not None,
            verdict=None if closing is None else closing.record.verdict,
            is_over=deadline is not None and today > deadline,
            has_started=start is not None and today >= start,
            has_checkin=bool(sprint.checkins),
            signed=counts.given,
            required=counts.required,
        )
    )


def next_checkin_due(view: SprintView) -> date | None:
    """The check-in day of last week or this week, whichever first has no entry; None unless the sprint is running."""
    weeks, week = Weeks.from_charter(view.charter), view.progress.week
    if view.state != "running" or weeks is None or not week:
        return None
    recorded = {entry.week for entry in view.sprint.entries(view.progress.day)}
    open_weeks = [
        number for number in (week - 1, week) if 1 <= number <= weeks.count and number not in recorded
    ]
    if not open_weeks or max(recorded, default=0) > week:
        return None
    return weeks.checkin_on(open_weeks[0])


def _deadline(charter: Charter) -> date | None:
    return charter.timeline.deadline or default_deadline(charter.timeline.start, charter.timeline.weeks)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _status_row(sprint: Sprint, progress: Progress, state: State, counts: SignatureCounts) -> StatusRow:
    charter, figures = progress.current_charter, progress.as_dict()
    owner = charter.people.get(charter.owner.person or "")
    answered, questions = sprint.answer_count
    row: StatusRow = {
        "slug": sprint.slug,
        "id": charter.charter.id,
        "title": charter.charter.title,
        "state": state,
        "draft_pending": sprint.draft_pending,
        "start": _iso(charter.timeline.start),
        "deadline": _iso(_deadline(charter)),
        "week": figures["week"],
        "as_of_week": figures["as_of_week"],
        "weeks": charter.timeline.weeks,
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
        "parked": sum(not is_blank(entry.path) for entry in sprint.reading.charter.parked),
        "signatures": {"required": counts.required, "given": counts.given, "stale": counts.stale},
        "owner": (owner.name if owner else None) or charter.owner.person,
        "next": figures["next"],
        "last_checkin": _iso(figures["last_checkin"]),
    }
    if state == "broken":
        unknown: dict[str, Any] = dict.fromkeys(row)
        return cast("StatusRow", {**unknown, "slug": sprint.slug, "state": state})
    if state == "scoping":  # nothing is agreed yet, so nothing can be off track
        row["health"], row["reasons"] = None, []
    return row
