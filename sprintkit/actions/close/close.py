"""Previews a closing, with its problems and the verdict that its facts suggest, and saves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.close.assessment import ClosingAssessment, ClosingData, assess_closing
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_followed_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.normalise import normalise_record
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_view import ReasonData
from sprintkit.charter.paths import PathError, parse
from sprintkit.errors import ExitCode, InputError, Problem
from sprintkit.progress.closing import find_missing_or_late
from sprintkit.progress.progress import Progress
from sprintkit.progress.state import State
from sprintkit.records import validation
from sprintkit.records.closing import Closing
from sprintkit.records.kinds import CLOSING
from sprintkit.records.parsing import IncompleteError, parse_record


@final
class RecordedClosing(TypedDict):
    """The `data` of `close`: what was written, and where the sprint stands with it."""

    slug: str
    path: str
    on: date
    verdict: str
    state: State
    """The state from the day of the closing on."""
    overruled: bool
    """Whether the verdict is to operate although a stop is suggested."""
    health: str | None
    reasons: list[ReasonData]
    closing: ClosingData


@final
class RefusedClosing(TypedDict):
    """The `data` of `close` for a record that was refused."""

    slug: str
    path: None
    on: Any
    """The value in the record."""
    closing: ClosingData
    """What the facts suggest so far."""


CloseData = RecordedClosing | RefusedClosing


class ClosingPreview(NamedTuple):
    """A closing that is not saved yet, with its problems and its assessment."""

    problems: tuple[Problem, ...]
    closing: Closing | None
    """None if the record cannot be parsed or lacks a required key."""
    assessment: ClosingAssessment
    """Of the closing, as far as it can be read."""
    is_usage_error: bool
    """Whether a value has the wrong type or a key is unknown."""


def close_sprint(
    context: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> Result[CloseData]:
    """Write the closing of a sprint, next to any earlier one.

    If the record is refused, all its problems are reported at once: exit code 1, or 2 if a value has the wrong type or a
    key is unknown. `source_path` is the file it comes from. Raises RefusedError if there is no charter, InputError,
    WriteError.
    """
    sprint = load_followed_sprint(context, slug)
    preview = preview_closing(context, sprint, record, source_path)
    closing, assessment = preview.closing, preview.assessment
    if preview.is_usage_error:
        return Result(None, preview.problems, ExitCode.USAGE)
    if closing is None or preview.problems:
        closing_data = without_closing(assessment).as_data()
        refused = RefusedClosing(slug=sprint.slug, path=None, on=record.get("on"), closing=closing_data)
        return Result(refused, preview.problems, ExitCode.NO)
    path = closing_path(context, sprint, closing.on)
    document = save_document.order_keys(Closing, {"schema": 1, **normalise_record(Closing, record)})
    saved = save_document.save_document(context, path, document, CLOSING.name, expected=None)
    notes = []
    if closing.on > context.today:
        notes.append(
            f"It is dated {closing.on}, after today ({context.today}); until then no status counts it."
        )
    figures = assessment.progress.as_dict()
    data: RecordedClosing = {
        "slug": sprint.slug,
        "path": saved.path,
        "on": closing.on,
        "verdict": closing.verdict,
        "state": "stopped" if closing.verdict == "stop" else "operating",
        "overruled": assessment.is_overruled,
        "health": figures["health"],
        "reasons": figures["reasons"],
        "closing": assessment.as_data(),
    }
    return Result(data, notes=tuple(notes))


def closing_path(context: WorkspaceContext, sprint: Sprint, on: date) -> str:
    """The path of the next closing: `closing.toml`, or a file named by its day if that exists."""
    if not sprint.closings:
        return context.workspace.record_path(sprint.slug, CLOSING)
    return context.workspace.record_path(sprint.slug, CLOSING, on=on.isoformat())


def preview_closing(
    context: WorkspaceContext,
    sprint: Sprint,
    record: Mapping[str, Any],
    source_path: str | None = None,
    *,
    progress_on: Callable[[date], Progress] | None = None,
) -> ClosingPreview:
    """The problems and the assessment that saving `record` would give. Writes nothing.

    A caller that asks often passes `progress_on`, which returns the progress of a day.
    """
    recorded_day = record.get("on")
    day = recorded_day if type(recorded_day) is date else context.today
    problems: list[Problem] = []
    closing: Closing | None = None
    is_usage_error = False
    try:
        closing = parse_record(Closing, record)
    except InputError as error:
        problems += error.problems
        is_usage_error = not isinstance(error, IncompleteError)
    readable = closing or _readable_part(record, day)
    assessment = assess_closing(context, sprint, readable, day, progress_on(day) if progress_on else None)
    charter = sprint.charter_in(sprint.week_of(day), day)
    earlier = None if sprint.closing is None else sprint.closing.record
    reported = {_field_of(problem.message) for problem in problems}
    problems += [
        problem
        for problem in (
            *validation.validate_closing(readable, charter, earlier),
            *_day_problems(context, sprint, readable),
            *(find_missing_or_late(assessment.suggestion, readable) if "verdict" not in reported else ()),
        )
        if _field_of(problem.message) not in reported
    ]
    if closing is None:
        assessment = without_closing(assessment)
    return ClosingPreview(
        problems=tuple(problem._replace(path=source_path) for problem in problems),
        closing=closing,
        assessment=assessment,
        is_usage_error=is_usage_error,
    )


def without_closing(assessment: ClosingAssessment) -> ClosingAssessment:
    """The same facts and suggestion, with no verdict recorded."""
    return ClosingAssessment(
        closing=None,
        progress=assessment.progress,
        facts=assessment.facts,
        suggestion=assessment.suggestion,
        slug=assessment.slug,
    )


def _day_problems(context: WorkspaceContext, sprint: Sprint, closing: Closing) -> list[Problem]:
    """A problem if there is already a file for a closing of that day."""
    path = closing_path(context, sprint, closing.on)
    if all(stored.path != path for stored in sprint.closings):
        return []
    message = f"on is {closing.on}, and that day has a closing again already: {path}."
    return [Problem("closed", message, None, "Close it again on a later day.")]


def _field_of(message: str) -> str:
    """The top-level field of a message, which begins with a path."""
    path = message.partition(" ")[0].rstrip(":")
    try:
        return str(parse(path)[0])
    except (PathError, IndexError):
        return path


def _readable_part(record: Mapping[str, Any], day: date) -> Closing:
    """The readable part of a record that does not parse, so that one fault does not hide others."""

    def texts(name: str) -> list[str]:
        value = record.get(name)
        return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []

    def text(name: str) -> Any:
        value = record.get(name)
        return value if isinstance(value, str) else None

    def day_of(name: str) -> date | None:
        value = record.get(name)
        return value if type(value) is date else None

    claims, cost = record.get("acceptance_met"), record.get("cost_actual")
    return Closing.model_construct(
        on=day,
        verdict="operate" if record.get("verdict") == "operate" else "stop",
        decided_by=text("decided_by") or "",
        acceptance_met=[bool(claim) for claim in claims] if isinstance(claims, list) else [],
        readiness_open=texts("readiness_open"),
        handover_open=texts("handover_open"),
        cost_actual=float(cost) if isinstance(cost, int | float) else 0.0,
        confirm_by=day_of("confirm_by"),
        decide_by=day_of("decide_by"),
        decommission=texts("decommission"),
        reason=text("reason"),
        lesson=text("lesson") or "",
        went_well=text("went_well"),
        next=text("next"),
    )
