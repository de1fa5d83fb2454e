"""What the templates of a sprint's documents are given, worked out from its files.

Loads the model, the rules and the records; what was worked out before is kept by `render` and needs none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sprintkit.actions.check.serialise import findings_of
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.signature_status import signature_facts
from sprintkit.actions.sprint_records import Sprint
from sprintkit.charter.agreement import agreement
from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.documents.context.charter import charter_context as made_context
from sprintkit.documents.wording import Wording, wording
from sprintkit.errors import InputError, Problem, RefusedError
from sprintkit.records.in_force import versions
from sprintkit.signoff.canonical import digest


def context_of(
    desk: WorkspaceContext, sprint: Sprint, document: str, overrides: Mapping[str, bytes]
) -> dict[str, Any]:
    """The context of one document. Raises InputError for a file that cannot be read and matters; RefusedError."""
    broken = [problem for problem in sprint.problems if _matters(problem, document)]
    if broken:
        raise InputError.of(broken)
    if sprint.files.charter is None and sprint.files.draft is None:
        raise RefusedError(
            f"{sprint.slug} has no answers yet", code="no_charter", hint=f"Use: sprintkit scope {sprint.slug}"
        )
    words = wording(overrides)
    if document == "status":
        from sprintkit.actions.render.status_document import (
            context_of as status_of,  # progress is loaded for this document alone
        )

        return status_of(desk, sprint, words)
    return charter_context(desk, sprint, words)


def _matters(problem: Problem, document: str) -> bool:
    """Whether a file that cannot be read could change what the document says."""
    path = problem.path or ""
    if path.endswith("/draft.toml"):
        return True
    if document == "charter":
        return path.endswith("/charter.toml") or "/signatures" in path or "/amendments" in path
    return "/answers" not in path and "/reviews" not in path


def charter_context(desk: WorkspaceContext, sprint: Sprint, words: Wording) -> dict[str, Any]:
    """What the charter's templates are given: what is in force on the day, with all that is known about it."""
    is_draft = sprint.document is None
    week = sprint.week_of(desk.today)
    document: Mapping[str, Any] = (
        sprint.reading.document if is_draft else sprint.document_in(week, on=desk.today)
    )
    reading = sprint.reading if is_draft else parse_lenient(document)
    figures = agreement(reading.charter)
    return made_context(
        document,
        digest="" if is_draft else digest(document),
        signatures=signature_facts(sprint, sprint.digest),
        is_draft=is_draft,
        findings=[finding._asdict() for finding in findings_of(desk, reading)],
        agreement={
            "before": figures.before,
            "after": figures.after,
            "questions": [{"before": one.before, "after": one.after} for one in figures.questions],
        },
        amendments=list(_amendments(sprint, week, desk)),
        value=_value(desk, reading),
        depth=reading.charter.depth,
        words=words,
    )


def _value(desk: WorkspaceContext, reading: ParsedCharter) -> dict[str, Any] | None:
    """The columns of the value calculator; None while a figure is missing."""
    figures = value_inputs(reading.charter)
    if figures is None:
        return None
    from sprintkit.progress.value import value  # few charters give all its figures

    entered, sober, even = value(figures, desk.settings)
    share = even.break_even.share
    return {
        "entered": entered.worth._asdict() if entered.worth else {},
        "sober": sober.worth._asdict() if sober.worth else {},
        "break_even": even.break_even.words if share is None else share * 100,
    }


def _amendments(sprint: Sprint, week: int | None, desk: WorkspaceContext) -> Iterator[dict[str, Any]]:
    """The amendments that are in force, and those that were refused."""
    if sprint.document is None:
        return
    given = [filed.record for filed in sprint.signatures]
    taken = versions(sprint.document, sprint.amendments, signatures=given, on=desk.today)
    counting = [
        step.amendment for step in taken if step.amendment and (week is None or step.from_week <= week)
    ]
    refused = [filed.record for filed in sprint.amendments if filed.record.decision == "reject"]
    for amendment in [*counting, *refused]:
        yield amendment.model_dump(by_alias=True, exclude_none=True)
