"""Withdraws a proposed amendment: its file stays, and nobody signs it any more."""

from __future__ import annotations

from typing import TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.amendment_states import list_amendments
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.result import Result
from sprintkit.actions.sign.texts import find_amendment
from sprintkit.charter.people import find_person
from sprintkit.errors import RefusedError
from sprintkit.records.amendment import Amendment, outcome_words
from sprintkit.records.base import StoredRecord
from sprintkit.records.kinds import AMENDMENT


@final
class WithdrawnData(TypedDict):
    """The `data` of `amend --withdraw`."""

    slug: str
    path: str
    id: str
    withdrawn_by: str
    """The key of the person who proposed it."""


def withdraw_amendment(
    context: WorkspaceContext, slug: str, name: str, person: str | None = None
) -> Result[WithdrawnData]:
    """Record that a proposed amendment is withdrawn today. `name` is its id or its file.

    Only the person who proposed it may withdraw it: `person`, a key or a name, is refused if it is somebody else. Raises
    RefusedError if it is already in force, approved by all, rejected or withdrawn; InputError if there is no such
    amendment; WriteError.
    """
    sprint = load_signable_sprint(context, slug, "withdraw")
    stored = find_amendment(sprint, name)
    amendment = stored.record
    proposer = _require_proposer(sprint, stored, person)
    _require_open(context, sprint, stored)
    file = next(file for file in sprint.files.records_of(AMENDMENT) if file.path == stored.path)
    document = file.document | {
        "decision": "reject",
        "withdrawn_by": proposer,
        "withdrawn_on": context.today,
    }
    ordered = save_document.order_keys(Amendment, document)
    saved = save_document.save_document(context, stored.path, ordered, AMENDMENT.name, expected=file.digest)
    data: WithdrawnData = {
        "slug": sprint.slug,
        "path": saved.path,
        "id": amendment.id,
        "withdrawn_by": proposer,
    }
    return Result(data, notes=(f"Nobody signs amendment {amendment.id} any more; it stays on file.",))


def can_withdraw(context: WorkspaceContext, sprint: Sprint, stored: StoredRecord[Amendment]) -> bool:
    """Whether an amendment is still open: proposed, or written for a text that is no longer in force."""
    states = {entry["path"]: entry["state"] for entry in list_amendments(sprint, context.today)}
    is_decided = bool(outcome_words(stored.record))
    return not is_decided and states.get(stored.path, "proposed") in ("proposed", "stale", "rejected")


def _require_open(context: WorkspaceContext, sprint: Sprint, stored: StoredRecord[Amendment]) -> None:
    if can_withdraw(context, sprint, stored):
        return
    amendment = stored.record
    words = outcome_words(amendment)
    raise RefusedError(
        f"amendment {amendment.id} is {words or 'approved by everybody'}, so it cannot be withdrawn",
        code="decided",
        path=stored.path,
        hint="Nothing is left to do." if words else f"Change it back: sprintkit amend {sprint.slug}",
    )


def _require_proposer(sprint: Sprint, stored: StoredRecord[Amendment], person: str | None) -> str:
    """The key of the person who proposed an amendment. Raises RefusedError if `person` is somebody else."""
    amendment = stored.record
    if person is None:
        return amendment.requested_by
    people = (sprint.document or {}).get("people") or {}
    key = find_person(people, person) or person
    if key != amendment.requested_by:
        entry = sprint.current_charter.people.get(amendment.requested_by)
        name = (entry.name if entry else None) or amendment.requested_by
        raise RefusedError(
            f"amendment {amendment.id} was proposed by {name}, who alone withdraws it",
            code="not_the_proposer",
            path=stored.path,
            hint="Whoever must sign it can reject it.",
        )
    return key
