"""Previews and saves the review of a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.record_form import Preview
from sprintkit.actions.load_agreed_sprint import load_followed_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.normalise import normalise_record
from sprintkit.actions.result import Result
from sprintkit.actions.review.basis import sprint_operation
from sprintkit.actions.sprint_view import ReasonData, compute_progress
from sprintkit.charter.model import Charter
from sprintkit.errors import ExitCode, InputError, Problem
from sprintkit.progress.operation import Operation
from sprintkit.progress.readings import MetricState
from sprintkit.records import validation
from sprintkit.records.calendar import first_day, is_month
from sprintkit.records.closing import Closing
from sprintkit.records.kinds import REVIEW
from sprintkit.records.parsing import parse_record
from sprintkit.records.review import Review
from sprintkit.text.dates import format_month


@final
class RecordedReview(TypedDict):
    """The `data` of `review`: what was written, and what it shows."""

    slug: str
    path: str
    month: str
    metric_state: MetricState
    flags: list[str]
    reasons: list[ReasonData]
    """Why each flag is raised."""
    clears: list[str]
    """What would clear each of the reasons."""
    decision: str
    confirm_by: date | None
    """The day by which operating has yet to be confirmed."""
    is_confirmed: bool
    """Whether this review confirms operating: one was due, the target is reached, and it does not decide to stop."""


@final
class RefusedReview(TypedDict):
    """The `data` of `review` for a record that was refused."""

    slug: str
    path: None
    month: Any
    """The value in the record."""


ReviewData = RecordedReview | RefusedReview


def preview_review(context: WorkspaceContext, slug: str, record: Mapping[str, Any]) -> Preview:
    """The result that saving `record` would have, without writing anything. Missing figures raise no flag.

    Raises RefusedError if there is no charter, InputError.
    """
    sprint = load_followed_sprint(context, slug, (REVIEW,))
    review, problems = _parse(sprint, record, None)
    progress = compute_progress(context, sprint, context.today)
    preview = Preview(
        problems=tuple(problems), entry=review, before=progress, after=progress, is_about_month=True
    )
    written = review or _fill_in(record, sprint.current_charter)
    if not is_month(written.month):
        return preview
    day = max(context.today, first_day(written.month))  # a month that has not begun is shown as it will be
    operation = sprint_operation(sprint, day, context.settings, [written])
    months = () if operation is None else operation.months
    month = next((month for month in months if month.month == written.month), None)
    if month is not None and review is None and "metric" not in record:
        month = replace(month, metric_state="not_measured")
    return replace(preview, month=month, operation=operation)


def record_review(
    context: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> Result[ReviewData]:
    """Write the review of a month to its own file.

    If the record is refused, all its problems are reported at once: exit code 1, or 2 if a value has the wrong type or a
    key is unknown. `source_path` is the file it comes from. Raises RefusedError if there is no charter,
    InputError, WriteError.
    """
    sprint = load_followed_sprint(context, slug, (REVIEW,))
    review, problems = _parse(sprint, record, source_path)
    if review is None or problems:
        if review is None and any(problem.code in ("wrong_type", "unknown_key") for problem in problems):
            return Result(None, tuple(problems), ExitCode.USAGE)
        data = RefusedReview(slug=slug, path=None, month=record.get("month"))
        return Result(data, tuple(problems), ExitCode.NO)
    path = context.workspace.record_path(slug, REVIEW, month=review.month)
    document = save_document.order_keys(Review, {"schema": 1, **normalise_record(Review, record)})
    saved = save_document.save_document(context, path, document, REVIEW.name, expected=None)
    day = max(context.today, first_day(review.month))
    operation = sprint_operation(sprint, day, context.settings, [review])
    assert operation is not None, "a valid review has a closing"
    notes = []
    if first_day(review.month) > context.today:
        notes.append(
            f"{format_month(review.month)} begins after today ({context.today}); until then no status counts it."
        )
    if review.decision == "stop":
        notes.append(f"{slug} is operating until it is closed with the verdict stop: sprintkit close {slug}")
    return Result(_review_data(slug, saved.path, review, operation), notes=tuple(notes))


def _parse(
    sprint: Sprint, record: Mapping[str, Any], source_path: str | None
) -> tuple[Review | None, Sequence[Problem]]:
    """The review, or None if the record cannot be parsed, and all reasons to refuse it."""
    problems: list[Problem] = []
    review = None
    try:
        review = parse_record(Review, record, source_path)
    except InputError as error:
        problems += error.problems
    closings = [stored.record for stored in sprint.records_of(Closing)]
    reviews = [stored.record for stored in sprint.records_of(Review)]
    charter = sprint.current_charter
    judged = review or _fill_in(record, charter)
    for problem in validation.validate_review(judged, charter, closings, reviews, is_new=True):
        if all(_place_of(problem) != _place_of(other) for other in problems) or review is not None:
            problems.append(problem._replace(path=source_path))
    return review, problems


def _place_of(problem: Problem) -> str:
    """The path of the field that a problem is about."""
    return problem.message.split(" ")[0].rstrip(":")


def _fill_in(record: Mapping[str, Any], charter: Charter) -> Review:
    """A review of the valid values in `record`; missing and invalid values are replaced with ones that raise no flag."""
    values: dict[str, Any] = {
        "month": "",
        "metric": charter.success_metric.target or 0.0,
        "guardrails": {},
        "cases": 0,
        "automatic_share_pct": 100.0,
        "overrides_pct": 0.0,
        "users_active": sum(user.headcount or 0 for user in charter.use_case.users),
        "held_open": 0,
        "held_oldest_days": 0,
        "checks_failed": 0,
        "incidents": 0,
        "cost_actual": 0.0,
        "decision": "continue",
        "decided_by": "",
    }
    review = parse_record(Review, values)
    for name in values:
        if name in record:
            try:
                review = parse_record(Review, {**values, name: record[name]})
            except InputError:
                continue
            values[name] = record[name]
    return review


def _review_data(slug: str, path: str, review: Review, operation: Operation) -> RecordedReview:
    month = next(month for month in operation.months if month.month == review.month)
    confirmation = operation.confirmation
    return {
        "slug": slug,
        "path": path,
        "month": review.month,
        "metric_state": month.metric_state,
        "flags": month.flag_names,
        "reasons": [
            {"code": flag.code, "about": flag.about, "message": flag.message} for flag in month.flags
        ],
        "clears": [flag.remedy for flag in month.flags],
        "decision": review.decision,
        "confirm_by": operation.open_confirm_by,
        "is_confirmed": confirmation is not None
        and confirmation.is_confirmed
        and confirmation.month == review.month
        and review.decision != "stop"
        and "stop due" not in month.flag_names,
    }
