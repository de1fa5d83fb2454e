"""Whose SSH key is whose."""

from __future__ import annotations

from sprintkit.actions.context import SIGNING_FILES, WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import SignableText
from sprintkit.errors import InputError
from sprintkit.signoff.ssh import AllowedSigners, principal


def signers_for(context: WorkspaceContext, sprint: Sprint) -> AllowedSigners | None:
    """Whose keys count, for a sprint that has SSH signatures; None for any other.

    Where that cannot be read nobody's keys count, so that a page about the sprint shows everything else; `verify` says why.
    """
    if all(stored.record.ssh is None for stored in sprint.signatures):
        return None
    try:
        return context.allowed_signers
    except InputError:
        return AllowedSigners(SIGNING_FILES[0], None)


def has_allowed_signers(context: WorkspaceContext) -> bool:
    """Whether the workspace says whose SSH keys count, in a file that can be read."""
    try:
        return context.allowed_signers.data is not None
    except InputError:
        return False


def principal_of(text: SignableText, person: str) -> str:
    """How `allowed_signers` names a person of a text."""
    entry = text.parsed.charter.people.get(person)
    return principal(person, entry.contact if entry else None)
