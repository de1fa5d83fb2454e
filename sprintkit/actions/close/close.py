"""Closing a sprint: what a closing would be refused for, the verdict its facts suggest, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.checkin.basis import load_followed_sprint
from sprintkit.actions.close.standing import ClosingData, ClosingStanding, standing_with
from sprintkit.actions.context import WorkspaceContext
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
    """From the day of the closing on."""
    overruled: bool
    """Whether it is operated although a stop is suggested."""
    health: str | None
    reasons: list[ReasonData]
    closing: ClosingData


@final
class RefusedClosing(TypedDict):
    """The `data` of `close` for a record that was refused."""

    slug: str
    path: None
    on: Any
    """As the record has it."""
    closing: ClosingData
    """What the facts suggest so far."""


CloseData = RecordedClosing | RefusedClosing


class ClosingPreview(NamedTuple):
    """What a closing says and would be refused for."""

    problems: tuple[Problem, ...]
    closing: Closing | None
    """None if it cannot be parsed, or lacks what it cannot be parsed without."""
    standing: ClosingStanding
    """With the closing, as far as it can be read."""
    is_usage_error: bool
    """Whether something has a wrong type or an unknown key."""


def close_sprint(
    context: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> Result[CloseData]:
    """Write the closing of a sprint, or a later one beside it.

    A record that is refused gets all its problems reported at once: exit code 1, or 2 if something has a wrong type
    or an unknown key. `source_path` is the file it comes from. Raises RefusedError if there is no charter,
    InputError, WriteError.
    """
    sprint = load_followed_sprint(context, slug)
    preview = preview_closing(context, sprint, record, source_path)
    closing, standing = preview.closing, preview.standing
    if preview.is_usage_error:
        return Result(None, preview.problems, ExitCode.USAGE)
    if closing is None or preview.problems:
        closing_data = standing_without_closing(standing).as_data()
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
    figures = standing.progress.as_dict()
    data: RecordedClosing = {
        "slug": sprint.slug,
        "path": saved.path,
        "on": closing.on,
        "verdict": closing.verdict,
        "state": "stopped" if closing.verdict == "stop" else "operating",
        "overruled": standing.is_overruled,
        "health": figures["health"],
        "reasons": figures["reasons"],
        "closing": standing.as_data(),
    }
    return Result(data, notes=tuple(notes))


def closing_path(context: WorkspaceContext, sprint: Sprint, on: date) -> str:
    """The file of the next closing: `closing.toml`, or one named by its day if that is there."""
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
    """What saving `record` would say and be refused for, without writing anything.

    `progress_on` gives the progress of a day to a caller who asks often.
    """
    given_day = record.get("on")
    day = given_day if type(given_day) is date else context.today
    problems: list[Problem] = []
    closing: Closing | None = None
    is_usage_error = False
    try:
        closing = parse_record(Closing, record)
    except InputError as error:
        problems += error.problems
        is_usage_error = not isinstance(error, IncompleteError)
    readable = closing or _readable_part(record, day)
    standing = standing_with(context, sprint, readable, day, progress_on(day) if progress_on else None)
    charter = sprint.charter_in(sprint.week_of(day), day)
    earlier = None if sprint.closing is None else sprint.closing.record
    reported = {_field_of(problem.message) for problem in problems}
    problems += [
        problem
        for problem in (
            *validation.validate_closing(readable, charter, earlier),
            *_day_problems(context, sprint, readable),
            *(find_missing_or_late(standing.suggestion, readable) if "verdict" not in reported else ()),
        )
        if _field_of(problem.message) not in reported
    ]
    if closing is None:
        standing = standing_without_closing(standing)
    return ClosingPreview(
        problems=tuple(problem._replace(path=source_path) for problem in problems),
        closing=closing,
        standing=standing,
        is_usage_error=is_usage_error,
    )


def standing_without_closing(standing: ClosingStanding) -> ClosingStanding:
    """The same facts and suggestion, with no verdict recorded."""
    return ClosingStanding(
        closing=None,
        progress=standing.progress,
        facts=standing.facts,
        suggestion=standing.suggestion,
        slug=standing.slug,
    )


def _day_problems(context: WorkspaceContext, sprint: Sprint, closing: Closing) -> list[Problem]:
    """A problem if the file of a closing of that day is there already."""
    path = closing_path(context, sprint, closing.on)
    if all(stored.path != path for stored in sprint.closings):
        return []
    message = f"on is {closing.on}, and that day has a closing again already: {path}."
    return [Problem("closed", message, None, "Close it again on a later day.")]


def _field_of(message: str) -> str:
    """The top field that a message is about; it begins with its path."""
    path = message.partition(" ")[0].rstrip(":")
    try:
        return str(parse(path)[0])
    except (PathError, IndexError):
        return path


def _readable_part(record: Mapping[str, Any], day: date) -> Closing:
    """What can be read of a record that does not parse, so that one fault hides no other."""

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
