"""What tests of a scoping session share: a workspace, a session with a clock of its own, answers to type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.analysis import question_at
from sprintkit.actions.session.autosave import begin_sprint, open_sprint
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import text_of
from sprintkit.charter import paths
from sprintkit.charter.question_bank import models_by_path, questions_by_path
from sprintkit.store.create import init

TODAY = date(2026, 2, 5)

LEAN: tuple[tuple[str, str], ...] = (
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
)
"""Every question of the core after the title, with an answer."""


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def workspace(folder: Path) -> WorkspaceContext:
    """An empty workspace."""
    made, _written = init(folder)
    return WorkspaceContext(made, TODAY)


def begin(
    desk: WorkspaceContext, title: str = "Every hire enquiry to one rep in minutes", **options: Any
) -> Session:
    """A new sprint's session."""
    return Session(desk, begin_sprint(desk, title, **options), Clock())


def reopen(desk: WorkspaceContext, slug: str) -> Session:
    """The session of a sprint that is there."""
    return Session(desk, open_sprint(desk, slug), Clock())


def typed(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What somebody types who gives these answers: paths and texts, people after the places that name them."""
    for path, value in _leaves(document, ()):
        question = question_at(path)
        assert question is not None, path
        if path.startswith("people."):
            _, key, field = paths.parse(path)
            path = f"people.@{document['people'][key]['name']}.{field}"
        yield path, text_of(question, value, document)


def _leaves(here: Any, parts: paths.Parts) -> Iterator[tuple[str, Any]]:
    pattern = paths.pattern(parts) if parts else ""
    question = questions_by_path().get(pattern)
    if parts and question is not None and question.is_leaf:
        yield paths.with_indices(parts), here
    elif isinstance(here, Mapping):
        later = [(key, value) for key, value in here.items() if not parts and key == "people"]
        now = [
            (key, value) for key, value in here.items() if parts or key not in ("people", "schema", "extra")
        ]
        for key, value in (*now, *later):
            yield from _leaves(value, (*parts, key))
    elif isinstance(here, list):
        for at, item in enumerate(here):
            yield from _leaves(item, (*parts, at))
    else:
        assert pattern in models_by_path(), pattern


def type_all(session: Session, answers: Any) -> None:
    """Types answers one after the other, in small pieces, as keys come."""
    for path, text in answers:
        if path.startswith("people.@"):
            path = _of_person(session, *path.removeprefix("people.@").rsplit(".", 1))
        for end in range(5, len(text), 17):
            session.type(path, text[:end])
        session.answer(path, text)


def _of_person(session: Session, name: str, field: str) -> str:
    """The path of an answer about somebody who is known by name, and added where not."""
    people = session.document.get("people", {})
    key = next((key for key, entry in people.items() if entry.get("name") == name), None)
    item = paths.with_indices(("people", key)) if key else session.add("people")
    return f"{item}.{field}"
