"""Shared by tests of scoping sessions: a workspace, a session with its own clock, answers to type."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.analysis import question_at
from sprintkit.actions.session.autosave import begin_sprint, open_sprint
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import editor_text
from sprintkit.charter import paths
from sprintkit.charter.question_bank import models_by_path, questions_by_path
from sprintkit.store import files
from sprintkit.store.create import create_workspace

TODAY = date(2026, 2, 5)

LEAN_ANSWERS: tuple[tuple[str, str], ...] = (
    ("charter.sponsor", "Bram Yellowby"),
    (
        "use_case.statement",
        "Assign every inbound hire enquiry to exactly one inside sales rep within five minutes.",
    ),
    ("use_case.users[0].role", "inside sales rep"),
    ("use_case.users[0].headcount", "18"),
    ("use_case.current_way", "Two desk leads read each enquiry and forward it by email."),
    ("owner.person", "Odile Tamsworth"),
    ("owner.duties.operates", "Odile Tamsworth"),
    ("owner.duties.monitors", "odile"),
    ("owner.duties.decides_retraining", "ODILE TAMSWORTH"),
    ("owner.duties.handles_unresolved", "Suvi Rautakerr"),
    ("owner.duties.accountable_for_mistakes", "Bram Yellowby"),
    ("success_metric.name", "Median working minutes from enquiry to first rep contact"),
    ("success_metric.unit", "working minutes"),
    ("success_metric.baseline", "95"),
    ("success_metric.target", "50"),
    ("success_metric.target_on", "29 May 2026"),
    ("success_metric.stop_line", "80"),
    ("success_metric.source", "CRM activity log, saved report 'First contact'"),
    ("data_requirements[0].name", "Customer accounts"),
    ("data_requirements[0].system", "CRM"),
    ("data_requirements[0].fields", "account_id, company_name"),
    ("data_requirements[0].data_owner", "Tunde Okonfield"),
    ("data_requirements[0].access", "granted"),
    ("integration_points[0].tool", "CRM"),
    ("integration_points[0].surface", "'My enquiries' queue and the holder field"),
    ("integration_points[0].action", "Call the customer from the record."),
    ("integration_points[0].fallback", "The sales desk lead routes by hand, as today."),
    ("deliverable.statement", "Enquiry routing runs live in the CRM for all 18 users."),
    ("deliverable.acceptance[0].claim", "five working days live with 95% of enquiries held within 5 minutes"),
    ("deliverable.acceptance[0].evidence", "CRM audit export"),
    ("timeline.start", "16 Feb 2026"),
    ("timeline.weeks", "6"),
    ("plan.milestones[0].title", "routing rules accepted"),
    ("plan.milestones[0].due_week", "1"),
    ("plan.milestones[0].acceptance", "five people replay 30 past enquiries and name the same rep on 28"),
    ("plan.milestones[1].title", "live for all 18 users"),
    ("plan.milestones[1].due_week", "5"),
    ("plan.milestones[1].acceptance", "all enquiries routed for three working days"),
    ("plan.milestones.live", "M2"),
)
"""An answer to every question that a lean session asks, apart from the title."""


class Clock:
    """A clock that stands still until a test moves it; in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def make_context(folder: Path) -> WorkspaceContext:
    """The context of a new, empty workspace."""
    workspace, _written = create_workspace(folder)
    return WorkspaceContext(workspace, TODAY)


def begin_session(
    context: WorkspaceContext,
    title: str = "Every hire enquiry to one rep in minutes",
    *,
    clock: Clock | None = None,
    **options: Any,
) -> Session:
    """The session of a new sprint."""
    return Session(context, begin_sprint(context, title, **options), clock or Clock())


def reopen_session(context: WorkspaceContext, slug: str) -> Session:
    """The session of a sprint that exists."""
    return Session(context, open_sprint(context, slug), Clock())


def answers_of(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Paths and texts that somebody types to get `document`; details of people come last, as `people.@NAME.KEY`."""
    for path, value in _flatten(document, ()):
        question = question_at(path)
        assert question is not None, path
        if path.startswith("people."):
            _, key, field = paths.parse(path)
            path = f"people.@{document['people'][key]['name']}.{field}"
        yield path, editor_text(question, value, document)


def _flatten(value: Any, parts: paths.PathParts) -> Iterator[tuple[str, Any]]:
    pattern = paths.path_pattern(parts) if parts else ""
    question = questions_by_path().get(pattern)
    if parts and question is not None and question.is_leaf:
        yield paths.format_path(parts), value
    elif isinstance(value, Mapping):
        keys = [key for key in value if parts or key not in ("people", "schema", "extra")]
        if not parts and "people" in value:
            keys.append("people")
        for key in keys:
            yield from _flatten(value[key], (*parts, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _flatten(item, (*parts, index))
    else:
        assert pattern in models_by_path(), pattern


def type_answers(session: Session, answers: Iterable[tuple[str, str]]) -> None:
    """Type answers one after the other, in small pieces as keys come."""
    for path, text in answers:
        if path.startswith("people.@"):
            name, _, key = path.removeprefix("people.@").rpartition(".")
            path = f"{_person_path(session, name)}.{key}"
        for end in range(5, len(text), 17):
            session.type(path, text[:end])
        session.answer(path, text)


def _person_path(session: Session, name: str) -> str:
    """The path of the person with a name, who is added if nobody has it."""
    people = session.document.get("people", {})
    key = next((key for key, entry in people.items() if entry.get("name") == name), None)
    return paths.format_path(("people", key)) if key else session.add("people")


def wait_until(condition: Callable[[], object], timeout: float = 30.0) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def load_draft(session: Session) -> dict[str, Any]:
    """The document of the draft on disk."""
    return files.load_file(session.context.root, session.draft_file.path).document
